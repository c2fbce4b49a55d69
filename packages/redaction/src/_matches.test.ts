import fc from "fast-check";
import { expect, test } from "vitest";
import { matches } from "./_matches.ts";

const PATTERNS = [/a/g, /[ab]{2,3}/gi, /(?<=a)b/g, /b*/g, /(\w)(\d)?/g, /^.|.$/gm, /(?=a)/g, /\p{L}{2}/gu];

test("matches() finds what matchAll() finds, in any text", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(..."abAB1 \n\u00e9") }),
      fc.constantFrom(...PATTERNS),
      (text, pattern) => {
        expect([...matches(text, pattern)]).toEqual([...text.matchAll(new RegExp(pattern))]);
      },
    ),
  );
});

test("matches() begins at a position, and looks behind it", () => {
  expect([...matches("ab ab ab", /(?<=a)b/g, 4)].map((match) => match.index)).toEqual([4, 7]);
  expect([...matches("ab", /a/g, 1)]).toEqual([]);
  expect([...matches("ab", /a/g, 9)]).toEqual([]);
});

test("matches() begins at the start after a search that was left", () => {
  const pattern = /a/g;
  for (const match of matches("a a", pattern)) if (match.index === 0) break;
  expect([...matches("a a", pattern)].map((match) => match.index)).toEqual([0, 2]);
});

test("matches() goes on where it was when the same pattern is used between two matches", () => {
  const pattern = /a/g;
  const found: number[] = [];
  for (const match of matches("a a a", pattern)) {
    found.push(match.index, [...matches("ba", pattern)].length);
    pattern.lastIndex = 0;
  }
  expect(found).toEqual([0, 1, 2, 1, 4, 1]);
});
