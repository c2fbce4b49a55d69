import type { InstrumentKind } from "@dcmx-tracing/conventions";

/** What the Prometheus name of a metric depends on. */
export interface PrometheusNameInput {
  /** OpenTelemetry name, for example `nft.mint.duration`. */
  readonly name: string;
  /** Unit in UCUM, for example `s`, `By/s` or `{mint}`. */
  readonly unit: string;
  /** Kind of the instrument. */
  readonly instrument: InstrumentKind;
}

// Units that Prometheus spells out; all others stand as they are.
const UNITS: Readonly<Record<string, string>> = {
  d: "days",
  h: "hours",
  min: "minutes",
  s: "seconds",
  ms: "milliseconds",
  us: "microseconds",
  ns: "nanoseconds",
  By: "bytes",
  KiBy: "kibibytes",
  MiBy: "mebibytes",
  GiBy: "gibibytes",
  TiBy: "tibibytes",
  KBy: "kilobytes",
  MBy: "megabytes",
  GBy: "gigabytes",
  TBy: "terabytes",
  m: "meters",
  V: "volts",
  A: "amperes",
  J: "joules",
  W: "watts",
  g: "grams",
  Cel: "celsius",
  Hz: "hertz",
  "1": "",
  "%": "percent",
};
const PER_UNITS: Readonly<Record<string, string>> = {
  s: "second",
  m: "minute",
  h: "hour",
  d: "day",
  w: "week",
  mo: "month",
  y: "year",
};

/**
 * Name under which Prometheus knows a metric, the same whether it is scraped from this package or pushed to
 * Prometheus by OTLP: the rules are those of Prometheus' own translation of OTLP.
 *
 * @param metric Name, unit and kind, for example an entry of `METRICS` of `@dcmx-tracing/conventions`.
 * @returns The name of the series of a counter or gauge; of a histogram the name that `_bucket`, `_sum` and
 * `_count` are appended to.
 * @see https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/
 *
 * @example Name what a dashboard asks for
 * ```ts
 * import { prometheusName } from "@dcmx-tracing/metrics";
 *
 * console.assert(prometheusName({ name: "nft.mints", unit: "{mint}", instrument: "counter" }) === "nft_mints_total");
 * console.assert(prometheusName({ name: "nft.mint.duration", unit: "s", instrument: "histogram" }) === "nft_mint_duration_seconds");
 * ```
 */
export function prometheusName(metric: PrometheusNameInput): string {
  let tokens = tokensOf(metric.name);
  let [main, per] = unitsOf(metric.unit);
  if (tokens.includes(main)) main = "";
  if (tokens.includes(per)) per = "";
  if (per !== "") main = main.replace(/_$/, "");
  if (main !== "") tokens.push(main);
  if (per !== "") tokens.push(per);
  if (metric.instrument === "counter") tokens = [...tokens.filter((token) => token !== "total"), "total"];
  // A count with unit 1 is common and no ratio; a gauge with unit 1 is one.
  if (metric.instrument === "gauge" && metric.unit === "1") {
    tokens = [...tokens.filter((token) => token !== "ratio"), "ratio"];
  }
  const name = tokens.join("_");
  if (name === "") return "_";
  return /^\d/.test(name) ? `_${name}` : name;
}

/**
 * Unit as it stands in the name, for the UNIT line of OpenMetrics.
 *
 * @returns The empty string when the unit does not become part of the name.
 */
export function prometheusUnit(metric: PrometheusNameInput): string {
  if (metric.instrument === "gauge" && metric.unit === "1") return "ratio";
  return unitsOf(metric.unit).filter(Boolean).join("_").replace(/_$/, "");
}

function tokensOf(name: string): string[] {
  return name.split(/[^a-zA-Z0-9:]+/).filter(Boolean);
}

function unitsOf(unit: string): [string, string] {
  const slash = unit.indexOf("/");
  const main = (slash < 0 ? unit : unit.slice(0, slash)).trim();
  const per = slash < 0 ? "" : unit.slice(slash + 1).trim();
  const mainName = annotated(main) ? "" : clean(lookUp(UNITS, main));
  const perName = annotated(per) ? "" : clean(lookUp(PER_UNITS, per)).replace(/_$/, "");
  return [mainName, perName === "" ? "" : `per_${perName}`];
}

function lookUp(names: Readonly<Record<string, string>>, unit: string): string {
  return Object.hasOwn(names, unit) ? (names[unit] ?? unit) : unit;
}

/** An annotation in braces says what is counted; it is not part of a name. */
function annotated(unit: string): boolean {
  return unit === "" || /[{}]/.test(unit);
}

function clean(unit: string): string {
  return unit.replace(/[^a-zA-Z0-9:]+/g, "_").replace(/^_/, "");
}
