import type { TracingOptions } from "../tracing_options.ts";
import { crossSettingProblems } from "./_cross_checks.ts";
import { DEFINITIONS } from "./_definitions.ts";
import { resolveEndpoint } from "./_endpoint.ts";
import { unknownVariableNotes } from "./_known_variables.ts";
import { Invalid } from "./_parsers.ts";
import { type Environment, makeSetting, problemOf, readSettings, type SettingMap } from "./_read_settings.ts";
import { resolveResource } from "./_resource_setting.ts";
import { resolveSampling } from "./_sampling_setting.ts";
import { optionShapeProblems } from "./_unknown_options.ts";
import type { ConfigNote } from "./config_note.ts";
import type { Setting } from "./setting.ts";
import type { SettingValues } from "./setting_values.ts";
import { type ConfigProblem, TracingConfigError } from "./tracing_config_error.ts";

/** Every setting with its value and its source, and what was noticed on the way. */
export type ResolvedConfig = { readonly [K in keyof SettingValues]: Setting<SettingValues[K]> } & {
  /** What works but should be known: inferred values, aliases in use, suspicious variables. */
  readonly notes: readonly ConfigNote[];
};

/**
 * Works out the configuration that `initTracing` would use, without starting anything.
 *
 * Precedence of every setting: option, standard `OTEL_*` variable, alias variable, default.
 *
 * @param options The options as for `initTracing`. Default: none.
 * @param env The variables. Default: those of the process.
 * @returns Every setting with its source.
 * @throws {TracingConfigError} listing everything that is wrong.
 *
 * @example See where a value comes from
 * ```ts
 * import { resolveConfig } from "@dcmx-tracing/core";
 *
 * const config = resolveConfig({}, { OTLP_ENDPOINT: "http://jaeger-collector:4318" });
 * if (config.otlpEndpoint.source !== "alias") throw new Error("the alias is in use");
 * if (config.tracesUrl.value !== "http://jaeger-collector:4318/v1/traces") throw new Error("spans have a path");
 * ```
 */
export function resolveConfig(options: TracingOptions = {}, env: Environment = process.env): ResolvedConfig {
  const { config, problems } = inspectConfig(options, env);
  if (problems.length > 0) throw new TracingConfigError(problems);
  return config;
}

/**
 * The configuration together with its problems, for the doctor, which reports both.
 *
 * @param options The options as for `initTracing`.
 * @param env The variables.
 * @returns Settings (those with a problem at their default) and problems.
 */
export function inspectConfig(
  options: TracingOptions = {},
  env: Environment = process.env,
): { config: ResolvedConfig; problems: ConfigProblem[] } {
  const problems = optionShapeProblems(options);
  // A list or a text in place of the options has no settings to read.
  const given = problems.some((problem) => problem.setting === "options") ? {} : options;
  const settings = readSettings(given, env, problems);
  const notes: ConfigNote[] = aliasNotes(settings);
  applyEndpoint(settings, problems, notes);
  resolveSampling(settings, problems, notes);
  resolveResource(settings, notes);
  crossSettingProblems(settings, given, problems, notes);
  notes.push(...unknownVariableNotes(env));
  return { config: { ...settings, notes }, problems };
}

function aliasNotes(settings: SettingMap): ConfigNote[] {
  return Object.values(settings)
    .filter((item) => item.source === "alias")
    .map((item) => ({
      code: "variable.alias",
      level: "info",
      setting: item.name,
      message: `${item.from} is used as the standard ${DEFINITIONS[item.name as keyof SettingMap].env.at(-1)} is not set`,
    }));
}

/** The stronger of base and signal URL decides; the other one is listed as overridden. */
function applyEndpoint(settings: SettingMap, problems: ConfigProblem[], notes: ConfigNote[]): void {
  const { tracesUrl, otlpEndpoint, protocol } = settings;
  const signal = isStrongerOrEqual(tracesUrl, otlpEndpoint) && tracesUrl.source !== "default";
  const chosen = signal ? tracesUrl : otlpEndpoint;
  const chosenProtocol = protocol.source === "default" ? undefined : protocol.value;
  const result = resolveEndpoint({ raw: chosen.value, from: chosen.from, signal, protocol: chosenProtocol });
  if (result instanceof Invalid) {
    problems.push(problemOf(chosen.name, chosen.from, chosen.value, result));
    return;
  }
  notes.push(...result.notes);
  const loser = signal ? otlpEndpoint : tracesUrl;
  const lost = loser.source === "default" ? [] : [loser.from];
  const { source, from } = chosen;
  if (!signal) {
    settings.otlpEndpoint = makeSetting(
      "otlpEndpoint",
      DEFINITIONS.otlpEndpoint,
      result.endpoint,
      source,
      from,
      chosen.overridden,
    );
  }
  const overridden = signal ? [...chosen.overridden, ...lost] : lost;
  settings.tracesUrl = makeSetting("tracesUrl", DEFINITIONS.tracesUrl, result.url, source, from, overridden);
  if (result.protocol !== protocol.value) {
    settings.protocol = makeSetting(
      "protocol",
      DEFINITIONS.protocol,
      result.protocol,
      source,
      from,
      protocol.overridden,
    );
  }
}

const STRENGTH = { option: 3, env: 2, alias: 1, default: 0 } as const;

function isStrongerOrEqual(left: Setting<unknown>, right: Setting<unknown>): boolean {
  return STRENGTH[left.source] >= STRENGTH[right.source];
}
