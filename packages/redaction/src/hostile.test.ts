import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { visibleText } from "./testing/_score_cases.ts";

const KEY = "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";
const { redactValue, redactString, redactSpan } = createRedactor();

function circular(): object {
  const value: Record<string, unknown> = { key: KEY };
  value.self = value;
  return value;
}

function deep(levels: number): object {
  let value: object = { leaf: KEY };
  for (let i = 0; i < levels; i++) value = { next: value };
  return value;
}

function throwingGetter(): object {
  return Object.defineProperty({ input: KEY }, "boom", {
    enumerable: true,
    get: () => {
      throw new Error(KEY);
    },
  });
}

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({ input: KEY }, {});
  revoke();
  return proxy;
};

const throwing = new Proxy<Record<string, unknown>>(
  { input: KEY },
  {
    get: () => {
      throw new Error(KEY);
    },
    ownKeys: () => {
      throw new Error(KEY);
    },
  },
);

const HOSTILE: Readonly<Record<string, unknown>> = {
  "a cycle": circular(),
  "20 000 levels": deep(20_000),
  "100 000 members": Object.fromEntries(
    Array.from({ length: 100_000 }, (_, i) => [`k${i}`, i === 99_999 ? KEY : i]),
  ),
  "a list of 100 000": Array.from({ length: 100_000 }, (_, i) => (i === 99_999 ? KEY : i)),
  "a throwing getter": throwingGetter(),
  "a revoked proxy": revoked(),
  "a throwing proxy": throwing,
  "a symbol": Symbol(KEY),
  "a function": () => KEY,
  "a bigint under a secret key": { privateKey: BigInt(`0x${KEY}`) },
  "a Map": new Map<unknown, unknown>([
    [KEY, 1],
    ["v", KEY],
    [Symbol("s"), 1],
  ]),
  "a Set": new Set([KEY]),
  "a WeakMap": new WeakMap(),
  "a frozen object": Object.freeze({ input: Object.freeze({ value: KEY }) }),
  "a null prototype": Object.assign(Object.create(null), { input: KEY }),
  "an object with toJSON": { input: "x", toJSON: () => KEY },
  "an object with toString": { toString: () => KEY },
  "a Buffer": Buffer.from(KEY, "hex"),
  "a Buffer of text": Buffer.from(`key ${KEY}`),
  "an ArrayBuffer": new Uint8Array(Buffer.from(KEY, "hex")).buffer,
  "a DataView": new DataView(new Uint8Array(Buffer.from(KEY, "hex")).buffer),
  "a Date": new Date(Number.NaN),
  "a URL": new URL(`https://mainnet.infura.io/v3/${KEY.slice(0, 32)}`),
  "an Error with a cause": new Error("outer", { cause: new Error(`inner ${KEY}`) }),
  "a boxed string": Object(`x ${KEY}`),
  "an object with __proto__": JSON.parse(`{"__proto__":{"input":"${KEY}"},"b":1}`),
  "a sparse list": Object.assign([], { 5: KEY }),
  "lone surrogates": `\ud800 ${KEY} \udc00`,
  "10 MB of text with the key at the end": `${"x ".repeat(5_000_000)}${KEY}`,
  "10 MB in one word": `${"x".repeat(10_000_000)}${KEY}`,
  "a class instance": new (class Wallet {
    readonly address = "0xA42D6c09D61bf0eB6cDbe4Ff0E4c339Ca83b0244";
    readonly privateKey = KEY;
  })(),
};

for (const [name, value] of Object.entries(HOSTILE)) {
  test(`createRedactor() survives ${name} and lets nothing through`, () => {
    const out = redactValue("input", value);
    expect(visibleText({ out })).not.toContain(KEY.slice(0, 24));
    const attributes = { input: value as string };
    const span = redactSpan({ name: "s", status: { code: 0 }, attributes, events: [] });
    expect(visibleText(span)).not.toContain(KEY.slice(0, 24));
  });
}

test("createRedactor() never changes the value it is given", () => {
  const value = { input: KEY, nested: { list: [KEY, { a: 1 }] } };
  const before = structuredClone(value);
  redactValue("input", value);
  expect(value).toEqual(before);
});

test("redactString() drops the tail of a text that is too long instead of passing it unread", () => {
  const out = redactString(`${"word ".repeat(60_000)}${KEY}`);
  expect(out).toMatch(/\[truncated by redaction\]$/);
  expect(out.length).toBeLessThan(131_200);
});

test("redactString() leaves no part of a key that the bound cuts", () => {
  const { redactString: short } = createRedactor({ limits: { maxLength: 200 } });
  for (let pad = 100; pad < 200; pad += 7)
    expect(short(`${"y ".repeat(pad / 2)}0x${KEY}${" z".repeat(80)}`)).not.toContain(KEY.slice(0, 12));
});

test("redactValue() is total: any JSON-like value in, no throw, and the same value when it is harmless", () => {
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
      (value) => {
        redactValue("input", value);
      },
    ),
    { numRuns: 500 },
  );
});

test("redactString() is total and idempotent on any text", () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: "binary", maxLength: 400 }), fc.string({ maxLength: 400 })),
      (text) => {
        const once = redactString(text);
        expect(redactString(once)).toBe(once);
      },
    ),
    { numRuns: 1000 },
  );
});

test.for([undefined, null, 1, "span"])("redactSpan() and explain() pass %s, which is no span", (value) => {
  const { redactSpan, explain } = createRedactor();
  // What callers without types may pass.
  const span = value as unknown as ReadableSpan;
  expect(redactSpan(span)).toBe(value);
  expect(explain(span)).toEqual([]);
});
