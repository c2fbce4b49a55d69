import { findMetric, type MetricDefinition } from "@dcmx-tracing/conventions";
import { prometheusName } from "@dcmx-tracing/metrics";

/** Looks a metric of the catalogue up, so that a misspelt name stops the generator. */
export function metricNamed(name: string): MetricDefinition {
  const metric = findMetric(name)?.metric;
  if (metric === undefined) throw new RangeError(`Cannot draw '${name}' as it is not in the catalogue`);
  return metric;
}

/** Every series name that a metric shows in Prometheus: three for a histogram, one for the others. */
export function seriesNames(metric: MetricDefinition): readonly string[] {
  const name = prometheusName(metric);
  return metric.instrument === "histogram" ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}

/** The label of an attribute. */
export function labelName(attribute: string): string {
  return attribute.replace(/[^a-zA-Z0-9_]/g, "_");
}
