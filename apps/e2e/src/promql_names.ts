import { METRICS } from "@dcmx-tracing/conventions";
import { parser } from "@prometheus-io/lezer-promql";
import { seriesNames } from "./metric_names.ts";

/** Series that other programs of the stack make: Prometheus itself, the exporter's resource, Jaeger. */
const FOREIGN: readonly string[] = [
  "up",
  "scrape_duration_seconds",
  "scrape_samples_scraped",
  "target_info",
  "otelcol_receiver_accepted_spans_total",
  "otelcol_receiver_refused_spans_total",
  "traces_span_metrics_calls_total",
  "traces_span_metrics_duration_seconds_bucket",
];

/** Grafana's variables, replaced by values that Prometheus understands. */
export function fillVariables(
  expr: string,
  values: { job?: string; interval?: string; range?: string } = {},
): string {
  const { job = ".+", interval = "5m", range = "1h" } = values;
  return expr
    .replaceAll("$__rate_interval", interval)
    .replaceAll("$__range", range)
    .replaceAll("$job", job)
    .replaceAll("$$__tags", 'job=~".+"');
}

/** Text of a syntax error in a PromQL expression, if there is one. */
export function syntaxError(expr: string): string | undefined {
  let found: string | undefined;
  parser.parse(expr).iterate({
    enter: (node) => {
      if (node.type.isError) found ??= `near '${expr.slice(Math.max(0, node.from - 20), node.to + 20)}'`;
    },
  });
  return found;
}

/** Series names in an expression that neither the catalogue, a recording rule nor a program of the stack makes. */
export function unknownSeries(expr: string, recorded: readonly string[]): readonly string[] {
  const known = new Set([...METRICS.flatMap(seriesNames), ...FOREIGN, ...recorded]);
  const names: string[] = [];
  parser.parse(expr).iterate({
    enter: (node) => {
      if (node.name === "VectorSelector" && node.node.firstChild?.name === "Identifier") {
        names.push(expr.slice(node.node.firstChild.from, node.node.firstChild.to));
      }
    },
  });
  return names.filter((name) => !known.has(name));
}
