import type { ExponentialHistogram } from "@opentelemetry/sdk-metrics";
import fc from "fast-check";
import { expect, test } from "vitest";
import { exponentialToExplicit } from "./_exponential_histogram.ts";

const EMPTY = { offset: 0, bucketCounts: [] };

function histogram(given: Partial<ExponentialHistogram>): ExponentialHistogram {
  return { count: 0, sum: 0, scale: 0, zeroCount: 0, positive: EMPTY, negative: EMPTY, ...given };
}

test("exponentialToExplicit() writes powers of the base as bounds", () => {
  const given = histogram({ scale: 0, count: 6, sum: 30, positive: { offset: 1, bucketCounts: [1, 2, 3] } });
  expect(exponentialToExplicit(given)).toEqual({
    bounds: [4, 8, 16],
    counts: [1, 2, 3, 0],
    count: 6,
    sum: 30,
  });
});

test("exponentialToExplicit() writes zeros and negative values below the positive ones, without a sum", () => {
  const given = histogram({
    scale: 1,
    count: 4,
    sum: 0,
    zeroCount: 1,
    positive: { offset: 0, bucketCounts: [1] },
    negative: { offset: 0, bucketCounts: [1, 1] },
  });
  const explicit = exponentialToExplicit(given);
  expect(explicit.bounds[0]).toBeCloseTo(-(2 ** 0.5));
  expect(explicit.bounds.slice(1, 3)).toEqual([-1, 0]);
  expect(explicit.bounds[3]).toBeCloseTo(2 ** 0.5);
  expect(explicit).toMatchObject({ counts: [1, 1, 1, 1, 0], count: 4, sum: undefined });
});

test("exponentialToExplicit() of an empty histogram has no bounds", () => {
  expect(exponentialToExplicit(histogram({}))).toEqual({ bounds: [], counts: [0], count: 0, sum: 0 });
});

const buckets = fc.record({
  offset: fc.integer({ min: -200, max: 200 }),
  bucketCounts: fc.array(fc.nat({ max: 5 }), { maxLength: 160 }),
});

test("exponentialToExplicit() keeps every count below a bound, ascending and bounded in number", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 8 }),
      buckets,
      buckets,
      fc.nat({ max: 3 }),
      (scale, positive, negative, zeroCount) => {
        const all = [...positive.bucketCounts, ...negative.bucketCounts];
        const count = all.reduce((sum, each) => sum + each, zeroCount);
        const explicit = exponentialToExplicit(histogram({ scale, positive, negative, zeroCount, count }));
        expect(explicit.counts.reduce((sum, each) => sum + each, 0)).toBe(count);
        expect(explicit.counts).toHaveLength(explicit.bounds.length + 1);
        expect(explicit.counts.at(-1)).toBe(0);
        expect(explicit.bounds.length).toBeLessThanOrEqual(81);
        for (let i = 1; i < explicit.bounds.length; i++) {
          expect(explicit.bounds[i]).toBeGreaterThan(explicit.bounds[i - 1] as number);
        }
        // What is at or below a bound of the result is what the source has at or below it.
        const base = 2 ** (2 ** -scale);
        const below = (bound: number) =>
          positive.bucketCounts.reduce(
            (sum, each, i) => (base ** (positive.offset + i + 1) <= bound * (1 + 1e-9) ? sum + each : sum),
            0,
          );
        let sum = 0;
        for (const [i, bound] of explicit.bounds.entries()) {
          sum += explicit.counts[i] ?? 0;
          if (bound > 0) {
            const rest = zeroCount + negative.bucketCounts.reduce((total, each) => total + each, 0);
            expect(sum).toBe(below(bound) + rest);
          }
        }
      },
    ),
  );
});
