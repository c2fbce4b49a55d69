import type { Attributes } from "@opentelemetry/api";
import { BoundRecorder } from "./_bound.ts";
import { type MetricValue, recorderOf } from "./_recorder.ts";

/** A histogram together with its attributes. */
export interface BoundHistogram {
  /** Records a value; never throws. */
  record(value: MetricValue): void;
}

/**
 * Keeps a histogram and its attributes together, for places that record often; see {@link bindCounter}.
 *
 * @param name Name of the metric; a value under an alias with another unit is converted.
 * @param attributes Labels, copied.
 * @returns A handle that may be kept for ever; it follows later set-ups.
 *
 * @example Record durations
 * ```ts
 * import { bindHistogram } from "@dcmx-tracing/metrics";
 *
 * const duration = bindHistogram("nft.mint.duration", { "nft.status": "minted" });
 * duration.record(1.5);
 * ```
 */
export function bindHistogram(name: string, attributes?: Attributes): BoundHistogram {
  return new BoundRecorder(name, "histogram", recorderOf(name, "histogram"), attributes);
}
