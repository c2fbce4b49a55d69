import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  AggregationType,
  type InstrumentType,
  MeterProvider,
} from "@opentelemetry/sdk-metrics";
import { afterEach, expect, test } from "vitest";
import { MetricsSetupError } from "./metrics_setup_error.ts";
import type { PrometheusOptions } from "./prometheus_options.ts";
import { PrometheusPullExporter } from "./prometheus_pull_exporter.ts";
import { captureDiag } from "./testing/_captured_diag.ts";
import { samplesOf } from "./testing/_samples.ts";

let provider: MeterProvider | undefined;
afterEach(async () => {
  await provider?.shutdown();
  provider = undefined;
});

type ProviderOptions = ConstructorParameters<typeof MeterProvider>[0];

function start(
  options: PrometheusOptions = {},
  more: ProviderOptions = {},
): [MeterProvider, PrometheusPullExporter] {
  const exporter = new PrometheusPullExporter({ scopeLabels: false, targetInfo: false, port: 0, ...options });
  provider = new MeterProvider({ readers: [exporter], ...more });
  return [provider, exporter];
}

async function pageOf(exporter: PrometheusPullExporter, openMetrics = false): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of await exporter.page(openMetrics)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test("PrometheusPullExporter reads any MeterProvider: every instrument, scope and resource", async () => {
  const resource = resourceFromAttributes({ "service.name": "dcmx", "k8s.pod.name": 'a"b' });
  const [made, exporter] = start({ scopeLabels: true, targetInfo: true }, { resource });
  const meter = made.getMeter("shop", "1.0", { schemaUrl: "https://example.org/1" });
  meter
    .createCounter("orders", { unit: "{order}", description: 'Orders "placed".\nAll \\ of them.' })
    .add(3, { a: 1 });
  meter.createUpDownCounter("carts").add(-2);
  meter.createGauge("load", { unit: "1" }).record(0.5);
  meter.createHistogram("size", { unit: "By", advice: { explicitBucketBoundaries: [10, 2.5] } }).record(3);
  meter.createObservableCounter("cpu", { unit: "s" }).addCallback((result) => result.observe(1.25));
  const scope =
    'otel_scope_name="shop",otel_scope_version="1.0",otel_scope_schema_url="https://example.org/1"';
  const page = await pageOf(exporter);
  expect(samplesOf(page)).toMatchObject({
    'target_info{k8s_pod_name="a\\"b",service_name="dcmx"}': "1",
    [`orders_total{${scope},a="1"}`]: "3",
    [`carts{${scope}}`]: "-2",
    [`load_ratio{${scope}}`]: "0.5",
    [`size_bytes_sum{${scope}}`]: "3",
    [`size_bytes_count{${scope}}`]: "1",
    [`cpu_seconds_total{${scope}}`]: "1.25",
  });
  expect(page).toContain('# HELP orders_total Orders "placed".\\nAll \\\\ of them.\n');
  expect(await pageOf(exporter, true)).toContain(
    '# HELP orders Orders \\"placed\\".\\nAll \\\\ of them.\n# TYPE orders counter\n',
  );
});

test("PrometheusPullExporter writes exponential histograms as classic ones", async () => {
  const aggregation = { type: AggregationType.EXPONENTIAL_HISTOGRAM } as const;
  const [made, exporter] = start({}, { views: [{ instrumentName: "*", aggregation }] });
  const histogram = made.getMeter("x").createHistogram("latency", { unit: "s" });
  for (const value of [0, 1, 1.5, 2, 1000]) histogram.record(value);
  const samples = samplesOf(await pageOf(exporter), /^latency/);
  expect(samples.latency_seconds_count).toBe("5");
  expect(samples.latency_seconds_sum).toBe("1004.5");
  const bounds = Object.entries(samples)
    .filter(([name]) => name.includes("bucket"))
    .map(([name, count]) => [/le="([^"]+)"/.exec(name)?.[1], Number(count)] as const);
  expect(bounds.at(-1)).toEqual(["+Inf", 5]);
  for (const value of [0, 1, 2, 1000]) {
    const wanted = [0, 1, 1.5, 2, 1000].filter((each) => each <= value).length;
    // The first bound that is not below a value counts it, and what is smaller.
    expect(
      bounds.find(([bound]) => Number(bound) >= value * (1 - 1e-9))?.[1],
      String(value),
    ).toBeGreaterThanOrEqual(wanted);
  }
});

