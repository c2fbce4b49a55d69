import type { Pipeline } from "../pipeline/pipeline.ts";
import type { PipelineTarget } from "../pipeline/pipeline_options.ts";
import type { PipelineStats } from "../pipeline/pipeline_stats.ts";
import { warnOnce } from "./_diagnostics.ts";
import { deliverSync } from "./_sync_delivery.ts";

/** A pipeline and where it leads. */
export interface LeadingPipeline {
  readonly pipeline: Pipeline;
  readonly target: PipelineTarget;
}

/** Spans of a pipeline that would be lost with the process: those that wait, less those that are on disk. */
export function inMemory(stats: PipelineStats): number {
  return Math.max(0, stats.queued - stats.spool.spans);
}

/**
 * Saves or delivers what waits in memory, synchronously: to the spool where there is one, else through a child
 * process. Never throws.
 *
 * @param pipelines The pipelines.
 * @param timeoutMs Bound for all of them together.
 * @param send Whether to try a delivery; what has no spool is counted as dropped otherwise.
 */
export function finishNow(pipelines: readonly LeadingPipeline[], timeoutMs: number, send = true): void {
  const deadline = performance.now() + timeoutMs;
  for (const { pipeline, target } of pipelines) {
    try {
      pipeline.save();
      if (inMemory(pipeline.stats()) === 0) continue;
      pipeline.drain((batches) =>
        send ? deliver(batches, target, Math.max(1, deadline - performance.now())) : batches.map(() => false),
      );
    } catch (error) {
      warnOnce("spans that were waiting at the exit of the process could not be delivered", error);
    }
  }
}

function deliver(
  batches: readonly { readonly body: Uint8Array }[],
  target: PipelineTarget,
  timeoutMs: number,
): boolean[] {
  if (target.kind !== "otlp-http") return batches.map(() => false);
  const headers = { ...target.headers, "content-type": "application/x-protobuf" };
  const tls = target.tls === undefined ? {} : { tls: target.tls };
  const requests = batches.map(({ body }) => ({ url: target.url, headers, body, ...tls }));
  return deliverSync(requests, timeoutMs);
}
