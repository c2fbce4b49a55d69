import type { SettingDescription } from "../config/describe_config.ts";
import type { TracingStats } from "../tracing.ts";

/** How bad a finding is. */
export type FindingLevel = "ok" | "info" | "warn" | "error";

/** One thing the doctor found out. */
export interface Finding {
  /** Stable code, such as `wire.grpc_on_http_port`. */
  readonly code: string;
  readonly level: FindingLevel;
  /** What is the case, in one sentence. */
  readonly cause: string;
  /** What was seen. */
  readonly evidence: string;
  /** What to do; empty when nothing is to be done. */
  readonly fix: string;
}

/** A trace that the doctor sent. */
export interface SentTrace {
  readonly traceId: string;
  /** Where to look at it. */
  readonly uiUrl: string;
  /** Whether it was read back. */
  readonly found: boolean;
}

/** What the doctor found. Holds no secret: header values, passwords, keys in URLs are masked. */
export interface DoctorReport {
  /** `broken` when there is an error, `warnings` when there is a warning. */
  readonly status: "healthy" | "warnings" | "broken";
  /** Exit status of the command: 0, 1 or 2. */
  readonly exitCode: 0 | 1 | 2;
  readonly findings: readonly Finding[];
  /** Every setting with its value and source. */
  readonly settings: readonly SettingDescription[];
  /** Counters of the examined process, when tracing ran there. */
  readonly stats?: TracingStats;
  /** The test trace, when one was asked for. */
  readonly trace?: SentTrace;
}

/** Builds a finding that needs nothing done. */
export function ok(code: string, cause: string, evidence = ""): Finding {
  return { code, level: "ok", cause, evidence, fix: "" };
}

/** Builds a finding. */
export function finding(
  level: Exclude<FindingLevel, "ok">,
  code: string,
  cause: string,
  evidence: string,
  fix: string,
): Finding {
  return { code, level, cause, evidence, fix };
}
