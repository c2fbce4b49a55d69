import type { ResolvedConfig } from "../config/resolve_config.ts";
import type { ConfigProblem } from "../config/tracing_config_error.ts";
import { type Finding, finding, ok } from "./doctor_report.ts";

/**
 * What the configuration itself tells.
 *
 * @param config The settings.
 * @param problems What is wrong with them.
 */
export function configFindings(config: ResolvedConfig, problems: readonly ConfigProblem[]): Finding[] {
  const found = problems.map(problemFinding);
  if (config.disabled.value) {
    const cause = "tracing is turned off";
    found.push(
      finding("warn", "config.disabled", cause, config.disabled.from, "Remove the setting to trace."),
    );
  }
  for (const note of config.notes) {
    const fix = note.level === "warn" ? "Correct the setting, or leave it if it is meant." : "";
    found.push(finding(note.level, `config.${note.code}`, note.message, note.setting, fix));
  }
  const rate = config.sampleRate.value;
  const sampler = config.sampler.value;
  if (sampler === "always_off" || sampler === "parentbased_always_off" || rate === 0) {
    const evidence =
      sampler === "always_off" || sampler === "parentbased_always_off"
        ? config.sampler.from
        : config.sampleRate.from;
    found.push(
      finding("warn", "config.samples_nothing", "no new trace is kept", evidence, "Raise the rate."),
    );
  }
  return problems.length === 0 ? [ok("config.valid", "the configuration is valid"), ...found] : found;
}

function problemFinding(problem: ConfigProblem): Finding {
  const { code, from, rule, value, fix, suggestion } = problem;
  const advice = suggestion === undefined ? fix : `${fix} Did you mean ${suggestion}?`;
  return finding("error", `config.${code}`, `${from} ${rule}`, `current value is ${value}`, advice);
}
