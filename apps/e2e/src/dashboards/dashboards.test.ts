import { readFileSync } from "node:fs";
import { METRIC_NFT_MINT_DURATION, METRIC_NFT_MINTS } from "@dcmx-tracing/conventions";
import { expect, test } from "vitest";
import { infra, infraFiles, infraYaml } from "../infra_files.ts";
import { fillVariables, syntaxError, unknownSeries } from "../promql_names.ts";
import { quantile, rate, share, total } from "./_promql.ts";
import { DASHBOARDS, dashboardFiles } from "./dashboards.ts";

test("infra/grafana/dashboards is what the generator writes", () => {
  const committed = infraFiles("grafana/dashboards", ".json");
  expect(committed).toEqual([...dashboardFiles().keys()].map((name) => `grafana/dashboards/${name}`).sort());
  for (const [name, text] of dashboardFiles()) {
    expect(readFileSync(infra(`grafana/dashboards/${name}`), "utf8"), "run: npm run dashboards").toBe(text);
  }
});

test("the six dashboards are those that the guide names and two more", () => {
  expect(DASHBOARDS.map(({ title }) => title)).toEqual([
    "DCMX Artist Operations",
    "NFT Minting Performance",
    "Royalty Distribution Metrics",
    "Error and Exception Tracking",
    "Blockchain RPC",
    "Tracing Health",
  ]);
  expect(new Set(DASHBOARDS.map(({ uid }) => uid)).size).toBe(DASHBOARDS.length);
});

const panels = DASHBOARDS.flatMap((board) =>
  board.rows.flatMap((row) => row.panels.map((panel) => [`${board.title} / ${panel.title}`, panel] as const)),
);

test.each(panels)("%s asks for series that exist, in valid PromQL", (_, panel) => {
  expect(panel.description).toMatch(/\.$/);
  expect(panel.queries.length).toBeGreaterThan(0);
  for (const { expr, legend = "" } of panel.queries) {
    expect(syntaxError(fillVariables(expr))).toBeUndefined();
    expect(unknownSeries(fillVariables(expr), [])).toEqual([]);
    for (const [, label] of legend.matchAll(/\{\{(\w+)\}\}/g))
      expect(expr, `grouped by ${label}`).toMatch(`by (`);
  }
});

test.each(panels.filter(([, panel]) => panel.exemplars))(
  "%s shows exemplars only where buckets or counts carry them",
  (_, panel) => {
    for (const { expr } of panel.queries)
      expect(expr).toMatch(/_bucket|_count|traces_span_metrics_calls_total/);
  },
);

test("a query helper refuses a metric of another kind, an unknown metric and an unlisted label", () => {
  expect(() => quantile(0.5, METRIC_NFT_MINTS)).toThrow("must be a histogram: it is a counter");
  expect(() => rate("nft.minted")).toThrow("'nft.minted' as it is not in the catalogue");
  expect(() => total(METRIC_NFT_MINTS, { by: ["tx.hash"] })).toThrow("the catalogue does not list it there");
});

test("share() is 0 rather than absent while nothing matches", () => {
  expect(share(METRIC_NFT_MINT_DURATION, { "error.type": '!=""' })).toBe(
    '(sum(rate(nft_mint_duration_seconds_count{job=~"$job", error_type!=""}[$__rate_interval])) or 0 * ' +
      'sum(rate(nft_mint_duration_seconds_count{job=~"$job"}[$__rate_interval]))) / ' +
      'sum(rate(nft_mint_duration_seconds_count{job=~"$job"}[$__rate_interval]))',
  );
});

interface DataSource {
  readonly uid: string;
  readonly jsonData: {
    readonly exemplarTraceIdDestinations?: readonly { datasourceUid?: string; url?: string }[];
    readonly tracesToMetrics?: { datasourceUid: string; queries: readonly { query: string }[] };
  };
}

test("the data sources link exemplars to Jaeger in two ways, and traces to metrics that exist", () => {
  const { datasources } = infraYaml<{ datasources: DataSource[] }>(
    "grafana/provisioning/datasources/datasources.yaml",
  );
  const [prometheus, jaeger] = datasources;
  expect(datasources.map(({ uid }) => uid)).toEqual(["prometheus", "jaeger"]);
  expect(prometheus?.jsonData.exemplarTraceIdDestinations).toMatchObject([
    { datasourceUid: "jaeger" },
    { url: "http://localhost:16686/trace/$${__value.raw}" },
  ]);
  expect(jaeger?.jsonData.tracesToMetrics?.datasourceUid).toBe("prometheus");
  for (const { query } of jaeger?.jsonData.tracesToMetrics?.queries ?? []) {
    expect(syntaxError(fillVariables(query))).toBeUndefined();
    expect(unknownSeries(fillVariables(query), [])).toEqual([]);
  }
});
