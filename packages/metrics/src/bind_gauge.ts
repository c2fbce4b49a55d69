import type { Attributes } from "@opentelemetry/api";
import { BoundSetter } from "./_bound.ts";
import { type MetricValue, recorderOf } from "./_recorder.ts";

/** A gauge together with its attributes. */
export interface BoundGauge {
  /** Sets the gauge; never throws. */
  record(value: MetricValue): void;
}

/**
 * Keeps a gauge and its attributes together, for places that record often; see {@link bindCounter}.
 *
 * @param name Name of the metric; its aliases lead to the same instrument.
 * @param attributes Labels, copied.
 * @returns A handle that may be kept for ever; it follows later set-ups.
 *
 * @example Follow the height of a chain
 * ```ts
 * import { bindGauge } from "@dcmx-tracing/metrics";
 *
 * const height = bindGauge("blockchain.block.height", { "blockchain.chain_id": 137 });
 * height.record(65_000_000n);
 * ```
 */
export function bindGauge(name: string, attributes?: Attributes): BoundGauge {
  return new BoundSetter(name, "gauge", recorderOf(name, "gauge"), attributes);
}
