import { metrics as api } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { afterEach, beforeEach, expect, test } from "vitest";
import {
  initMetrics,
  type Metrics,
  recordCounter,
  recordGauge,
  recordHistogram,
  recordUpDown,
} from "./mod.ts";
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

async function page(pattern: RegExp): Promise<Record<string, string>> {
  return samplesOf(await metrics.collect(), pattern);
}

test("recordCounter() adds 1 by default, and bigints", async () => {
  recordCounter("count.default");
  recordCounter("count.default", 2n);
  expect(await page(/^count_default/)).toEqual({ count_default_total: "3" });
});

test("recordCounter() works with names that the catalogue does not know", async () => {
  recordCounter("free.name", 1, { "free.label": "x" });
  recordCounter("free.name", 1, { "free.label": "x" });
  expect(await page(/^free_name/)).toEqual({ 'free_name_total{free_label="x"}': "2" });
});

const BAD_VALUES: readonly [what: string, value: unknown][] = [
  ["NaN", Number.NaN],
  ["Infinity", Number.POSITIVE_INFINITY],
  ["minus Infinity", Number.NEGATIVE_INFINITY],
  ["null", null],
  ["a string", "1"],
  ["an object", {}],
  ["a symbol", Symbol("x")],
  ["a bigint above all doubles", 2n ** 2000n],
];

test.each(BAD_VALUES)("recordCounter() refuses %s, counts it and says it once", async (what, value) => {
  const name = `bad.counter.${what.replace(/[^a-z]/gi, "")}`;
  // Callers without types.
  for (let i = 0; i < 3; i++) recordCounter(name, value as number);
  recordCounter(name, 2);
  const prometheus = name.replaceAll(".", "_");
  expect(await page(new RegExp(`^${prometheus}`))).toEqual({ [`${prometheus}_total`]: "2" });
  expect(said.lines).toHaveLength(1);
  expect(said.lines[0]).toContain(`'${name}'`);
  const refused = await page(new RegExp(`refused.*"${name}"`));
  expect(Object.values(refused)).toEqual(["3"]);
});

test.each([
  ["recordCounter", () => recordCounter("negative.counter", -1), /^negative/, {}],
  ["recordHistogram", () => recordHistogram("negative.histogram", -1), /^negative/, {}],
])("%s() refuses a negative value with a reason", async (_, act, pattern, wanted) => {
  act();
  expect(await page(pattern)).toEqual(wanted);
  expect(said.lines[0]).toMatch(
    /^Cannot record 'negative\.\w+' as a \w+ takes no negative value: current value is -1$/,
  );
});

test("recordGauge() keeps the last value and recordUpDown() the sum, below zero too", async () => {
  recordGauge("level.gauge", 5);
  recordGauge("level.gauge", -2.5);
  recordUpDown("level.updown", 5);
  recordUpDown("level.updown", -7);
  expect(await page(/^level/)).toEqual({ level_gauge: "-2.5", level_updown: "-2" });
});

test("recordGauge() and recordUpDown() refuse what is not finite", async () => {
  recordGauge("finite.gauge", Number.NaN);
  recordUpDown("finite.updown", Number.NEGATIVE_INFINITY);
  expect(await page(/^finite/)).toEqual({});
  expect(said.lines).toEqual([
    "Cannot record 'finite.gauge' as NaN is not a finite number",
    "Cannot record 'finite.updown' as -Infinity is not a finite number",
  ]);
});

test("recordHistogram() refuses a counter, and says what it is and under which name it is known", async () => {
  recordHistogram("nft.mints.total", 1);
  expect(said.lines).toEqual([
    "Cannot record 'nft.mints.total' (an alias of 'nft.mints') as a histogram as it is a counter: use the record function of a counter",
  ]);
  expect(await page(/^nft/)).toEqual({});
});

test("recordCounter() takes the kind of the first use of a free name", async () => {
  recordGauge("first.use", 1);
  recordCounter("first.use", 1);
  expect(await page(/^first_use/)).toEqual({ first_use: "1" });
  expect(said.lines[0]).toContain("Cannot record 'first.use' as a counter as it is a gauge");
});

