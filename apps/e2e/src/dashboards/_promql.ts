// PromQL from the catalogue: each helper checks that the metric exists, is of the right kind, and carries the labels.
import type { InstrumentKind, MetricDefinition } from "@dcmx-tracing/conventions";
import { prometheusName } from "@dcmx-tracing/metrics";
import { labelName, metricNamed } from "../metric_names.ts";

/** Narrows and groups a query. */
export interface QueryOptions {
  /** Attributes to group by. */
  readonly by?: readonly string[];
  /** Attributes to filter by, with a PromQL matcher such as `!=""` or `="minted"`. */
  readonly where?: Readonly<Record<string, string>>;
}

/** Increase a second of a counter, or of the number of measurements of a histogram. */
export function rate(name: string, options: QueryOptions = {}): string {
  return sum(`rate(${counted(name, options)}[$__rate_interval])`, options);
}

/** Increase over the time range of the dashboard. */
export function total(name: string, options: QueryOptions = {}): string {
  return sum(`increase(${counted(name, options)}[$__range])`, options);
}

/** Sum of a histogram's values over the time range of the dashboard. */
export function totalValue(name: string, options: QueryOptions = {}): string {
  const metric = ofKind(name, "histogram");
  return sum(`increase(${prometheusName(metric)}_sum${selector(metric, options)}[$__range])`, options);
}

/** Share of the measurements that match `where`, 0 to 1. It is 0, not absent, while none matches. */
export function share(name: string, where: Readonly<Record<string, string>>): string {
  const all = rate(name);
  return `(${rate(name, { where })} or 0 * ${all}) / ${all}`;
}

/** Quantile of a histogram. */
export function quantile(q: number, name: string, options: QueryOptions = {}): string {
  const metric = ofKind(name, "histogram");
  const groups = ["le", ...labels(metric, options.by)].join(", ");
  const buckets = `rate(${prometheusName(metric)}_bucket${selector(metric, options)}[$__rate_interval])`;
  return `histogram_quantile(${q}, sum by (${groups}) (${buckets}))`;
}

/** Mean of a histogram. */
export function mean(name: string, options: QueryOptions = {}): string {
  const metric = ofKind(name, "histogram");
  const series = `${prometheusName(metric)}_`;
  const part = (end: string): string =>
    sum(`rate(${series}${end}${selector(metric, options)}[$__rate_interval])`, options);
  return `${part("sum")} / ${part("count")}`;
}

/** Current value of a gauge or an up-down counter, summed. */
export function current(name: string, options: QueryOptions = {}): string {
  const metric = ofKind(name, "gauge", "updowncounter");
  return sum(`${prometheusName(metric)}${selector(metric, options)}`, options);
}

/** Highest current value of a gauge or an up-down counter. */
export function highest(name: string, options: QueryOptions = {}): string {
  const metric = ofKind(name, "gauge", "updowncounter");
  return `max by (${["job", ...labels(metric, options.by)].join(", ")}) (${prometheusName(metric)}${selector(metric, options)})`;
}

function counted(name: string, options: QueryOptions): string {
  const metric = ofKind(name, "counter", "histogram");
  const end = metric.instrument === "histogram" ? "_count" : "";
  return `${prometheusName(metric)}${end}${selector(metric, options)}`;
}

function ofKind(name: string, ...kinds: readonly InstrumentKind[]): MetricDefinition {
  const metric = metricNamed(name);
  if (kinds.includes(metric.instrument)) return metric;
  throw new RangeError(
    `Cannot use '${name}' here as it must be a ${kinds.join(" or ")}: it is a ${metric.instrument}`,
  );
}

function selector(metric: MetricDefinition, { by = [], where = {} }: QueryOptions): string {
  labels(metric, [...by, ...Object.keys(where)]);
  const matchers = Object.entries(where).map(([attribute, matcher]) => labelName(attribute) + matcher);
  return `{${['job=~"$job"', ...matchers].join(", ")}}`;
}

function labels(metric: MetricDefinition, attributes: readonly string[] = []): readonly string[] {
  for (const attribute of attributes) {
    if (metric.attributes.includes(attribute)) continue;
    throw new RangeError(
      `Cannot group '${metric.name}' by '${attribute}' as the catalogue does not list it there`,
    );
  }
  return attributes.map(labelName);
}

function sum(inner: string, { by = [] }: QueryOptions): string {
  return by.length === 0 ? `sum(${inner})` : `sum by (${by.map(labelName).join(", ")}) (${inner})`;
}
