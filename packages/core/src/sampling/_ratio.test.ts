import fc from "fast-check";
import { expect, test } from "vitest";
import { ratioDecision } from "./_ratio.ts";

const traceId = fc.stringMatching(/^[0-9a-f]{32}$/);

test("ratioDecision() keeps nothing at 0 and everything at 1", () => {
  fc.assert(
    fc.property(traceId, (id) => {
      expect(ratioDecision(0)(id)).toBe(false);
      expect(ratioDecision(1)(id)).toBe(true);
    }),
  );
});

test("ratioDecision() keeps at a higher rate what it keeps at a lower one", () => {
  const rate = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(traceId, rate, rate, (id, a, b) => {
      if (ratioDecision(Math.min(a, b))(id)) expect(ratioDecision(Math.max(a, b))(id)).toBe(true);
    }),
  );
});

test("ratioDecision() compares the last 56 bits with the rejection threshold of the specification", () => {
  const id = (tail: string): string => `${"f".repeat(18)}${tail}`;
  expect(ratioDecision(0.5)(id("7fffffffffffff"))).toBe(false);
  expect(ratioDecision(0.5)(id("80000000000000"))).toBe(true);
  expect(ratioDecision(0.25)(id("bfffffffffffff"))).toBe(false);
  expect(ratioDecision(0.25)(id("c0000000000000"))).toBe(true);
});

test("ratioDecision() keeps about the share it is asked for", () => {
  const keeps = ratioDecision(0.1);
  let kept = 0;
  // evenly spread ids, so that the count does not depend on chance
  for (let i = 0; i < 10_000; i++) {
    const tail = Math.floor(((i + 0.5) / 10_000) * 2 ** 52)
      .toString(16)
      .padStart(13, "0");
    if (keeps(`${"0".repeat(18)}${tail}0`)) kept++;
  }
  expect(kept).toBe(1000);
});
