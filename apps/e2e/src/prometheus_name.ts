import { findMetric, type MetricDefinition } from "@dcmx-tracing/conventions";

/** Units that get a suffix; annotations in braces and unknown units get none. */
const SUFFIXES: Readonly<Record<string, string>> = { s: "seconds", ms: "milliseconds", By: "bytes" };

/** Looks a metric of the catalogue up, so that a misspelt name stops the generator. */
export function metricNamed(name: string): MetricDefinition {
  const metric = findMetric(name)?.metric;
  if (metric === undefined) throw new RangeError(`Cannot draw '${name}' as it is not in the catalogue`);
  return metric;
}

/**
 * The name under which Prometheus stores a metric of the catalogue, by the OpenTelemetry compatibility specification:
 * https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
 * Written a second time here on purpose: the exporter's own naming is held against it by a real scrape.
 */
export function prometheusName(metric: MetricDefinition): string {
  const parts = [metric.name.replace(/[^a-zA-Z0-9]+/g, "_")];
  const suffix = metric.unit === "1" && metric.instrument === "gauge" ? "ratio" : SUFFIXES[metric.unit];
  if (suffix !== undefined && !parts[0]?.endsWith(`_${suffix}`)) parts.push(suffix);
  if (metric.instrument === "counter") parts.push("total");
  return parts.join("_");
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
