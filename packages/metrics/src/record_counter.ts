import type { Attributes } from "@opentelemetry/api";
import { record } from "./_record.ts";
import type { MetricValue } from "./_recorder.ts";

/**
 * Adds to a counter. The instrument is made on the first call and kept. Names of the catalogue get their unit and
 * description, their aliases lead to the same instrument; other names work too.
 *
 * Not for values that can go down: use {@link recordUpDown}, or {@link recordGauge} for a state.
 *
 * @param name Name of the metric.
 * @param value What to add; not negative, not NaN. A value that cannot be added is refused, counted and said once.
 * @default value 1
 * @param attributes Labels with few values each; identifiers belong on spans.
 *
 * @example Count mints
 * ```ts
 * import { recordCounter } from "@dcmx-tracing/metrics";
 *
 * recordCounter("nft.mints.total", 1);
 * recordCounter("nft.mints.total", 1, { "blockchain.network": "polygon" });
 * ```
 */
export function recordCounter(name: string, value: MetricValue = 1, attributes?: Attributes): void {
  record("counter", name, value, attributes);
}
