import { expect, test } from "vitest";
import { didYouMean } from "./_did_you_mean.ts";

const NAMES = ["OTEL_SERVICE_NAME", "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG", "gzip"];

test.each([
  ["OTEL_SERVICENAME", "OTEL_SERVICE_NAME"],
  ["otel_traces_sampler_args", "OTEL_TRACES_SAMPLER_ARG"],
  ["gzp", "gzip"],
  ["zip", "gzip"],
  ["brotli", undefined],
  ["OTEL_METRICS_EXPORTER", undefined],
  ["", undefined],
])("didYouMean() answers %s with %s", (word, expected) => {
  expect(didYouMean(word, NAMES)).toBe(expected);
});
