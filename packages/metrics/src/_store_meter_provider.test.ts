import { metrics as api } from "@opentelemetry/api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { initMetrics, type Metrics } from "./mod.ts";
import { type CapturedDiag, captureDiag } from "./testing/_captured_diag.ts";
import { samplesOf } from "./testing/_samples.ts";

let metrics: Metrics;
let said: CapturedDiag;
beforeEach(async () => {
  metrics = await initMetrics({ prometheus: { listen: false, scopeLabels: false, targetInfo: false } });
  said = captureDiag();
});
afterEach(async () => {
  said.stop();
  await metrics.shutdown();
});

test("StoreMeterProvider makes every kind of instrument of the API", async () => {
  const meter = api.getMeter("all");
  meter.createCounter("api.counter", { unit: "By", description: "Bytes." }).add(1.5);
  meter.createUpDownCounter("api.updown").add(-2);
  meter.createGauge("api.gauge", { unit: "1" }).record(0.25);
  meter.createHistogram("api.histogram", { advice: { explicitBucketBoundaries: [1, 2] } }).record(1.5);
  meter.createObservableCounter("api.observable.counter").addCallback((result) => result.observe(4));
  const updown = meter.createObservableUpDownCounter("api.observable.updown");
  const gauge = meter.createObservableGauge("api.observable.gauge");
  let observed = 0;
  const batch = (result: Parameters<Parameters<typeof meter.addBatchObservableCallback>[0]>[0]) => {
    observed++;
    result.observe(updown, -5);
    result.observe(gauge, 6);
  };
  meter.addBatchObservableCallback(batch, [updown, gauge]);
  const page = await metrics.collect();
  expect(samplesOf(page)).toEqual({
    api_counter_bytes_total: "1.5",
    api_updown: "-2",
    api_gauge_ratio: "0.25",
    'api_histogram_bucket{le="1.0"}': "0",
    'api_histogram_bucket{le="2.0"}': "1",
    'api_histogram_bucket{le="+Inf"}': "1",
    api_histogram_sum: "1.5",
    api_histogram_count: "1",
    api_observable_counter_total: "4",
    api_observable_updown: "-5",
    api_observable_gauge: "6",
  });
  expect(page).toContain("# HELP api_counter_bytes_total Bytes.\n");
  meter.removeBatchObservableCallback(batch, [updown, gauge]);
  await metrics.collect();
  expect(observed).toBe(1);
});

test("StoreMeterProvider gives instruments of the catalogue their unit, description and buckets", async () => {
  api.getMeter("rpc").createHistogram("rpc.client.call.duration").record(0.02, { "rpc.method": "eth_call" });
  const page = await metrics.collect();
  expect(page).toContain("# HELP rpc_client_call_duration_seconds Duration of the calls to the RPC endpoint");
  expect(samplesOf(page)).toHaveProperty(
    'rpc_client_call_duration_seconds_bucket{rpc_method="eth_call",le="0.025"}',
    "1",
  );
});

test("StoreMeterProvider makes one instrument of one name, unit and scope, whatever the capitals", async () => {
  api.getMeter("one").createCounter("same.counter").add(1);
  api.getMeter("one").createCounter("Same.Counter").add(2);
  expect(samplesOf(await metrics.collect())).toEqual({ same_counter_total: "3" });
});

test("StoreMeterProvider sorts and cleans the buckets that are advised", async () => {
  const advice = { explicitBucketBoundaries: [5, 1, Number.POSITIVE_INFINITY, 1, Number.NaN] };
  api.getMeter("one").createHistogram("advised.histogram", { advice }).record(3);
  expect(Object.keys(samplesOf(await metrics.collect(), /bucket/))).toEqual([
    'advised_histogram_bucket{le="1.0"}',
    'advised_histogram_bucket{le="5.0"}',
    'advised_histogram_bucket{le="+Inf"}',
  ]);
});

test("StoreMeterProvider refuses values and names that an instrument cannot take, without throwing", async () => {
  const meter = api.getMeter("bad");
  const counter = meter.createCounter("bad.counter");
  const histogram = meter.createHistogram("bad.histogram");
  const gauge = meter.createGauge("bad.gauge");
  counter.add(-1);
  counter.add(Number.NaN);
  histogram.record(-1);
  gauge.record(Number.POSITIVE_INFINITY);
  const throwing = {
    get a(): string {
      throw new Error("getter");
    },
  };
  counter.add(1, throwing);
  histogram.record(1, throwing);
  gauge.record(1, throwing);
  for (const make of ["createCounter", "createUpDownCounter", "createGauge", "createHistogram"] as const) {
    meter[make]("not a name");
  }
  meter.createCounter("not a name").add(1);
  meter.createUpDownCounter("not a name").add(1);
  meter.createGauge("not a name").record(1);
  meter.createHistogram("not a name").record(1);
  expect(samplesOf(await metrics.collect(), /^(bad|not)/)).toEqual({});
  expect(said.lines.filter((line) => line.includes("getter"))).toHaveLength(3);
  expect(said.lines.filter((line) => line.includes("not a name"))).toHaveLength(1);
});
