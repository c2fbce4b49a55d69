import fc from "fast-check";
import { expect, test } from "vitest";
import { areHexDigits } from "./_hex_digits.ts";

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
