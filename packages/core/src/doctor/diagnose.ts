import type { Environment } from "../config/_read_settings.ts";
import type { TracingOptions } from "../tracing_options.ts";
import type { ProcessFacts } from "./_process_findings.ts";
import type { DoctorReport } from "./doctor_report.ts";

/** Options of {@link diagnose}. */
export interface DiagnoseOptions {
  /** The options that the application gives to `initTracing`. @default {} */
  readonly tracing?: TracingOptions;
  /** The variables. @default those of the process */
  readonly env?: Environment;
  /** Sends a test trace and reads it back. @default false */
  readonly send?: boolean;
  /** Base URL of Jaeger's query service. @default port 16686 of the collector's host */
  readonly jaegerUrl?: string;
  /** How long to look for the test trace, in milliseconds. @default 10_000 */
  readonly readBackMs?: number;
  /** A Prometheus page to lint. @default `OTEL_EXPORTER_PROMETHEUS_HOST` and `_PORT` when the metrics exporter is prometheus */
  readonly metricsUrl?: string;
  /** An Ethereum JSON-RPC endpoint to ask. @default none */
  readonly rpcUrl?: string;
  /** Bound of each step on the network, in milliseconds. @default 3000 */
  readonly timeoutMs?: number;
  /** Facts about another process to judge instead of this one. @internal */
  readonly facts?: ProcessFacts;
}

/**
 * Finds out why traces do not arrive: checks configuration, connection, process and counters.
 *
 * Starts nothing and changes nothing, except that `send` sends one test trace. It never rejects, and its report holds
 * no secret.
 *
 * @param options What to check. Default: the configuration that the variables give, and this process.
 * @returns Every finding with a stable code, cause, evidence and fix.
 *
 * @example Fail a deployment check when tracing is broken
 * ```ts
 * import { diagnose } from "@dcmx-tracing/core";
 *
 * const report = await diagnose({ tracing: { serviceName: "dcmx", exporter: "none" }, env: {} });
 * if (report.status === "broken") throw new Error(report.findings.map((item) => item.cause).join("; "));
 * ```
 */
export async function diagnose(options: DiagnoseOptions = {}): Promise<DoctorReport> {
  // Loaded when asked for: the doctor is a third of this package, and tracing does not need it.
  const { examine } = await import("./_examine.ts");
  return examine(options);
}
