import fc from "fast-check";
import { expect, test } from "vitest";
import { backoffMs, parseRetryAfter, retryPolicy } from "./_backoff.ts";

const now = Date.parse("2026-11-22T10:00:00Z");

test.each([
  [undefined, 0],
  ["", 0],
  ["0", 0],
  ["7", 7_000],
  [" 12 ", 12_000],
  ["Sun, 22 Nov 2026 10:00:30 GMT", 30_000],
  ["Sunday, 22-Nov-26 10:00:30 GMT", 30_000],
  ["Sun, 22 Nov 2026 09:59:00 GMT", 0],
  ["-5", 0],
  ["1.5", 0],
  ["soon", 0],
  ["2027", 2_027_000],
])("parseRetryAfter() reads %j as %i ms", (header, expected) => {
  expect(parseRetryAfter(header, now)).toBe(expected);
});

test("parseRetryAfter() answers any text with a number of at least 0", () => {
  fc.assert(fc.property(fc.string(), (text) => parseRetryAfter(text, now) >= 0));
});

test("backoffMs() doubles up to the bound", () => {
  const policy = retryPolicy({ initialDelayMs: 100, maxDelayMs: 1_000, jitter: 0 });
  expect([1, 2, 3, 4, 5, 6, 2_000].map((failures) => backoffMs(policy, failures))).toEqual([
    100, 200, 400, 800, 1_000, 1_000, 1_000,
  ]);
});

test("backoffMs() takes the jitter off and never waits less than the collector asked for", () => {
  const policy = retryPolicy({ initialDelayMs: 100, maxDelayMs: 1_000, jitter: 0.5 });
  expect([backoffMs(policy, 1, 0, 0), backoffMs(policy, 1, 0, 1)]).toEqual([100, 50]);
  expect(backoffMs(policy, 1, 7_000, 1)).toBe(7_000);
});

test("backoffMs() does not let one absurd Retry-After outlast the retry budget", () => {
  expect(backoffMs(retryPolicy({ maxAgeMs: 60_000 }), 1, 86_400_000)).toBe(30_000);
});
