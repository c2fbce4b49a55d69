import type { RetryPolicy } from "./_backoff.ts";
import type { Overflow } from "./_memory_queue.ts";
import type { Outcome } from "./_read_answer.ts";
import type { Batch } from "./_span_batcher.ts";
import type { PipelineOptions } from "./pipeline_options.ts";

/** What a Delivery works with. */
export interface DeliveryOptions<B extends Batch> {
  readonly send: (batch: B) => Promise<Outcome>;
  /** Breaks off what is in flight. */
  readonly abort: () => void;
  readonly concurrency: number;
  readonly maxQueueBytes: number;
  readonly maxQueueSpans: number;
  readonly retry: RetryPolicy;
  readonly overflow?: Overflow<B> | undefined;
  readonly onRequest?: PipelineOptions["onRequest"];
}
