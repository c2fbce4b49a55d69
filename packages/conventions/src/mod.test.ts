import { expect, test } from "vitest";
import * as conventions from "./mod.ts";

test("mod.ts exports the catalogue, its look-ups, the buckets and the constants", () => {
  const others = Object.keys(conventions).filter((name) => !/^(ATTR|METRIC|EVENT)_/.test(name));
  expect(others.sort()).toEqual([
    "ATTRIBUTES",
    "BATCH_SIZE_BUCKETS",
    "CALL_MILLISECONDS_BUCKETS",
    "CALL_SECONDS_BUCKETS",
    "CONFIDENCE_BUCKETS",
    "CONFIRMATION_SECONDS_BUCKETS",
    "ETH_BUCKETS",
    "FEE_GWEI_BUCKETS",
    "GAS_BUCKETS",
    "GC_SECONDS_BUCKETS",
    "GWEI_BUCKETS",
    "METRICS",
    "MICRO_SECONDS_BUCKETS",
    "WORKFLOW_SECONDS_BUCKETS",
    "findAttribute",
    "findMetric",
    "metricOptions",
  ]);
});
