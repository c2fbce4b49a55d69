import { setTimeout as sleep } from "node:timers/promises";
import { maskUrls } from "../config/mask_value.ts";
import type { ResolvedConfig } from "../config/resolve_config.ts";
import { buildEngine } from "../sdk/_engine.ts";
import type { TracingOptions } from "../tracing_options.ts";
import { type HttpAnswer, type Probe, probeHttp } from "./_probes.ts";
import { type Finding, finding, ok, type SentTrace } from "./doctor_report.ts";

/** Where and how long to look for the trace. */
export interface ReadBack {
  /** Base URL of Jaeger's query service. */
  readonly jaegerUrl: string;
  /** Longest time to wait until the trace is found. */
  readonly waitMs: number;
  /** Bound of each request. */
  readonly timeoutMs: number;
}

/**
 * Sends one test trace the way the application would, and reads it back through Jaeger's query API.
 *
 * @param config A configuration without problems.
 * @param options The options that belong to it.
 * @param readBack Where to look for the trace.
 */
export async function sendTrace(
  config: ResolvedConfig,
  options: TracingOptions,
  readBack: ReadBack,
): Promise<{ findings: Finding[]; trace?: SentTrace }> {
  // The sampler of the application may drop this one trace; the test is about the way, not about the rate.
  const engine = buildEngine(withAlwaysOn(config), options);
  const span = engine.provider.getTracer("@dcmx-tracing/core/doctor").startSpan("dcmx-tracing doctor");
  const { traceId } = span.spanContext();
  span.end();
  await Promise.all(engine.pipelines.map(({ pipeline }) => pipeline.shutdown(readBack.timeoutMs)));
  const stats = engine.pipelines.map(({ pipeline }) => pipeline.stats());
  const uiUrl = `${maskUrls(readBack.jaegerUrl)}/trace/${traceId}`;
  if (!stats.some(({ exported }) => exported === 1)) {
    const evidence = stats.map(({ lastError }) => lastError?.message ?? "not acknowledged").join("; ");
    const cause = "the test trace was not taken by the collector";
    return {
      findings: [
        finding("error", "send.not_delivered", cause, evidence, "See the findings about the connection."),
      ],
      trace: { traceId, uiUrl, found: false },
    };
  }
  const delivered = ok("send.delivered", "the test trace was delivered", `trace ${traceId}`);
  const { found, last } = await lookFor(traceId, readBack);
  return {
    findings: [delivered, readBackFinding(found, last, traceId, uiUrl, readBack)],
    trace: { traceId, uiUrl, found },
  };
}

async function lookFor(
  traceId: string,
  readBack: ReadBack,
): Promise<{ found: boolean; last: Probe<HttpAnswer> }> {
  const url = `${readBack.jaegerUrl}/api/v3/traces/${traceId}`;
  const deadline = performance.now() + readBack.waitMs;
  for (;;) {
    const last = await probeHttp(url, { timeoutMs: readBack.timeoutMs, maxBytes: 1024 * 1024 });
    if ("value" in last && last.value.status === 200 && holdsTrace(last.value.body, traceId))
      return { found: true, last };
    if ("error" in last || performance.now() >= deadline) return { found: false, last };
    await sleep(POLL_MS);
  }
}

const POLL_MS = 250;

// Jaeger answers with OTLP JSON in `result`; ids are hexadecimal there, and base64 in some versions.
function holdsTrace(body: string, traceId: string): boolean {
  return (
    body.includes("resourceSpans") &&
    (body.includes(traceId) || body.includes(Buffer.from(traceId, "hex").toString("base64")))
  );
}

function readBackFinding(
  found: boolean,
  last: Probe<HttpAnswer>,
  traceId: string,
  uiUrl: string,
  { jaegerUrl, waitMs }: ReadBack,
): Finding {
  if (found) return ok("send.read_back", "the test trace was read back from Jaeger", uiUrl);
  const shown = maskUrls(jaegerUrl);
  if ("error" in last) {
    const fix = "Name Jaeger's query service with --jaeger http://HOST:16686.";
    return finding(
      "warn",
      "send.jaeger_unreachable",
      "Jaeger's query service does not answer, so the trace was not read back",
      `${shown}: ${last.error}`,
      fix,
    );
  }
  const evidence = `${shown}: HTTP ${last.value.status}, trace ${traceId} not found within ${waitMs} ms`;
  const fix = "Check that the collector forwards to this Jaeger, and its storage.";
  return finding(
    "error",
    "send.not_found",
    "the collector took the trace and Jaeger does not have it",
    evidence,
    fix,
  );
}

function withAlwaysOn(config: ResolvedConfig): ResolvedConfig {
  return {
    ...config,
    sampler: { ...config.sampler, value: "always_on" },
    samplingRules: { ...config.samplingRules, value: [] },
    // The spool is the application's; a test must not touch what lies there.
    "spool.directory": { ...config["spool.directory"], value: undefined },
    "tail.keepErrors": { ...config["tail.keepErrors"], value: false },
    "tail.slowMs": { ...config["tail.slowMs"], value: undefined },
  };
}
