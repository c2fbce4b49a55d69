import { expect, test } from "vitest";
import { retryPolicy } from "./_backoff.ts";
import { TargetHealth } from "./_target_health.ts";

const policy = retryPolicy({ initialDelayMs: 100, maxDelayMs: 1_000, jitter: 0 });

test("TargetHealth takes requests that fail together for one failure", () => {
  const health = new TargetHealth(policy);
  for (let request = 0; request < 4; request++) health.failed(1_000, 0);
  expect([health.failing, health.waitMs(1_000)]).toEqual([true, 100]);
  for (let request = 0; request < 4; request++) health.failed(1_100, 0);
  expect(health.waitMs(1_100)).toBe(200);
});

test("TargetHealth starts anew after an answer", () => {
  const health = new TargetHealth(policy);
  health.failed(0, 0);
  health.failed(100, 60_000);
  health.answered();
  expect([health.failing, health.waitMs(100)]).toEqual([false, -100]);
  health.failed(200, 0);
  expect(health.waitMs(200)).toBe(100);
});

test("TargetHealth.hurry() allows an attempt soon after the last one, but not what the target forbade", () => {
  const health = new TargetHealth(policy);
  for (let now = 0, turn = 0; turn < 5; turn++, now += 2_000) health.failed(now, 0);
  health.attempted(8_000);
  expect(health.waitMs(8_050)).toBe(950);
  health.hurry();
  expect(health.waitMs(8_050)).toBe(50);
  health.failed(10_000, 7_000);
  health.hurry();
  expect(health.waitMs(10_000)).toBe(7_000);
});

test("TargetHealth.isStale() excuses one closed connection each, until the target answers", () => {
  const health = new TargetHealth(policy);
  expect([1, 2, 3].map(() => health.isStale(2))).toEqual([true, true, false]);
  health.answered();
  expect(health.isStale(2)).toBe(true);
});
