import { afterEach, expect, expectTypeOf, test } from "vitest";
import {
  type BoundCounter,
  type CounterMetric,
  defineMetrics,
  type HistogramMetric,
  initMetrics,
  type MetricSpec,
  type Metrics,
  MetricsSetupError,
  recordCounter,
  recordHistogram,
} from "./mod.ts";
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

test("defineMetrics() gives each entry the methods and attributes of its spec", async () => {
  const metrics = await start();
  const shop = defineMetrics({
    orders: {
      name: "shop.orders",
      instrument: "counter",
      unit: "{order}",
      description: "Orders that were placed.",
      attributes: ["shop.region", "shop.channel"],
    },
    delivery: {
      name: "shop.delivery.duration",
      instrument: "histogram",
      unit: "s",
      buckets: [60, 3600],
      aliases: [{ name: "shop.delivery.minutes", factor: 60 }],
    },
    carts: { name: "shop.carts", instrument: "updowncounter" },
    stock: { name: "shop.stock", instrument: "gauge", unit: "{item}" },
  });
  expectTypeOf(shop.orders).toEqualTypeOf<
    CounterMetric<{
      readonly "shop.region"?: import("@opentelemetry/api").AttributeValue;
      readonly "shop.channel"?: import("@opentelemetry/api").AttributeValue;
    }>
  >();
  expectTypeOf(shop.delivery).toEqualTypeOf<HistogramMetric<import("@opentelemetry/api").Attributes>>();
  expectTypeOf(shop.orders.bind()).toEqualTypeOf<BoundCounter>();
  // @ts-expect-error an attribute that the spec does not list
  shop.orders.add(1, { "shop.regoin": "eu" });
  // @ts-expect-error a counter has no record()
  expect(shop.orders.record).toBeUndefined();

  shop.orders.add();
  shop.orders.add(2, { "shop.region": "eu" });
  shop.orders.bind({ "shop.region": "eu" }).add(3);
  shop.delivery.record(120);
  recordHistogram("shop.delivery.minutes", 2);
  shop.delivery.bind().record(1);
  shop.carts.add(-1);
  shop.carts.bind().add(5);
  shop.stock.record(9);
  shop.stock.bind().record(8);
  const page = await metrics.collect();
  expect(samplesOf(page, /^shop/)).toEqual({
    shop_orders_total: "2",
    'shop_orders_total{shop_region="eu"}': "5",
    'shop_delivery_duration_seconds_bucket{le="60.0"}': "1",
    'shop_delivery_duration_seconds_bucket{le="3600.0"}': "3",
    'shop_delivery_duration_seconds_bucket{le="+Inf"}': "3",
    shop_delivery_duration_seconds_sum: "241",
    shop_delivery_duration_seconds_count: "3",
    shop_carts: "4",
    shop_stock: "8",
  });
  expect(page).toContain(
    "# HELP shop_orders_total Orders that were placed.\n# TYPE shop_orders_total counter\n",
  );
});

test("defineMetrics() leaves attributes out that the spec does not list", async () => {
  const metrics = await start();
  const said = captureDiag();
  const { it } = defineMetrics({ it: { name: "listed.counter", instrument: "counter", attributes: ["a"] } });
  // Callers without types.
  it.add(1, { a: "1", b: "2" } as { a: string });
  recordCounter("listed.counter", 1, { a: "1", c: "3" });
  expect(samplesOf(await metrics.collect(), /^listed/)).toEqual({ 'listed_counter_total{a="1"}': "2" });
  expect(said.lines).toEqual([
    "Left the attribute 'b' out of the metric 'listed.counter' as its definition does not list it: put it on the span instead",
    "Left the attribute 'c' out of the metric 'listed.counter' as its definition does not list it: put it on the span instead",
  ]);
  said.stop();
});

test("defineMetrics() of the same twice is one metric, and it replaces a first use without a definition", async () => {
  const metrics = await start();
  recordCounter("twice.counter", 1);
  const spec = { it: { name: "twice.counter", instrument: "counter", unit: "By" } } as const;
  defineMetrics(spec).it.add(2);
  defineMetrics(spec).it.add(3);
  recordCounter("twice.counter", 4);
  expect(samplesOf(await metrics.collect(), /^twice/)).toEqual({
    twice_counter_total: "1",
    twice_counter_bytes_total: "9",
  });
});

test.each<[string, Record<string, unknown>, string]>([
  [
    "an unknown instrument",
    { name: "x", instrument: "summary" },
    `'it' has no instrument of counter, updowncounter, gauge, histogram: current value is "summary"`,
  ],
  [
    "a name that is not valid",
    { name: "a b", instrument: "counter" },
    `'it' has the name "a b", but a name starts`,
  ],
  [
    "a name of the project",
    { name: "nft.mints", instrument: "counter" },
    "'it' has the name 'nft.mints', which the catalogue of this project has already",
  ],
  [
    "buckets of a counter",
    { name: "x.y", instrument: "counter", buckets: [1] },
    "'it' has buckets, which only a histogram takes",
  ],
  [
    "no bucket",
    { name: "x.y", instrument: "histogram", buckets: [] },
    "'it' has the buckets [], but bounds are finite and ascending",
  ],
  [
    "buckets that fall",
    { name: "x.y", instrument: "histogram", buckets: [2, 1] },
    "'it' has the buckets [2,1], but bounds are finite and ascending",
  ],
  [
    "an infinite bucket",
    { name: "x.y", instrument: "histogram", buckets: [1, Infinity] },
    "but bounds are finite and ascending",
  ],
  [
    "a unit that is no unit",
    { name: "x.y", instrument: "counter", unit: "a b" },
    `'it' has the unit "a b", but a unit has at most 63 ASCII characters`,
  ],
  [
    "a factor of zero",
    { name: "x.y", instrument: "counter", aliases: [{ name: "x.z", factor: 0 }] },
    "'it' has the alias 'x.z' with the factor 0, but a factor is above 0",
  ],
  [
    "an identifier as label",
    { name: "x.y", instrument: "counter", attributes: ["tx.hash"] },
    "'it' has the attribute 'tx.hash', which makes a series for each value",
  ],
  [
    "a secret as label",
    { name: "x.y", instrument: "counter", attributes: ["blockchain.rpc_url"] },
    "'it' has the attribute 'blockchain.rpc_url', which is secret",
  ],
])("defineMetrics() rejects %s", (_, spec, message) => {
  // Callers without types.
  const define = () => defineMetrics({ it: spec as unknown as MetricSpec });
  expect(define).toThrow(MetricsSetupError);
  expect(define).toThrow(message);
});

test("defineMetrics() lists everything that is wrong with a catalogue, collisions too", () => {
  const error = (() => {
    try {
      defineMetrics({
        one: { name: "collide.visits", instrument: "counter" },
        two: { name: "collide.visits", instrument: "counter" },
        three: { name: "collide.visits.total", instrument: "counter" },
      });
    } catch (reason) {
      return reason;
    }
    return undefined;
  })();
  expect(error).toBeInstanceOf(MetricsSetupError);
  expect((error as MetricsSetupError).code).toBe("catalogue_invalid");
  expect((error as MetricsSetupError).message).toBe(
    "Cannot define the metrics: 'two' has the name 'collide.visits', which 'one' has as well; 'two' becomes 'collide_visits_total' for Prometheus, as 'one' does; 'three' becomes 'collide_visits_total' for Prometheus, as 'two' does",
  );
});
