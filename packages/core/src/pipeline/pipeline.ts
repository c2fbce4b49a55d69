import type { SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { PipelineStats } from "./pipeline_stats.ts";

/** A way from ended spans to one target: queue, delivery, counters. Made by {@link createPipeline}. */
export interface Pipeline {
  /** Give this to the tracer provider. Its `forceFlush()` and `shutdown()` are bounded by 5 seconds and never reject. */
  readonly processor: SpanProcessor;
  /** The counters at this moment. Cheap enough for a metrics callback. */
  stats(): PipelineStats;
  /**
   * Delivers what has ended so far.
   *
   * @param timeoutMs Bound of the wait. Spans that are still waiting then stay queued. Default 5000.
   * @returns Whether all of it was settled (exported, failed, dropped or, during an outage, spooled) in time.
   */
  flush(timeoutMs?: number): Promise<boolean>;
  /**
   * Takes no more spans, delivers the rest, closes the target. Spans that cannot be delivered in time go to the
   * spool if there is one, else they are counted as dropped with the reason `shutdown`. A second call gets the
   * promise of the first.
   *
   * @param timeoutMs Bound of the wait. Default 5000.
   * @returns Whether every span was settled without being dropped by the shutdown.
   */
  shutdown(timeoutMs?: number): Promise<boolean>;
  /**
   * Writes everything that waits in memory to the spool, synchronously, for an exit that cannot wait. Without a spool
   * it does nothing.
   *
   * @returns Spans that were written.
   */
  save(): number;
  /**
   * Closes the pipeline and hands what waits in memory to a function that delivers it synchronously, for an exit that
   * cannot wait and has no spool. An {@link ExporterTarget} is called once instead; what it does not answer for during
   * the call is dropped. It never throws.
   *
   * @param deliver Gets the request bodies, uncompressed; answers for each whether the collector acknowledged it.
   */
  drain(deliver: (batches: readonly DrainedBatch[]) => readonly boolean[]): void;
}

/** A request that was not delivered when the process ended. */
export interface DrainedBatch {
  /** An ExportTraceServiceRequest. */
  readonly body: Uint8Array;
  readonly spans: number;
}
