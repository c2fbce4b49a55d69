import fc from "fast-check";
import { expect, test } from "vitest";
import { areHexDigits, hexRuns } from "./_hex_digits.ts";

test("areHexDigits() agrees with an expression on any text and range", () => {
  const text = fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[0-9a-fA-F]{0,80}$/));
  fc.assert(
    fc.property(text, fc.nat(4), fc.nat(90), (text, from, to) => {
      const range = text.slice(from, to);
      const whole = range.length === Math.max(0, to - from);
      expect(areHexDigits(text, from, to)).toBe(whole && /^[0-9a-fA-F]*$/.test(range));
    }),
  );
});

test("hexRuns() finds what an expression finds, whatever the length asked for", () => {
  const piece = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."0123456789abcdefABCDEF"), maxLength: 40 }),
    fc.string({ unit: "binary", maxLength: 2 }),
    fc.constantFrom("x", "g", "G", "/", ":", "@", "`", "\u0130", "\u0430"),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 8 }), fc.integer({ min: 1, max: 45 }), (pieces, least) => {
      const text = pieces.join("");
      const runs = Array.from(text.matchAll(new RegExp(`[0-9a-fA-F]{${least},}`, "g")), (m) => [
        m.index,
        m.index + m[0].length,
      ]);
      expect([...hexRuns(text, least)]).toEqual(runs);
    }),
    { numRuns: 1000 },
  );
});
