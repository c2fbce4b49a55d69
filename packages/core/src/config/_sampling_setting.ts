import { DEFINITIONS } from "./_definitions.ts";
import { makeSetting, type SettingMap } from "./_read_settings.ts";
import type { ConfigNote } from "./config_note.ts";
import type { SamplerName } from "./setting_values.ts";
import type { ConfigProblem } from "./tracing_config_error.ts";

const RATIO_SAMPLERS: readonly unknown[] = ["traceidratio", "parentbased_traceidratio"];

/**
 * Settles sampler and rate with each other: a rate alone means a parent-based ratio, and a rate beside a sampler that
 * has none is said.
 *
 * @param settings Changed in place.
 * @param problems Only read: a sampler with a problem gets no further note.
 * @param notes Gets what was inferred.
 */
export function resolveSampling(
  settings: SettingMap,
  problems: readonly ConfigProblem[],
  notes: ConfigNote[],
): void {
  const { sampler, sampleRate } = settings;
  if (problems.some((problem) => problem.setting === "sampler" || problem.setting === "sampleRate")) return;
  if (sampleRate.source === "default") {
    if (RATIO_SAMPLERS.includes(sampler.value)) {
      notes.push(
        note(
          "info",
          "rate_missing",
          `${sampler.from} asks for a ratio and no rate is set, so every trace is kept`,
        ),
      );
    }
    return;
  }
  if (sampler.source === "default") {
    const name: SamplerName = "parentbased_traceidratio";
    const { source, from } = sampleRate;
    settings.sampler = makeSetting("sampler", DEFINITIONS.sampler, name, source, from, []);
    notes.push(
      note("info", "rate_alone", `${from} is set without a sampler, so parentbased_traceidratio is used`),
    );
    return;
  }
  if (RATIO_SAMPLERS.includes(sampler.value)) return;
  notes.push(
    note(
      "warn",
      "rate_ignored",
      `${sampleRate.from} is ignored as ${sampler.from} names a sampler without a rate`,
    ),
  );
}

function note(level: ConfigNote["level"], code: string, message: string): ConfigNote {
  return { code: `sampling.${code}`, level, setting: "sampleRate", message };
}
