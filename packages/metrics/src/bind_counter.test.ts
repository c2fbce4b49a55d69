import { metrics as api } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import fc from "fast-check";
import { afterEach, expect, test } from "vitest";
import { bindCounter, bindGauge, bindHistogram, bindUpDown, initMetrics, type Metrics } from "./mod.ts";
import { captureDiag } from "./testing/_captured_diag.ts";
import { samplesOf } from "./testing/_samples.ts";

let active: Metrics | undefined;
afterEach(async () => {
  await active?.shutdown();
  active = undefined;
});

async function start(): Promise<Metrics> {
  active = await initMetrics({ prometheus: { listen: false, scopeLabels: false, targetInfo: false } });
  return active;
}

test("bindCounter() and its like record into the series of their attributes", async () => {
  const metrics = await start();
  bindCounter("bound.counter", { a: "1" }).add();
  bindCounter("bound.counter", { a: "1" }).add(4n);
  bindUpDown("bound.updown").add(-3);
  bindGauge("bound.gauge", { b: 2 }).record(7);
  const histogram = bindHistogram("nft.mint.duration_ms");
  for (const value of [100, 250, 400_000]) histogram.record(value);
  const samples = samplesOf(await metrics.collect());
  expect(samples).toMatchObject({
    'bound_counter_total{a="1"}': "5",
    bound_updown: "-3",
    'bound_gauge{b="2"}': "7",
    nft_mint_duration_seconds_sum: "400.35",
    'nft_mint_duration_seconds_bucket{le="0.25"}': "2",
    'nft_mint_duration_seconds_bucket{le="+Inf"}': "3",
  });
});

test("bindCounter() keeps what its attributes were", async () => {
  const metrics = await start();
  const attributes = { a: "1" };
  const counter = bindCounter("bound.copy", attributes);
  attributes.a = "2";
  counter.add();
  expect(samplesOf(await metrics.collect(), /copy/)).toEqual({ 'bound_copy_total{a="1"}': "1" });
});

test("bindCounter() made before the set-up records after it, and again after the next one", async () => {
  const counter = bindCounter("bound.early");
  counter.add(100);
  for (const value of [1, 2]) {
    const metrics = await start();
    counter.add(value);
    counter.add(value);
    expect(samplesOf(await metrics.collect(), /early/)).toEqual({ bound_early_total: String(2 * value) });
    await metrics.shutdown();
    counter.add(100);
  }
});

test("bindCounter() and its like go to another MeterProvider when there is no set-up", async () => {
  const counter = bindCounter("foreign.counter", { a: "1" });
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  api.setGlobalMeterProvider(provider);
  counter.add(2);
  counter.add(3);
  bindGauge("foreign.gauge").record(4);
  bindHistogram("foreign.histogram").record(5);
  await provider.forceFlush();
  const found = exporter.getMetrics().flatMap((each) => each.scopeMetrics.flatMap((scope) => scope.metrics));
  expect(found.map((each) => each.descriptor.name)).toEqual([
    "foreign.counter",
    "foreign.gauge",
    "foreign.histogram",
  ]);
  expect(found[0]?.dataPoints[0]).toMatchObject({ value: 5, attributes: { a: "1" } });
  await provider.shutdown();
  api.disable();
});

test("bindCounter() and its like refuse what the record functions refuse", async () => {
  const metrics = await start();
  const said = captureDiag();
  const values = [Number.NaN, Number.POSITIVE_INFINITY, -1, "1", null];
  const counter = bindCounter("bound.refused");
  const histogram = bindHistogram("bound.refused.histogram");
  const gauge = bindGauge("bound.refused.gauge");
  counter.add(1);
  histogram.record(1);
  gauge.record(1);
  for (const value of values) {
    // Callers without types.
    counter.add(value as number);
    histogram.record(value as number);
    if (value !== -1) gauge.record(value as number);
  }
  const samples = samplesOf(await metrics.collect(), /^bound_refused/);
  expect(samples).toMatchObject({
    bound_refused_total: "1",
    bound_refused_histogram_count: "1",
    bound_refused_gauge: "1",
  });
  expect(said.lines.length).toBeGreaterThan(5);
  said.stop();
});

test("bindCounter() of a name that is not valid or of another kind does nothing", () => {
  const said = captureDiag();
  bindCounter("not valid").add();
  bindCounter("nft.mint.gas_used").add();
  expect(said.lines).toHaveLength(2);
  said.stop();
});

test("bindHistogram() counts as recordHistogram() does, whatever the values are", async () => {
  const metrics = await start();
  const bound = bindHistogram("bound.any", { way: "bound" });
  const { recordHistogram } = await import("./record_histogram.ts");
  fc.assert(
    fc.property(fc.double(), (value) => {
      bound.record(value);
      recordHistogram("bound.any", value, { way: "record" });
    }),
  );
  const samples = samplesOf(await metrics.collect(), /^bound_any/);
  const of = (way: string) =>
    Object.entries(samples)
      .filter(([name]) => name.includes(`way="${way}"`))
      .map(([name, value]) => [name.replace(`way="${way}"`, ""), value]);
  expect(of("bound")).toEqual(of("record"));
  expect(of("bound").length).toBeGreaterThan(10);
});