test("PrometheusPullExporter leaves out what only tells differences, and says so once", async () => {
  const said = captureDiag();
  class DeltaExporter extends PrometheusPullExporter {
    override selectAggregationTemporality(_type: InstrumentType): AggregationTemporality {
      return AggregationTemporality.DELTA;
    }
  }
  const exporter = new DeltaExporter({ scopeLabels: false, targetInfo: false });
  provider = new MeterProvider({ readers: [exporter] });
  provider.getMeter("x").createCounter("differences").add(1);
  provider.getMeter("x").createGauge("level").record(1);
  expect(samplesOf(await pageOf(exporter))).toEqual({ level: "1" });
  provider.getMeter("x").createCounter("differences").add(1);
  await pageOf(exporter);
  expect(said.lines).toEqual([
    "Left 'differences' out of the page as it has delta temporality: Prometheus needs cumulative metrics",
  ]);
  said.stop();
});

test("PrometheusPullExporter merges series that Prometheus cannot tell apart", async () => {
  const [made, exporter] = start();
  const one = made.getMeter("one");
  const counter = one.createCounter("clicks");
  counter.add(1, { "artist.id": "a" });
  counter.add(2, { artist_id: "a" });
  counter.add(4, { "artist.id": "b", artist_id: "c" });
  made.getMeter("two").createCounter("clicks").add(8, { "artist.id": "a" });
  const advice = { explicitBucketBoundaries: [1, 2] };
  for (const scope of ["one", "two"]) {
    const histogram = made.getMeter(scope).createHistogram("latency", { advice });
    histogram.record(0.5);
    histogram.record(1.5);
    made
      .getMeter(scope)
      .createGauge("level")
      .record(scope === "one" ? 1 : 2);
    made.getMeter(scope).createUpDownCounter("open").add(3);
  }
  expect(samplesOf(await pageOf(exporter))).toEqual({
    'clicks_total{artist_id="a"}': "11",
    'clicks_total{artist_id="b;c"}': "4",
    'latency_bucket{le="1.0"}': "2",
    'latency_bucket{le="2.0"}': "4",
    'latency_bucket{le="+Inf"}': "4",
    latency_sum: "4",
    latency_count: "4",
    level: "2",
    open: "6",
  });
});

test("PrometheusPullExporter leaves out a histogram whose buckets differ from those of the same name", async () => {
  const said = captureDiag();
  const [made, exporter] = start();
  made
    .getMeter("one")
    .createHistogram("latency", { advice: { explicitBucketBoundaries: [1] } })
    .record(1);
  made
    .getMeter("two")
    .createHistogram("latency", { advice: { explicitBucketBoundaries: [2] } })
    .record(1);
  const page = await pageOf(exporter);
  expect(samplesOf(page, /^latency/)).toEqual({
    'latency_bucket{le="1.0"}': "1",
    'latency_bucket{le="+Inf"}': "1",
    latency_sum: "1",
    latency_count: "1",
  });
  expect(said.lines).toEqual(["Left series of 'latency' out of the page as their buckets differ"]);
  said.stop();
});

