import { type Context, ROOT_CONTEXT, type SpanContext, TraceFlags, trace } from "@opentelemetry/api";
import fc from "fast-check";
import { expect, test } from "vitest";
import { bucketOf, HistogramSeries, NumberSeries } from "./_series.ts";

function traceOf(n: number, sampled = true): Context {
  const spanContext: SpanContext = {
    traceId: String(n).padStart(32, "0"),
    spanId: String(n).padStart(16, "0"),
    traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE,
  };
  return trace.setSpanContext(ROOT_CONTEXT, spanContext);
}

test("NumberSeries.add() keeps the first sampled trace as exemplar until it was read", () => {
  const series = new NumberSeries({});
  series.add(1, traceOf(1));
  series.add(1, traceOf(2));
  expect(series.exemplar).toMatchObject({
    value: 1,
    traceId: `${"0".repeat(31)}1`,
    spanId: `${"0".repeat(15)}1`,
  });
  series.rearm();
  series.add(5, traceOf(3));
  expect(series.exemplar).toMatchObject({ value: 5, traceId: `${"0".repeat(31)}3` });
  expect(series.value).toBe(7);
});

test("NumberSeries.add() takes no exemplar from a trace that is not sampled, nor from none", () => {
  const series = new NumberSeries({});
  series.add(1, traceOf(1, false));
  series.add(1, ROOT_CONTEXT);
  series.add(1, undefined);
  expect(series.exemplar).toBeUndefined();
});

test("NumberSeries.add() finds a sampled trace within 17 measurements after any number of others", () => {
  fc.assert(
    fc.property(fc.nat({ max: 500 }), (others) => {
      const series = new NumberSeries({});
      for (let i = 0; i < others; i++) series.add(1, traceOf(1, false));
      for (let i = 0; i < 17; i++) series.add(1, traceOf(2));
      expect(series.exemplar?.traceId.endsWith("2")).toBe(true);
    }),
  );
});

test("NumberSeries.set() keeps the last value", () => {
  const series = new NumberSeries({});
  series.set(3, undefined);
  series.set(-2, traceOf(1));
  expect(series.value).toBe(-2);
});

test("HistogramSeries.record() counts, sums and keeps the extremes", () => {
  const series = new HistogramSeries({}, [1, 2, 5]);
  for (const value of [0, 1, 1.5, 2, 5, 6]) series.record(value, undefined);
  expect(series).toMatchObject({ counts: [2, 2, 1, 1], count: 6, sum: 15.5, min: 0, max: 6 });
});

test("HistogramSeries.record() keeps one exemplar for each bucket until it was read", () => {
  const series = new HistogramSeries({}, [1]);
  series.record(0.5, traceOf(1));
  series.record(0.6, traceOf(2));
  series.record(9, traceOf(3));
  expect(series.exemplars?.map((each) => each?.value)).toEqual([0.5, 9]);
  series.rearm();
  series.record(0.7, traceOf(4));
  expect(series.exemplars?.map((each) => each?.value)).toEqual([0.7, 9]);
});

test("HistogramSeries.record() takes no exemplar from a trace that is not sampled", () => {
  const series = new HistogramSeries({}, [1]);
  for (let i = 0; i < 50; i++) series.record(i, traceOf(1, false));
  expect(series.exemplars).toBeUndefined();
  for (let i = 0; i < 17; i++) series.record(2, traceOf(2));
  expect(series.exemplars?.[1]?.traceId.endsWith("2")).toBe(true);
});

test("bucketOf() is the first bound that is not below the value", () => {
  const bounds = fc.uniqueArray(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 20 });
  fc.assert(
    fc.property(bounds, fc.double({ noNaN: true }), (list, value) => {
      const sorted = [...list].sort((a, b) => a - b);
      const found = sorted.findIndex((bound) => value <= bound);
      expect(bucketOf(sorted, value)).toBe(found < 0 ? sorted.length : found);
    }),
  );
});
