import type { Tracer } from "@opentelemetry/api";
import type { ResolvedConfig } from "./config/resolve_config.ts";
import type { PipelineStats } from "./pipeline/pipeline_stats.ts";
import type { SamplingStats } from "./sampling/_decision_counts.ts";

/** What one exporter did. */
export interface TargetStats extends PipelineStats {
  /** Which exporter: a URL without secrets, `console`, or the class of an exporter object. */
  readonly target: string;
  /** The kind of exporter, for metrics: `otlp`, `console`, or the class of an exporter object. */
  readonly exporter: string;
}

/** The last trouble with an export. */
export interface TracingTrouble {
  readonly target: string;
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/**
 * What became of every span, right to the span.
 *
 * `started = sampledOut + ended + open`. With one target, `ended = exported + dropped + failed + queued`; with several,
 * each of them has its own four, and these are their sums. Spans of an earlier process that a spool brings back come
 * on top.
 */
export interface TracingStats {
  /** Spans that were asked for and reached the sampler. */
  readonly started: number;
  /** Of these, dropped by sampling, the tail option included. */
  readonly sampledOut: number;
  /** Spans that ended and were handed to the exporters. */
  readonly ended: number;
  /** Spans that are kept and have not ended, or whose trace is still undecided (tail option). */
  readonly open: number;
  /** Spans a target acknowledged. */
  readonly exported: number;
  /** Spans given up before delivery: full queue, shutdown, withheld by a wrapper. */
  readonly dropped: number;
  /** Spans given up after delivery was tried. */
  readonly failed: number;
  /** Spans that wait, in memory or on disk. */
  readonly queued: number;
  /** Values a redacting wrapper says it has masked; 0 without one. */
  readonly redacted: number;
  /** Body bytes that were acknowledged. */
  readonly bytes: number;
  /** Sampling decisions by reason. */
  readonly sampling: SamplingStats;
  /** The same for each exporter, with reasons. */
  readonly targets: readonly TargetStats[];
  /** The last trouble, if there was any. */
  readonly lastError?: TracingTrouble;
}

/** What `flush` and `shutdown` answer with. */
export interface TracingReceipt extends TracingStats {
  /** Whether everything was settled in time: delivered, or given up for a reason that the counters name. */
  readonly settled: boolean;
  /** How long it took, in milliseconds. */
  readonly durationMs: number;
}

/** The handle of running tracing. */
export interface Tracing {
  /** The configuration in force. */
  readonly config: ResolvedConfig;
  /**
   * A tracer of this provider, for code that is handed one. Code of your own needs only `startSpan`.
   *
   * @param name Name of the instrumentation scope. Default: `@dcmx-tracing/core`.
   * @param version Its version.
   */
  tracer(name?: string, version?: string): Tracer;
  /** The counters at this moment. */
  stats(): TracingStats;
  /**
   * Delivers what has ended so far. Never rejects.
   *
   * @param timeoutMs Bound of the wait. Default: the setting `shutdownTimeoutMs`.
   */
  flush(timeoutMs?: number): Promise<TracingReceipt>;
  /**
   * Delivers what has ended, stops everything and gives the OpenTelemetry API back, so that tracing can be started
   * anew. Never rejects; a second call gets the first one's receipt.
   *
   * @param timeoutMs Bound of the wait. Default: the setting `shutdownTimeoutMs`.
   */
  shutdown(timeoutMs?: number): Promise<TracingReceipt>;
  /** `shutdown()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}
