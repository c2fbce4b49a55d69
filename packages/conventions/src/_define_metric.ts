import type { Source, Stability } from "./attribute_definition.ts";
import type { InstrumentKind, MetricDefinition } from "./metric_definition.ts";

/** Makes one definition from a line of a table; the order of the parameters is the order of the columns. */
export function defineMetric(
  name: string,
  instrument: InstrumentKind,
  unit: string,
  stability: Stability,
  source: Source,
  description: string,
  attributes: readonly string[],
  rest: Pick<MetricDefinition, "buckets" | "aliases"> = {},
): MetricDefinition {
  const cardinality = attributes.length === 0 ? "fixed" : "low";
  return { name, instrument, unit, stability, source, description, attributes, cardinality, ...rest };
}
