import { trace } from "@opentelemetry/api";
import type { ResolvedConfig } from "../config/resolve_config.ts";
import type { Tracing, TracingReceipt, TracingStats } from "../tracing.ts";

/**
 * The handle when tracing is turned off: nothing is registered, every call answers.
 *
 * @param config The configuration in force.
 */
export function disabledTracing(config: ResolvedConfig): Tracing {
  const stats = (): TracingStats => ({
    started: 0,
    sampledOut: 0,
    ended: 0,
    open: 0,
    exported: 0,
    dropped: 0,
    failed: 0,
    queued: 0,
    redacted: 0,
    bytes: 0,
    sampling: { kept: {}, dropped: {} },
    targets: [],
  });
  const receipt = async (): Promise<TracingReceipt> => ({ ...stats(), settled: true, durationMs: 0 });
  return {
    config,
    tracer: (name = "@dcmx-tracing/core", version) => trace.getTracer(name, version),
    stats,
    flush: receipt,
    shutdown: receipt,
    [Symbol.asyncDispose]: async () => {},
  };
}
