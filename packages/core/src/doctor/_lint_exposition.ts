/** One remark about a page of metrics. */
export interface ExpositionRemark {
  readonly code: string;
  readonly metric: string;
  readonly message: string;
}

/** Series of one metric above which a page gets slow and dear. */
const MANY_SERIES = 2000;
const NAME = /^[a-zA-Z_:][a-zA-Z0-9_:]*$/;
const SUFFIX = /_(bucket|sum|count|total|created|info)$/;

/**
 * Reads a page in the Prometheus text format and remarks on what Prometheus would stumble over or what makes it hard
 * to use: names, counters without `_total`, units that are not base units, double definitions, too many series.
 *
 * @param page The text.
 * @returns Remarks in the order of the page; empty when all is well.
 */
export function lintExposition(page: string): ExpositionRemark[] {
  const types = new Map<string, string>();
  const series = new Map<string, Set<string>>();
  const remarks: ExpositionRemark[] = [];
  const say = (code: string, metric: string, message: string): void =>
    void remarks.push({ code, metric, message });
  for (const line of page.split("\n")) {
    if (line.startsWith("# TYPE ")) readType(line, types, say);
    else if (line !== "" && !line.startsWith("#")) readSample(line, types, series, say);
  }
  for (const [metric, type] of types) nameRemarks(metric, type, say);
  for (const [metric, labels] of series) {
    if (labels.size > MANY_SERIES) say("metrics.cardinality", metric, `has ${labels.size} series`);
  }
  return remarks;
}

type Say = (code: string, metric: string, message: string) => void;

function readType(line: string, types: Map<string, string>, say: Say): void {
  const [, , metric = "", type = ""] = line.split(" ");
  if (types.has(metric)) say("metrics.collision", metric, "is defined twice");
  types.set(metric, type);
}

function readSample(
  line: string,
  types: ReadonlyMap<string, string>,
  series: Map<string, Set<string>>,
  say: Say,
): void {
  const match = /^([^{\s]+)(\{.*\})?\s+(\S+)/.exec(line);
  const name = match?.[1] ?? "";
  if (match === null || !NAME.test(name)) {
    say("metrics.syntax", line.slice(0, 60), "is no sample");
    return;
  }
  const family = types.has(name) ? name : name.replace(SUFFIX, "");
  const labels = (match[2] ?? "").replace(/le="[^"]*",?|quantile="[^"]*",?/g, "");
  const known = series.get(family) ?? new Set<string>();
  const id = `${name}${match[2] ?? ""}`;
  if (known.has(id)) say("metrics.collision", name, "has two samples with equal labels");
  known.add(types.get(family) === "histogram" ? labels : id);
  series.set(family, known);
}

function nameRemarks(metric: string, type: string, say: Say): void {
  if (!NAME.test(metric)) say("metrics.name", metric, "has a name that Prometheus does not take");
  if (type === "counter" && !metric.endsWith("_total"))
    say("metrics.counter_name", metric, "is a counter and does not end with _total");
  const unit = /_(ms|milliseconds|minutes|hours|kb|kilobytes|mb|megabytes|percent)(_total)?$/.exec(
    metric,
  )?.[1];
  if (unit !== undefined)
    say("metrics.unit", metric, `is measured in ${unit}, which is no base unit (seconds, bytes, ratio)`);
  if (/_(seconds|bytes)_\1/.test(metric)) say("metrics.unit", metric, "names its unit twice");
}
