import type { MetricDefinition } from "./metric_definition.ts";
import { METRICS } from "./metrics.ts";

/** A metric and how a value under the name that was asked for is converted to its unit. */
export interface FoundMetric {
  /** The definition. */
  readonly metric: MetricDefinition;
  /** What a value is multiplied with: 1 for the canonical name. */
  readonly factor: number;
}

const byName = new Map<string, FoundMetric>();
for (const metric of METRICS) {
  byName.set(metric.name, { metric, factor: 1 });
  for (const { name, factor } of metric.aliases ?? []) byName.set(name, { metric, factor });
}

/**
 * Finds a metric of the catalogue by its name or by an alias.
 *
 * @param name Name as the application gives it.
 * @returns The definition and the conversion factor, or undefined when the catalogue does not know the name.
 *
 * @example Resolve an alias that has another unit
 * ```ts
 * import { findMetric } from "@dcmx-tracing/conventions";
 *
 * const found = findMetric("nft.mint.duration_ms");
 * console.assert(found?.metric.name === "nft.mint.duration");
 * console.assert(found?.factor === 0.001);
 * ```
 */
export function findMetric(name: string): FoundMetric | undefined {
  return byName.get(name);
}
