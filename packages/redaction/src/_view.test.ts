import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeView } from "./_view.ts";

test.each([
  ['{\\"a\\":1}', '{"a":1}'],
  ["a\\nb\\tc", "a\nb\tc"],
  ["\\u0041\\x42", "AB"],
  ["%7B%22a%22%3A1%7D", '{"a":1}'],
  ["caf%C3%A9 %E7%A7%81", "café 私"],
  ["&quot;a&quot; &#65;&#x42; &amp;", '"a" AB &'],
  ["100% of &nothing; \\", "100% of &nothing; \\"],
])("decodeView() removes one layer from %s", (text, decoded) => {
  expect(decodeView(text)?.text ?? text).toBe(decoded);
});

test("decodeView() returns undefined when there is nothing to remove", () => {
  expect(decodeView("plain text: 50% & more")).toBeUndefined();
});

test("decodeView() maps every character back to where it came from", () => {
  const view = decodeView("x%41\\n&amp;y");
  expect(view?.text).toBe("xA\n&y");
  expect([...(view?.starts ?? [])]).toEqual([0, 1, 4, 6, 11, 12]);
});

test("decodeView() never throws and its map never runs backwards", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'\\%&;#xu0aF1"n{é') }), (text) => {
      const starts = decodeView(text)?.starts ?? [];
      for (let i = 1; i < starts.length; i++) expect(starts[i]).toBeGreaterThanOrEqual(starts[i - 1] ?? 0);
    }),
  );
});