test.each([
  ["a gauge with the name of a bucket", "gauge", "latency.bucket"],
  ["a gauge with the name of a sum", "gauge", "latency.sum"],
  ["a gauge with the name of the histogram", "gauge", "latency"],
  ["a histogram that is named like a gauge before it", "histogram", "load"],
])("PrometheusPullExporter leaves out %s", async (_, kind, name) => {
  const said = captureDiag();
  const [made, exporter] = start();
  const meter = made.getMeter("one");
  meter.createHistogram("latency").record(1);
  meter.createGauge("load").record(1);
  const before = await pageOf(exporter);
  const other = made.getMeter("other");
  if (kind === "gauge") other.createGauge(name).record(7);
  else other.createHistogram(name).record(7);
  const after = await pageOf(exporter);
  expect(after.split("\n").filter((line) => !line.includes("dcmx_metrics"))).toEqual(
    before.split("\n").filter((line) => !line.includes("dcmx_metrics")),
  );
  expect(said.lines).toHaveLength(1);
  expect(said.lines[0]).toContain(`'${name}' is left out of the page`);
  said.stop();
});

test("PrometheusPullExporter writes a counter without a type when OpenMetrics would give it the name of a gauge", async () => {
  const [made, exporter] = start();
  made.getMeter("one").createGauge("stock").record(1);
  made.getMeter("one").createCounter("stock.total").add(2);
  const families = (page: string) => [...page.matchAll(/^# TYPE (stock.*)$/gm)].map((match) => match[1]);
  expect(families(await pageOf(exporter))).toEqual(["stock gauge", "stock_total counter"]);
  const open = await pageOf(exporter, true);
  expect(families(open)).toEqual(["stock gauge", "stock_total unknown"]);
  expect(samplesOf(open, /^stock/)).toEqual({ stock: "1", stock_total: "2" });
});

test("PrometheusPullExporter.start() opens one port, which url names, and shutdown() closes it", async () => {
  const [made, exporter] = start();
  expect(() => exporter.url).toThrow("Cannot tell the URL as no port is open: call start() first");
  expect(await exporter.start()).toBe(exporter);
  const { url } = exporter;
  await exporter.start();
  expect(exporter.url).toBe(url);
  expect((await fetch(url)).status).toBe(200);
  await made.shutdown();
  await expect(fetch(url)).rejects.toThrow();
  provider = undefined;
});

test("PrometheusPullExporter.start() does nothing when it is not to listen", async () => {
  const [, exporter] = start({ listen: false });
  await exporter.start();
  expect(exporter.listening).toBe(false);
});

test("PrometheusPullExporter binds the loopback address unless told otherwise", async () => {
  const [, exporter] = start();
  await exporter.start();
  expect(new URL(exporter.url).hostname).toBe("127.0.0.1");
  const [, ipv6] = start({ host: "::1" });
  await ipv6.start();
  expect(ipv6.url).toMatch(/^http:\/\/\[::1\]:\d+\/metrics$/);
  expect((await fetch(ipv6.url)).status).toBe(200);
  await exporter.shutdown();
});

test("new PrometheusPullExporter() checks its options at once", () => {
  expect(() => new PrometheusPullExporter({ port: -1 })).toThrow(MetricsSetupError);
});

test("PrometheusPullExporter collects once for scrapes at the same time, and again for the next one", async () => {
  const [made, exporter] = start();
  let collected = 0;
  made
    .getMeter("x")
    .createObservableGauge("asked")
    .addCallback((result) => result.observe(++collected));
  const pages = await Promise.all([pageOf(exporter), pageOf(exporter, true), pageOf(exporter)]);
  expect(pages.map((page) => samplesOf(page).asked)).toEqual(["1", "1", "1"]);
  expect(samplesOf(await pageOf(exporter)).asked).toBe("2");
});

test("PrometheusPullExporter collects again after a collection that failed", async () => {
  const exporter = new PrometheusPullExporter({ listen: false });
  // A reader without a MeterProvider has nothing to collect from.
  await expect(exporter.page(false)).rejects.toThrow("MetricReader is not bound to a MetricProducer");
  provider = new MeterProvider({ readers: [exporter] });
  expect(await pageOf(exporter)).toContain("target_info");
});
