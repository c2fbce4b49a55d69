import type { Attributes } from "@opentelemetry/api";
import { record } from "./_record.ts";
import type { MetricValue } from "./_recorder.ts";

/**
 * Sets a gauge to a value; the last one counts.
 *
 * Not for what is added up over time: use {@link recordCounter}, or {@link recordUpDown}.
 *
 * @param name Name of the metric.
 * @param value The value; finite. A value that cannot be recorded is refused, counted and said once.
 * @param attributes Labels with few values each; identifiers belong on spans.
 *
 * @example Record the height of the chain
 * ```ts
 * import { recordGauge } from "@dcmx-tracing/metrics";
 *
 * recordGauge("blockchain.block.height", 21_000_000n, { "blockchain.chain_id": 1 });
 * ```
 */
export function recordGauge(name: string, value: MetricValue, attributes?: Attributes): void {
  record("gauge", name, value, attributes);
}
