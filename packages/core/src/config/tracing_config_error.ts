/** One thing that is wrong with a configuration. */
export interface ConfigProblem {
  /** Stable code, such as `sampling.rate_range`. */
  readonly code: string;
  /** The setting it is about, by the path of its option. */
  readonly setting: string;
  /** What brought the value: the option's path or the variable's name. */
  readonly from: string;
  /** The bad value in printable form, secrets masked. */
  readonly value: string;
  /** What is allowed. */
  readonly rule: string;
  /** What to do. */
  readonly fix: string;
  /** The allowed value or name that comes nearest, if one is near. */
  readonly suggestion?: string;
}

/**
 * Everything that is wrong with a configuration, at once. Nothing was started when it is thrown.
 *
 * @example Read the problems of a configuration
 * ```ts
 * import { resolveConfig, TracingConfigError } from "@dcmx-tracing/core";
 *
 * try {
 *   resolveConfig({ sampleRate: 1.5 }, { OTEL_TRACES_SAMPLER: "ratio" });
 * } catch (error) {
 *   if (!(error instanceof TracingConfigError)) throw error;
 *   if (error.problems.length !== 2) throw new Error("both problems are listed");
 * }
 * ```
 */
export class TracingConfigError extends Error {
  /** Stable code of the error itself. */
  readonly code = "ERR_TRACING_CONFIG" as const;
  /** Every problem, in the order of the settings. */
  readonly problems: readonly ConfigProblem[];

  /** @param problems What is wrong; at least one. */
  constructor(problems: readonly ConfigProblem[]) {
    const count = problems.length === 1 ? "a problem" : `${problems.length} problems`;
    super(`Cannot start tracing as its configuration has ${count}:\n${problems.map(line).join("\n")}`);
    this.name = "TracingConfigError";
    this.problems = problems;
  }
}

function line(problem: ConfigProblem): string {
  const { code, from, value, rule, fix, suggestion } = problem;
  const guess = suggestion === undefined ? "" : ` (did you mean ${suggestion}?)`;
  return `  - ${from} ${rule}: current value is ${value}${guess}. ${fix} [${code}]`;
}
