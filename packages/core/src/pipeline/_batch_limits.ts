import { atLeast } from "./_backoff.ts";
import type { BatchOptions } from "./pipeline_options.ts";

/**
 * @param options Given bounds.
 * @returns The bounds with defaults.
 * @throws {RangeError} When a value is out of range.
 */
export function batchLimits(options: BatchOptions = {}): Required<BatchOptions> {
  const {
    maxQueueBytes = 32 * 1024 * 1024,
    maxQueueSpans = Number.POSITIVE_INFINITY,
    maxBatchSpans = 512,
    maxBatchBytes = 256 * 1024,
    scheduleDelayMs = 1_000,
    concurrency = 4,
  } = options;
  atLeast("batch.maxQueueBytes", maxQueueBytes, 1);
  atLeast("batch.maxQueueSpans", maxQueueSpans, 1);
  atLeast("batch.maxBatchSpans", maxBatchSpans, 1);
  atLeast("batch.maxBatchBytes", maxBatchBytes, 1);
  atLeast("batch.scheduleDelayMs", scheduleDelayMs, 0);
  atLeast("batch.concurrency", concurrency, 1);
  return { maxQueueBytes, maxQueueSpans, maxBatchSpans, maxBatchBytes, scheduleDelayMs, concurrency };
}
