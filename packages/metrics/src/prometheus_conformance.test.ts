import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { ATTRIBUTES, METRICS, type MetricDefinition } from "@dcmx-tracing/conventions";
import { startSpan } from "@dcmx-tracing/span";
import { createTestTracing } from "@dcmx-tracing/testing";
import { metrics as api } from "@opentelemetry/api";
import { AggregationType, MeterProvider } from "@opentelemetry/sdk-metrics";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { negotiateFormat } from "./_negotiate.ts";
import {
  initMetrics,
  type Metrics,
  type PrometheusOptions,
  prometheusName,
  recordCounter,
  recordGauge,
  recordHistogram,
  recordUpDown,
} from "./mod.ts";
import { PrometheusPullExporter } from "./prometheus.ts";
import {
  type PrometheusServer,
  prometheusMissing,
  promtoolCheck,
  startPrometheus,
} from "./testing/_prometheus_server.ts";

const missing = prometheusMissing();
const prometheusTest = test.skipIf(missing);

// One Prometheus scrapes one address; what is served there changes from test to test.
let serve: RequestListener = notFound;
const front = createServer((request, response) => serve(request, response));
let server: PrometheusServer;
let frontUrl: string;

beforeAll(async () => {
  if (missing) return;
  await new Promise<void>((resolve) => front.listen(0, "127.0.0.1", resolve));
  const { port } = front.address() as AddressInfo;
  frontUrl = `http://127.0.0.1:${port}/metrics`;
  server = await startPrometheus(frontUrl);
});
afterAll(async () => {
  if (missing) return;
  await server.stop();
  front.close();
});

let metrics: Metrics | undefined;
afterEach(async () => {
  serve = notFound;
  await metrics?.shutdown();
});

function notFound(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404).end();
}

/** Sets up metrics whose page the shared Prometheus scrapes. */
async function start(prometheus: PrometheusOptions = {}): Promise<Metrics> {
  const made = await initMetrics({ prometheus: { listen: false, ...prometheus }, serviceName: "dcmx" });
  const handler = made.handler();
  serve = (request, response) => void handler(request, response);
  metrics = made;
  return made;
}

/** Records one metric of the catalogue with every label that it has. */
function recordOne(metric: MetricDefinition, value: number): void {
  const labels = Object.fromEntries(
    metric.attributes.map((name) => [
      name,
      ATTRIBUTES.find((each) => each.name === name)?.values?.[0] ?? "x",
    ]),
  );
  if (metric.instrument === "counter") recordCounter(metric.name, value, labels);
  else if (metric.instrument === "gauge") recordGauge(metric.name, value, labels);
  else if (metric.instrument === "updowncounter") recordUpDown(metric.name, value, labels);
  else recordHistogram(metric.name, value, labels);
}

prometheusTest(
  "initMetrics() serves the whole catalogue as a page that promtool has nothing to say about",
  async () => {
    const metrics = await start();
    for (const metric of METRICS) {
      // Milliseconds: kept for dashboards that were made for the deprecated name.
      if (metric.stability !== "deprecated") recordOne(metric, 3);
    }
    const page = await metrics.collect();
    expect(page.split("\n").length).toBeGreaterThan(300);
    expect(promtoolCheck(page)).toEqual({ status: 0, output: "" });
  },
);

prometheusTest(
  "initMetrics() is read back by a real Prometheus: every metric of the catalogue by its name and value",
  async () => {
    await start();
    for (const [i, metric] of METRICS.entries()) recordOne(metric, i + 1);
    await server.scraped();
    for (const [i, metric] of METRICS.entries()) {
      const name = prometheusName(metric);
      const sample = metric.instrument === "histogram" ? `${name}_sum` : name;
      const [found, ...others] = await server.query(sample);
      expect(others, sample).toEqual([]);
      expect(found?.value, sample).toBe(i + 1);
      for (const label of metric.attributes)
        expect(found?.metric, sample).toHaveProperty(label.replaceAll(".", "_"));
    }
  },
);

