import {
  type Attributes,
  metrics as api,
  type Context,
  ROOT_CONTEXT,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import fc from "fast-check";
import { expect, test } from "vitest";
import { initMetrics } from "./mod.ts";
import { parsePage } from "./testing/_parse_page.ts";

const KINDS = ["counter", "updown", "gauge", "histogram"] as const;

/** Names that collide after they were translated, in all ways that the rules allow. */
const NAMES = [
  "a",
  "a.total",
  "a_total",
  "A",
  "a.seconds",
  "a.count",
  "a.sum",
  "a.bucket",
  "a.bucket.total",
  "b",
  "b.info",
  "target",
  "target.info",
];
const KEYS = [
  "x",
  "x.y",
  "x_y",
  "x-y",
  "le",
  "quantile",
  "otel.scope.name",
  "1",
  "",
  "__name__",
  "\u65e5",
  "job",
  "x y",
  "__proto__",
];
const VALUES = [
  "",
  "v",
  'q"',
  "b\\",
  "n\n",
  "\u65e5\u672c",
  "\u0000",
  "#",
  "}",
  "1",
  1,
  1.5,
  true,
  Number.NaN,
];

const attributes: fc.Arbitrary<Attributes> = fc
  .array(
    fc.tuple(fc.constantFrom(...KEYS), fc.oneof(fc.constantFrom(...VALUES), fc.string({ unit: "binary" }))),
    { maxLength: 4 },
  )
  .map((entries) => Object.fromEntries(entries));

interface Step {
  readonly kind: (typeof KINDS)[number];
  readonly scope: string;
  readonly name: string;
  readonly unit: string;
  readonly value: number;
  readonly attributes: Attributes;
  readonly traced: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  scope: fc.constantFrom("", "one", 'two "\n'),
  name: fc.constantFrom(...NAMES),
  unit: fc.constantFrom("", "s", "1", "{x}"),
  value: fc.oneof(fc.nat({ max: 10 }), fc.double({ min: 0, max: 1e6, noNaN: true })),
  attributes,
  traced: fc.boolean(),
});

const TRACED: Context = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: "0af7651916cd43dd8448eb211c80319c",
  spanId: "b7ad6b7169203331",
  traceFlags: TraceFlags.SAMPLED,
});

function take({ kind, scope, name, unit, value, attributes: labels, traced }: Step): void {
  const meter = api.getMeter(scope);
  const ctx = traced ? TRACED : ROOT_CONTEXT;
  if (kind === "counter") meter.createCounter(name, { unit }).add(value, labels, ctx);
  else if (kind === "updown") meter.createUpDownCounter(name, { unit }).add(-value, labels, ctx);
  else if (kind === "gauge") meter.createGauge(name, { unit }).record(value, labels, ctx);
  else
    meter
      .createHistogram(name, { unit, advice: { explicitBucketBoundaries: [1, 5] } })
      .record(value, labels, ctx);
}

test("PageWriter writes pages that a strict reader takes, in both formats, whatever is recorded", async () => {
  let exemplars = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), fc.boolean(), async (steps, scopeLabels) => {
      await using metrics = await initMetrics({ prometheus: { listen: false, scopeLabels } });
      for (const each of steps) take(each);
      const text = parsePage(await metrics.collect("text"), false);
      const open = parsePage(await metrics.collect("openmetrics"), true);
      // What a format changes is the header, never a series. What collided is counted by each page.
      const own = ([key]: readonly [string, number]) => !key.startsWith("dcmx_metrics_");
      expect([...open.series].filter(own)).toEqual([...text.series].filter(own));
      exemplars += open.exemplars;
      expect(text.exemplars).toBe(0);
    }),
    { numRuns: 150 },
  );
  expect(exemplars).toBeGreaterThan(0);
});

test("PageWriter loses no count of counters of one kind, however their names and labels collide", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
      await using metrics = await initMetrics({ prometheus: { listen: false, targetInfo: false } });
      const counts = steps.map((each) => ({
        ...each,
        kind: "counter" as const,
        value: Math.round(each.value),
      }));
      for (const each of counts) take(each);
      const { series } = parsePage(await metrics.collect(), false);
      const total = [...series].reduce(
        (sum, [key, value]) => (key.startsWith("dcmx_") ? sum : sum + value),
        0,
      );
      expect(total).toBe(counts.reduce((sum, { value }) => sum + value, 0));
    }),
    { numRuns: 100 },
  );
});
