import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";

const KEY = "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";
const { redactString } = createRedactor();
const ESC = String.fromCharCode(27);

/** One more layer around a text. */
const LAYERS: Readonly<Record<string, (text: string) => string>> = {
  base64: (text) => Buffer.from(text).toString("base64"),
  base64url: (text) => Buffer.from(text).toString("base64url"),
  "hexadecimal text": (text) => Buffer.from(text).toString("hex"),
  JSON: (text) => JSON.stringify({ value: text }),
  percent: encodeURIComponent,
  entities: (text) => text.replaceAll('"', "&quot;").replaceAll(":", "&#58;"),
  unicode: (text) => Array.from(text, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`).join(""),
  "a list of bytes": (text) => `[${[...Buffer.from(text)].join(",")}]`,
  colours: (text) => `${ESC}[31m${text}${ESC}[39m`,
  "colours written out": (text) => `\\u001b[1m\\u001b[33m${text}\\u001b[0m`,
};
const names = fc.constantFrom(...Object.keys(LAYERS));
const wrap = (text: string, layers: readonly string[]): string =>
  layers.reduce((inner, name) => LAYERS[name]?.(inner) ?? inner, text);

/** All forms in which the key could still be read. */
function leaks(out: string, layers: readonly string[]): boolean {
  return out.toLowerCase().includes(KEY.slice(0, 16)) || out === wrap(`{"privateKey":"0x${KEY}"}`, layers);
}

test("redactString() finds a key under any two layers of encoding", () => {
  fc.assert(
    fc.property(fc.array(names, { maxLength: 2 }), (layers) => {
      expect(leaks(redactString(wrap(`{"privateKey":"0x${KEY}"}`, layers)), layers)).toBe(false);
    }),
    { numRuns: 150 },
  );
});

test("redactString() lets base64 that is deeper than it reads go unread", () => {
  for (let depth = 1; depth < 8; depth++) {
    const layers = Array.from({ length: depth }, () => "base64");
    const text = wrap(`{"privateKey":"0x${KEY}"}`, layers);
    expect(redactString(text), String(depth)).toBe("[REDACTED]");
    expect(redactString(`got ${text} here`), String(depth)).toBe("got [REDACTED] here");
  }
});

test("redactString() leaves clean text as it is under any layers that it reads", () => {
  fc.assert(
    fc.property(fc.array(names, { maxLength: 2 }), (layers) => {
      const text = wrap('{"order":"order-42","network":"polygon"}', layers);
      expect(redactString(text)).toBe(text);
    }),
    { numRuns: 150 },
  );
});
