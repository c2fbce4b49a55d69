import fc from "fast-check";
import { expect, test } from "vitest";
import { fit, pad, plain, widthOf, wrap } from "./_text.ts";

test.each<[string, string]>([
  ["plain text", "plain text"],
  ["two\nlines\tand", "two\\nlines\\tand"],
  ["\u001b[31mred\u001b[0m", "\\u{1b}[31mred\\u{1b}[0m"],
  ["\u009b31m", "\\u{9b}31m"],
  ["abc\u202edcba", "abc\\u{202e}dcba"],
  ["a\u2028b", "a\\u{2028}b"],
  ["\ud800", "\\u{d800}"],
  ["ünïcode 漢字", "ünïcode 漢字"],
  ["👩‍🎤", "👩‍🎤"],
])("plain(%j)", (text, expected) => {
  expect(plain(text)).toBe(expected);
});

test("plain() leaves nothing that moves the cursor", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(plain(text)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});

test.each<[string, number]>([
  ["", 0],
  ["abc", 3],
  ["漢字", 4],
  ["한글", 4],
  ["é", 1],
  ["e\u0301", 1],
  ["👩‍🎤", 2],
  ["│ ├─", 4],
])("widthOf(%j) is %i", (text, width) => {
  expect(widthOf(text)).toBe(width);
});

test("pad() gives exactly the columns, fit() at most", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 30 }), (text, columns) => {
      expect(widthOf(fit(text, columns))).toBeLessThanOrEqual(columns);
      expect(widthOf(pad(text, columns))).toBe(columns);
    }),
  );
});

test("fit() marks what it cuts", () => {
  expect(fit("abcdef", 6)).toBe("abcdef");
  expect(fit("abcdefg", 6)).toBe("abcde…");
  expect(fit("漢字漢字", 6)).toBe("漢字…");
});

test("wrap() fills lines and cuts words that are too long", () => {
  expect(wrap([], 10)).toEqual([]);
  expect(wrap(["aa", "bb", "cc", "dd"], 10)).toEqual(["aa  bb  cc", "dd"]);
  expect(wrap(["aaaaaaaaaaaaaaa", "b"], 10)).toEqual(["aaaaaaaaa…", "b"]);
});
