import type { Attributes } from "@opentelemetry/api";
import { record } from "./_record.ts";
import type { MetricValue } from "./_recorder.ts";

/**
 * Adds to a value that goes up and down, such as the number of what is in progress.
 *
 * Not for a state that is read as a whole: use {@link recordGauge}.
 *
 * @param name Name of the metric.
 * @param value What to add; may be negative, finite.
 * @param attributes Labels with few values each; identifiers belong on spans.
 *
 * @example Count what is pending
 * ```ts
 * import { recordUpDown } from "@dcmx-tracing/metrics";
 *
 * recordUpDown("blockchain.tx.pending", 1);
 * recordUpDown("blockchain.tx.pending", -1);
 * ```
 */
export function recordUpDown(name: string, value: MetricValue, attributes?: Attributes): void {
  record("updowncounter", name, value, attributes);
}