test.each(["", "1st", "a b", "\u65e5\u672c", "x".repeat(256), "a\nb", "<script>"])(
  "recordCounter() refuses the name %j",
  async (name) => {
    recordCounter(name, 1);
    expect(said.lines).toHaveLength(1);
    expect(said.lines[0]).toContain("a metric name starts with a letter");
    expect(said.lines[0]?.length).toBeLessThan(300);
  },
);

test("recordCounter() does not throw whatever it is given", () => {
  const hostile = new Proxy(
    {},
    {
      ownKeys: () => {
        throw new Error("trap");
      },
    },
  );
  const getter = {
    get a(): string {
      throw new Error("getter");
    },
  };
  for (const name of [undefined, null, 1, {}, Symbol("x"), "fine"]) {
    for (const attributes of [hostile, getter, null, "text", 5, [1, 2], () => 1]) {
      // Callers without types.
      recordCounter(name as string, 1, attributes as Record<string, string>);
    }
  }
});

test("recordCounter() counts labels that are identifiers without them, and says each once", async () => {
  for (let i = 0; i < 3; i++) {
    recordCounter("nft.mints", 1, {
      "nft.status": "minted",
      "wallet.address": `0x${i}`,
      "nft.token_id": `${i}`,
    });
  }
  expect(await page(/^nft_mints/)).toEqual({ 'nft_mints_total{nft_status="minted"}': "3" });
  expect(said.lines).toHaveLength(2);
  expect(said.lines[0]).toBe(
    "Left the attribute 'wallet.address' out of the metric 'nft.mints' as it makes a series for each value, or is not public: put it on the span instead",
  );
  expect(Object.values(await page(/labels_dropped.*nft\.mints/))).toEqual(["6"]);
});

test("recordCounter() leaves attributes of the catalogue alone on metrics of your own", async () => {
  recordCounter("my.own", 1, { "wallet.address": "0x1" });
  expect(await page(/^my_own/)).toEqual({ 'my_own_total{wallet_address="0x1"}': "1" });
});

test("recordCounter() without a set-up goes to the MeterProvider that is registered, also when it comes later", async () => {
  await metrics.shutdown();
  recordCounter("late.counter", 1);
  recordHistogram("nft.mint.duration_ms", 500);
  for (const run of [1, 2]) {
    const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
    const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
    const provider = new MeterProvider({ readers: [reader] });
    api.setGlobalMeterProvider(provider);
    recordCounter("late.counter", 10 * run, { run });
    recordHistogram("nft.mint.duration_ms", 1500);
    recordGauge("late.gauge", run);
    recordUpDown("late.updown", -run);
    await provider.forceFlush();
    const found = exporter
      .getMetrics()
      .flatMap((each) => each.scopeMetrics.flatMap((scope) => scope.metrics));
    expect(
      found.map(({ descriptor, dataPoints }) => [descriptor.name, descriptor.unit, dataPoints.length]),
    ).toEqual([
      ["late.counter", "", 1],
      ["nft.mint.duration", "s", 1],
      ["late.gauge", "", 1],
      ["late.updown", "", 1],
    ]);
    expect(found[0]?.dataPoints[0]).toMatchObject({ value: 10 * run, attributes: { run } });
    expect(found[1]?.dataPoints[0]?.value).toMatchObject({
      sum: 1.5,
      buckets: { boundaries: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 120, 300] },
    });
    await provider.shutdown();
    api.disable();
  }
});

test("recordCounter() survives a MeterProvider that throws", async () => {
  await metrics.shutdown();
  const broken = {
    getMeter: () => {
      throw new Error("broken provider");
    },
  };
  api.setGlobalMeterProvider(broken);
  recordCounter("broken.counter", 1);
  api.disable();
  expect(said.lines.at(-1)).toBe("Could not record 'broken.counter': Error: broken provider");
});
