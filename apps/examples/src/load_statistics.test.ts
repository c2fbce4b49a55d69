import { expect, test } from "vitest";
import { overheadPercent, summarizeLatencies } from "./load_statistics.ts";

test("summarizeLatencies() takes the nearest rank", () => {
  const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(summarizeLatencies(hundred)).toEqual({ count: 100, p50: 50, p95: 95, p99: 99, sum: 5050 });
  expect(summarizeLatencies([7])).toEqual({ count: 1, p50: 7, p95: 7, p99: 7, sum: 7 });
  expect(summarizeLatencies([])).toEqual({ count: 0, p50: 0, p95: 0, p99: 0, sum: 0 });
});

test("overheadPercent() compares medians", () => {
  const of = (p50: number) => ({ count: 1, p50, p95: 0, p99: 0, sum: 0 });
  expect(overheadPercent(of(110), of(100))).toBeCloseTo(10);
  expect(overheadPercent(of(90), of(100))).toBeCloseTo(-10);
  expect(overheadPercent(of(90), of(0))).toBe(0);
});
