import type { Attributes } from "@opentelemetry/api";
import { record } from "./_record.ts";
import type { MetricValue } from "./_recorder.ts";

/**
 * Records a value into a histogram. Names of the catalogue get their unit, description and buckets; values under a
 * name with another unit are converted, as `nft.mint.duration_ms` to seconds.
 *
 * @param name Name of the metric.
 * @param value The value; not negative, finite. A value that cannot be recorded is refused, counted and said once.
 * @param attributes Labels with few values each; identifiers belong on spans.
 *
 * @example Record a confidence and a duration
 * ```ts
 * import { recordHistogram } from "@dcmx-tracing/metrics";
 *
 * recordHistogram("watermark.confidence_score", 0.98);
 * recordHistogram("nft.mint.duration_ms", 1500, { "nft.status": "minted" });
 * ```
 */
export function recordHistogram(name: string, value: MetricValue, attributes?: Attributes): void {
  record("histogram", name, value, attributes);
}