// "It is done when": the guide's names, as the guide writes them, each under one stable name.
const GUIDE: readonly [line: () => void, name: string, value: number][] = [
  [() => recordCounter("artist.verifications", 1), "artist_verifications_total", 1],
  [() => recordCounter("wallet.connections.total", 1), "wallet_connections_total", 2],
  [() => recordCounter("wallet.connections", 1), "wallet_connections_total", 2],
  [() => recordCounter("nft.mints.total", 1), "nft_mints_total", 1],
  [() => recordHistogram("nft.mint.gas_used", 180_000), "nft_mint_gas_used_sum", 180_000],
  [() => recordHistogram("nft.mint.duration_ms", 1500), "nft_mint_duration_seconds_sum", 1.5],
  [
    () => recordHistogram("watermark.confidence_score", 0.98),
    'watermark_confidence_score_bucket{le="0.98"}',
    1,
  ],
  [() => recordCounter("zk_proofs.verified.total", 1), "zk_proofs_verified_total", 1],
  [() => recordCounter("royalties.distributed", 1), "royalties_distributed_total", 2],
  [() => recordCounter("royalties.distributed.total", 1), "royalties_distributed_total", 2],
  [() => recordHistogram("royalty.amounts", 2.5), "royalty_amounts_sum", 2.5],
  [() => recordCounter("marketplace.sales.detected", 1), "marketplace_sales_detected_total", 1],
  [() => recordCounter("badges.awarded", 1), "badges_awarded_total", 1],
];

prometheusTest(
  "recordCounter() and recordHistogram() bring the lines of the guide into a real Prometheus",
  async () => {
    await start();
    for (const [line] of GUIDE) line();
    await server.scraped();
    for (const [, name, value] of GUIDE) {
      expect(
        (await server.query(name)).map((each) => each.value),
        name,
      ).toEqual([value]);
    }
  },
);

prometheusTest(
  "initMetrics() is read back the same in the classic text format and in OpenMetrics",
  async () => {
    const metrics = await start();
    recordCounter("nft.mints", 7, { "nft.status": "minted" });
    recordHistogram("watermark.confidence_score", 1);
    recordHistogram("nft.mint.duration", 60);
    const handler = metrics.handler();
    const served: string[] = [];
    const found: unknown[] = [];
    for (const classic of [false, true]) {
      serve = (request, response) => {
        // Prometheus asks for OpenMetrics; without its header it gets the classic format.
        if (classic) delete request.headers.accept;
        served.push(negotiateFormat(request.headers.accept).contentType);
        void handler(request, response);
      };
      await server.scraped();
      const series = await server.query('{__name__=~"nft.*|watermark.*|target_info"}');
      found.push(series.map(({ metric: { instance: _, ...labels }, value }) => [labels, value]));
    }
    expect(new Set(served).size).toBe(2);
    expect(found[0]).toEqual(found[1]);
    expect((found[0] as unknown[]).length).toBeGreaterThan(25);
  },
);

prometheusTest("initMetrics() leaves exemplars that lead from Prometheus to spans that exist", async () => {
  const tracing = createTestTracing();
  await start();
  startSpan("mint", () => {
    recordHistogram("nft.mint.duration", 2, { "nft.status": "minted" });
    recordCounter("nft.mints", 1, { "nft.status": "minted" });
    // As an instrumentation does that knows the OpenTelemetry API only.
    api.getMeter("rpc").createHistogram("rpc.client.call.duration", { unit: "s" }).record(0.02);
  });
  startSpan("slow mint", () => recordHistogram("nft.mint.duration", 100, { "nft.status": "minted" }));
  await server.scraped();
  const since = Date.now() / 1000 - 600;
  const ask = async (query: string) =>
    (await server.api(
      `/api/v1/query_exemplars?query=${query}&start=${since}&end=${since + 1200}`,
    )) as ExemplarData;
  const spans = tracing.spans();
  for (const [query, name, values] of [
    ["nft_mint_duration_seconds_bucket", "mint", ["2"]],
    ["nft_mint_duration_seconds_bucket", "slow mint", ["100"]],
    ["nft_mints_total", "mint", ["1"]],
    ["rpc_client_call_duration_seconds_bucket", "mint", ["0.02"]],
  ] as const) {
    const span = spans.find((each) => each.name === name)?.spanContext();
    const found = (await ask(query)).flatMap((each) => each.exemplars);
    const ofSpan = found.filter(
      (each) => each.labels.trace_id === span?.traceId && each.labels.span_id === span?.spanId,
    );
    expect(
      ofSpan.map((each) => each.value),
      `${query} of ${name}`,
    ).toEqual(values);
  }
  await tracing.shutdown();
});

