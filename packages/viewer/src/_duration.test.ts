import { expect, test } from "vitest";
import { formatMillis, millisBetween } from "./_duration.ts";

test.each<[number, string]>([
  [0, "0 µs"],
  [0.0123, "12 µs"],
  [0.9, "900 µs"],
  [1, "1.00 ms"],
  [9.994, "9.99 ms"],
  [9.996, "10.0 ms"],
  [99.94, "99.9 ms"],
  [99.96, "100 ms"],
  [999.4, "999 ms"],
  [999.6, "1.00 s"],
  [12_345, "12.3 s"],
  [59_949, "59.9 s"],
  [59_960, "1m 00s"],
  [125_400, "2m 05s"],
  [3_599_400, "59m 59s"],
  [3_599_600, "1h 00m"],
  [31_535_940_000, "8759h 59m"],
  [3_600_000, "1h 00m"],
])("formatMillis(%d) is %s", (millis, expected) => {
  expect(formatMillis(millis)).toBe(expected);
});

test("millisBetween() counts across the second and backwards", () => {
  expect(millisBetween([1, 999_000_000], [2, 1_000_000])).toBe(2);
  expect(millisBetween([2, 0], [1, 500_000_000])).toBe(-500);
});
