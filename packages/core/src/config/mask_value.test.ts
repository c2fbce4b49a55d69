import fc from "fast-check";
import { expect, test } from "vitest";
import { maskUrls, maskValue } from "./mask_value.ts";

const CASES: [unknown, boolean, string][] = [
  ["dcmx", false, '"dcmx"'],
  ["dcmx", true, "***"],
  [0.1, false, "0.1"],
  [undefined, true, "undefined"],
  [{ authorization: "Bearer x", n: 5 }, true, "{ authorization: ***, n: *** }"],
  [{ a: { b: { c: { d: 1 } } } }, false, "{ a: { b: { c: [...] } } }"],
  [["tracecontext", "baggage"], false, '["tracecontext", "baggage"]'],
  [/health.*/, false, "/health.*/"],
  [new Map(), false, "[Map]"],
  [function sample() {}, false, "[function sample]"],
  [10n, false, "10"],
  ["https://user:pass@h/v1?key=abc&x=1", false, '"https://***@h/v1?key=***&x=***"'],
  [
    "http://j:16686/trace/0af7651916cd43dd8448eb211c80319c",
    false,
    '"http://j:16686/trace/0af7651916cd43dd8448eb211c80319c"',
  ],
  ["https://h/ingest/abcdefghij0123456789XYZ/v1", false, '"https://h/ingest/***/v1"'],
];

test.each(CASES)("maskValue() prints %o (secret: %o)", (value, secret, expected) => {
  expect(maskValue(value, secret)).toBe(expected);
});

test("maskUrls() masks every URL of a text and leaves the rest", () => {
  expect(maskUrls("from http://a:b@h to https://k@i?q=1, done")).toBe(
    "from http://***@h to https://***@i?q=*** done",
  );
});

test("maskValue() never shows a secret text, however it is nested, and stays short", () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.uuid(), (value, secret) => {
      const text = maskValue([value, { key: secret, list: [secret] }], true);
      expect(text).not.toContain(secret);
      expect(text.length).toBeLessThanOrEqual(200);
    }),
  );
});

test("maskValue() never throws", () => {
  fc.assert(
    fc.property(
      fc.anything({ withNullPrototype: true, withBigInt: true }),
      fc.boolean(),
      (value, secret) => typeof maskValue(value, secret) === "string",
    ),
  );
});
