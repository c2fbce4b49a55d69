import fc from "fast-check";
import { expect, test } from "vitest";
import { findMetric } from "./find_metric.ts";
import { metricOptions } from "./metric_options.ts";
import { METRICS } from "./metrics.ts";

test("metricOptions() says of every metric what the catalogue says", () => {
  for (const { name, unit, description, buckets } of METRICS) {
    const advice = buckets === undefined ? {} : { advice: { explicitBucketBoundaries: buckets } };
    expect(metricOptions(name)).toStrictEqual({ unit, description, ...advice });
  }
});

test("metricOptions() says of an alias what the catalogue says of its metric", () => {
  expect(metricOptions("nft.mint.duration_ms")).toStrictEqual(metricOptions("nft.mint.duration"));
});

test("metricOptions() knows nothing of names that the catalogue does not have", () => {
  const unknown = fc
    .oneof(fc.string(), fc.constantFrom("constructor", "__proto__"))
    .filter((name) => findMetric(name) === undefined);
  fc.assert(
    fc.property(unknown, (name) => {
      expect(metricOptions(name)).toStrictEqual({});
    }),
  );
});

test("metricOptions() gives buckets of their own to each caller", () => {
  metricOptions("nft.mint.gas_used").advice?.explicitBucketBoundaries.splice(0);
  expect(metricOptions("nft.mint.gas_used").advice?.explicitBucketBoundaries[0]).toBe(21_000);
  expect(findMetric("nft.mint.gas_used")?.metric.buckets?.[0]).toBe(21_000);
});
