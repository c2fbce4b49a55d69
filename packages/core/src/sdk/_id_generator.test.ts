import { expect, test } from "vitest";
import { createIdGenerator } from "./_id_generator.ts";

test("createIdGenerator() makes well-formed ids that do not repeat, across many pools", () => {
  const generator = createIdGenerator();
  const seen = new Set<string>();
  for (let i = 0; i < 5000; i++) {
    const traceId = generator.generateTraceId();
    const spanId = generator.generateSpanId();
    expect(traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(spanId).toMatch(/^[0-9a-f]{16}$/);
    seen.add(traceId).add(spanId);
  }
  expect(seen.size).toBe(10_000);
});

test("createIdGenerator() gives every digit its share", () => {
  const generator = createIdGenerator();
  const counts = new Map<string, number>();
  for (let i = 0; i < 2000; i++) {
    for (const digit of generator.generateTraceId()) counts.set(digit, (counts.get(digit) ?? 0) + 1);
  }
  // 4000 expected each; 6 standard deviations are 372
  for (const count of counts.values()) expect(Math.abs(count - 4000)).toBeLessThan(600);
  expect(counts.size).toBe(16);
});
