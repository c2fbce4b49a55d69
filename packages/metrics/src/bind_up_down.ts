import type { Attributes } from "@opentelemetry/api";
import { BoundAdder } from "./_bound.ts";
import { type MetricValue, recorderOf } from "./_recorder.ts";

/** An up-down counter together with its attributes. */
export interface BoundUpDown {
  /** Adds to the value, which may be negative; never throws. */
  add(value: MetricValue): void;
}

/**
 * Keeps an up-down counter and its attributes together, for places that record often; see {@link bindCounter}.
 *
 * @param name Name of the metric; its aliases lead to the same instrument.
 * @param attributes Labels, copied.
 * @returns A handle that may be kept for ever; it follows later set-ups.
 *
 * @example Count what is in progress
 * ```ts
 * import { bindUpDown } from "@dcmx-tracing/metrics";
 *
 * const pending = bindUpDown("blockchain.tx.pending", { "blockchain.chain_id": 137 });
 * pending.add(1);
 * pending.add(-1);
 * ```
 */
export function bindUpDown(name: string, attributes?: Attributes): BoundUpDown {
  return new BoundAdder(name, "updowncounter", recorderOf(name, "updowncounter"), attributes);
}