interface ExemplarData extends Array<{ exemplars: { labels: Record<string, string>; value: string }[] }> {}

prometheusTest(
  "initMetrics() keeps a page with colliding names whole: nothing is lost but what cannot be told apart",
  async () => {
    await start({ scopeLabels: false });
    const meter = api.getMeter("shop");
    // Two keys that become one label, on one series: the stock exporter loses the whole target.
    recordCounter("shop.visits", 1, { "artist.id": "a", artist_id: "b" });
    // Two keys that become one label, on two series.
    recordCounter("shop.clicks", 2, { "artist.id": "a" });
    recordCounter("shop.clicks", 3, { artist_id: "a" });
    // Values that differ in type only.
    recordCounter("shop.types", 4, { "shop.code": 1 });
    recordCounter("shop.types", 5, { "shop.code": "1" });
    // An empty value is no label.
    recordCounter("shop.empty", 6, { "shop.note": "" });
    recordCounter("shop.empty", 7);
    // Two instruments, one name.
    meter.createCounter("wallet.opened").add(8);
    meter.createCounter("wallet.opened.total").add(9);
    // One name, two scopes.
    api.getMeter("one").createCounter("same").add(10);
    api.getMeter("two").createCounter("same").add(11);
    // A gauge that has the name of a sample of a histogram; it is left out.
    recordHistogram("shop.latency", 1);
    recordGauge("shop.latency.count", 77);
    // A counter and a gauge of one stem, which OpenMetrics names alike.
    recordGauge("shop.stock", 12);
    recordCounter("shop.stock.total", 13);
    // The label of a bucket as an attribute.
    recordHistogram("shop.reserved", 1, { le: "x" });
    recordCounter("shop.last", 14);
    await server.scraped();
    const one = async (query: string) => (await server.query(query)).map((each) => each.value);
    expect(await one('shop_visits_total{artist_id="a;b"}')).toEqual([1]);
    expect(await one('shop_clicks_total{artist_id="a"}')).toEqual([5]);
    expect(await one('shop_types_total{shop_code="1"}')).toEqual([9]);
    expect(await one("shop_empty_total")).toEqual([13]);
    expect(await one("wallet_opened_total")).toEqual([17]);
    expect(await one("same_total")).toEqual([21]);
    expect(await one("shop_latency_count")).toEqual([1]);
    expect(await one("shop_stock")).toEqual([12]);
    expect(await one("shop_stock_total")).toEqual([13]);
    expect(await one('shop_reserved_bucket{exported_le="x",le="5.0"}')).toEqual([1]);
    expect(await one("shop_last_total")).toEqual([14]);
    // The collisions themselves are counted, and the page tells them to Prometheus as well from the next scrape on.
    await server.scraped();
    expect(await one('dcmx_metrics_collisions_total{dcmx_metric_name="wallet.opened.total"}')).not.toEqual(
      [],
    );
  },
);

const HOSTILE: readonly string[] = [
  'quote " quote',
  "back \\ slash",
  "line\nbreak",
  "carriage\rreturn",
  "\\n literal",
  "trailing backslash \\",
  "\u65e5\u672c\u8a9e \ud83c\udfb5",
  "\u0000\u0001\u001f\u007f",
  "lone surrogate \ud800!",
  "a".repeat(10_240),
  "\u00e9".repeat(10_240),
  '"} 1\nfake_metric{a="b',
  "# EOF",
  " spaces ",
  "{}[]=,;#",
];

prometheusTest(
  "initMetrics() survives hostile label values: each comes back as it was, and none breaks the page",
  async () => {
    const metrics = await start();
    for (const [i, value] of HOSTILE.entries())
      recordCounter("hostile.values", i + 1, { "hostile.value": value });
    await server.scraped();
    const found = await server.query("hostile_values_total");
    // A lone surrogate has no UTF-8; it becomes the replacement character.
    const expected = new Map(HOSTILE.map((value, i) => [value.replace("\ud800!", "\ufffd!"), i + 1]));
    expect(new Map(found.map(({ metric, value }) => [metric.hostile_value, value]))).toEqual(expected);
    expect(await server.query("fake_metric")).toEqual([]);
    expect(promtoolCheck(await metrics.collect()).status).toBe(0);
  },
);

