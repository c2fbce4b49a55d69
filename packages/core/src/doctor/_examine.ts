import type { Environment } from "../config/_read_settings.ts";
import { describeConfig } from "../config/describe_config.ts";
import { inspectConfig, type ResolvedConfig } from "../config/resolve_config.ts";
import { messageOf } from "../lifecycle/_diagnostics.ts";
import { chainFindings } from "./_chain_findings.ts";
import { configFindings } from "./_config_findings.ts";
import { flowFindings } from "./_flow_findings.ts";
import { metricsFindings } from "./_metrics_findings.ts";
import { gatherProcessFacts, type ProcessFacts, processFindings } from "./_process_findings.ts";
import { createScrubber } from "./_scrub.ts";
import { sendTrace } from "./_send_trace.ts";
import { wireFindings } from "./_wire_findings.ts";
import type { DiagnoseOptions } from "./diagnose.ts";
import { type DoctorReport, type Finding, finding, type SentTrace } from "./doctor_report.ts";

/**
 * The work of `diagnose`, in a file of its own so that an application that only traces does not load it.
 *
 * @param options What to check.
 */
export async function examine(options: DiagnoseOptions = {}): Promise<DoctorReport> {
  const { tracing = {}, env = process.env, timeoutMs = 3000 } = options;
  const { config, problems } = inspectConfig(tracing, env);
  const facts = options.facts ?? gatherProcessFacts();
  const findings = [
    ...configFindings(config, problems),
    ...processFindings(facts, options.facts !== undefined),
  ];
  if (facts.stats !== undefined) findings.push(...flowFindings(facts.stats));
  let trace: SentTrace | undefined;
  if (problems.length === 0 && !config.disabled.value) {
    findings.push(...(await guarded("wire", () => wireFindings(config, timeoutMs))));
    if (options.send === true) {
      const sent = await guardedSend(config, options, timeoutMs);
      findings.push(...sent.findings);
      trace = sent.trace;
    }
  }
  const metricsUrl = options.metricsUrl ?? metricsUrlFrom(env);
  if (metricsUrl !== undefined)
    findings.push(...(await guarded("metrics", () => metricsFindings(metricsUrl, timeoutMs))));
  const { rpcUrl } = options;
  if (rpcUrl !== undefined)
    findings.push(...(await guarded("chain", () => chainFindings(rpcUrl, timeoutMs))));
  return report(config, findings, facts, trace);
}

function report(
  config: ResolvedConfig,
  found: readonly Finding[],
  facts: ProcessFacts,
  trace: SentTrace | undefined,
): DoctorReport {
  const scrub = createScrubber(config);
  const findings = found.map((item) => ({
    ...item,
    cause: scrub(item.cause),
    evidence: scrub(item.evidence),
  }));
  const broken = findings.some((item) => item.level === "error");
  const warnings = findings.some((item) => item.level === "warn");
  return {
    status: broken ? "broken" : warnings ? "warnings" : "healthy",
    exitCode: broken ? 2 : warnings ? 1 : 0,
    findings,
    settings: describeConfig(config),
    ...(facts.stats === undefined ? {} : { stats: facts.stats }),
    ...(trace === undefined ? {} : { trace: { ...trace, uiUrl: scrub(trace.uiUrl) } }),
  };
}

async function guarded(part: string, run: () => Promise<Finding[]>): Promise<Finding[]> {
  try {
    return await run();
  } catch (error) {
    return [
      finding(
        "error",
        `${part}.check_failed`,
        `the check of ${part} itself failed`,
        messageOf(error),
        "Report this as a fault of the doctor.",
      ),
    ];
  }
}

async function guardedSend(
  config: ResolvedConfig,
  options: DiagnoseOptions,
  timeoutMs: number,
): Promise<{ findings: Finding[]; trace?: SentTrace }> {
  let trace: SentTrace | undefined;
  const findings = await guarded("send", async () => {
    const jaegerUrl = (options.jaegerUrl ?? defaultJaegerUrl(config)).replace(/\/+$/, "");
    const readBack = { jaegerUrl, waitMs: options.readBackMs ?? 10_000, timeoutMs };
    const sent = await sendTrace(config, options.tracing ?? {}, readBack);
    trace = sent.trace;
    return sent.findings;
  });
  return trace === undefined ? { findings } : { findings, trace };
}

function defaultJaegerUrl(config: ResolvedConfig): string {
  return `http://${new URL(config.tracesUrl.value).hostname}:16686`;
}

function metricsUrlFrom(env: Environment): string | undefined {
  if (!env.OTEL_METRICS_EXPORTER?.split(",").includes("prometheus")) return undefined;
  const host = env.OTEL_EXPORTER_PROMETHEUS_HOST || "127.0.0.1";
  return `http://${host}:${env.OTEL_EXPORTER_PROMETHEUS_PORT || "9464"}/metrics`;
}