prometheusTest("initMetrics() survives hostile names of attributes and scopes", async () => {
  await start();
  const keys = [
    "",
    " ",
    "__name__",
    "le",
    "a b",
    "1st",
    "\u65e5\u672c",
    'x"y',
    "x\ny",
    "\ud83c\udfb5",
    "k".repeat(10_240),
    "job",
    "instance",
    "__proto__",
    "constructor",
  ];
  for (const [i, key] of keys.entries())
    recordCounter("hostile.keys", 2 ** i, Object.fromEntries([[key, `v${i}`]]));
  const all = Object.fromEntries(keys.map((key, i) => [key, `w${i}`]));
  recordHistogram("hostile.all", 1, all);
  api.getMeter('scope "\n\\ \u65e5', "1\n2").createCounter("hostile.scope").add(5);
  await server.scraped();
  const total = (await server.query("sum(hostile_keys_total)"))[0]?.value;
  expect(total).toBe(2 ** keys.length - 1);
  expect((await server.query("hostile_all_count")).map((each) => each.value)).toEqual([1]);
  const [scope] = await server.query("hostile_scope_total");
  expect(scope?.metric).toMatchObject({ otel_scope_name: 'scope "\n\\ \u65e5', otel_scope_version: "1\n2" });
});

prometheusTest("initMetrics() with a token is scraped by a Prometheus that has it", async () => {
  await start({ authToken: "a-token" });
  recordCounter("nft.mints", 3);
  expect((await fetch(frontUrl)).status).toBe(401);
  expect((await fetch(frontUrl, { headers: { authorization: "Bearer a-tokem" } })).status).toBe(401);
  await server.scraped();
  expect((await server.query("nft_mints_total")).map((each) => each.value)).toEqual([3]);
});

prometheusTest(
  "PrometheusPullExporter is read back by a real Prometheus: every kind of instrument of the SDK",
  async () => {
    const exporter = new PrometheusPullExporter({ listen: false });
    const aggregation = { type: AggregationType.EXPONENTIAL_HISTOGRAM } as const;
    const provider = new MeterProvider({
      readers: [exporter],
      views: [{ instrumentName: "sdk.exponential", aggregation }],
    });
    const meter = provider.getMeter("sdk");
    meter.createCounter("sdk.counter", { unit: "By" }).add(1.5);
    meter.createUpDownCounter("sdk.updown").add(-2);
    meter.createGauge("sdk.gauge", { unit: "1" }).record(0.25);
    meter.createObservableCounter("sdk.observable.counter").addCallback((result) => result.observe(4));
    meter.createObservableUpDownCounter("sdk.observable.updown").addCallback((result) => result.observe(-5));
    meter.createObservableGauge("sdk.observable.gauge").addCallback((result) => result.observe(6));
    const explicit = meter.createHistogram("sdk.explicit", {
      advice: { explicitBucketBoundaries: [10, 20, 40] },
    });
    const exponential = meter.createHistogram("sdk.exponential", { unit: "s" });
    for (let value = 1; value <= 20; value++) {
      explicit.record(value);
      exponential.record(value);
    }
    const handler = exporter.handler();
    serve = (request, response) => void handler(request, response);
    await server.scraped();
    const one = async (query: string) => (await server.query(query)).map((each) => each.value);
    expect(await one("sdk_counter_bytes_total")).toEqual([1.5]);
    expect(await one("sdk_updown")).toEqual([-2]);
    expect(await one("sdk_gauge_ratio")).toEqual([0.25]);
    expect(await one("sdk_observable_counter_total")).toEqual([4]);
    expect(await one("sdk_observable_updown")).toEqual([-5]);
    expect(await one("sdk_observable_gauge")).toEqual([6]);
    expect(await one("sdk_explicit_count")).toEqual([20]);
    expect(await one("sdk_explicit_sum")).toEqual([210]);
    expect(await one('sdk_explicit_bucket{le="10.0"}')).toEqual([10]);
    expect(await one("histogram_quantile(0.5, sdk_explicit_bucket)")).toEqual([10]);
    expect(await one("sdk_exponential_seconds_count")).toEqual([20]);
    const [median] = await one("histogram_quantile(0.5, sdk_exponential_seconds_bucket)");
    // The median of 1 to 20, up to the width of a bucket.
    expect(Math.abs(Number(median) - 10)).toBeLessThan(1);
    expect(
      promtoolCheck(await (await handler(new Request("http://localhost/"))).text()).output,
    ).not.toContain("error");
    await provider.shutdown();
  },
);
