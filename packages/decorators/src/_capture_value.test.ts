import fc from "fast-check";
import { expect, test } from "vitest";
import { captureValue } from "./_capture_value.ts";
import { DEFAULT_CAPTURE_LIMITS } from "./capture_limits.ts";

function capture(value: unknown, limits = {}): unknown {
  return captureValue(value, { ...DEFAULT_CAPTURE_LIMITS, ...limits });
}

class Order {
  price = 5;
  #secret = "hidden";
  get total(): number {
    throw new Error(this.#secret);
  }
  toJSON(): never {
    throw new Error("toJSON was called");
  }
}

function circular(): object {
  const value: Record<string, unknown> = { a: 1 };
  value.self = value;
  return value;
}

test.each<[string, unknown, unknown]>([
  ["a text", "text", "text"],
  ["a number", 1.5, 1.5],
  ["NaN", Number.NaN, Number.NaN],
  ["a boolean", false, false],
  ["null", null, "null"],
  ["undefined", undefined, undefined],
  ["a bigint", 2n ** 70n, "1180591620717411303424"],
  ["a symbol", Symbol("s"), "Symbol(s)"],
  ["a function", () => 1, "[function]"],
  [
    "a plain object",
    { a: 1, b: "x", c: null, d: [true], e: undefined },
    '{"a":1,"b":"x","c":null,"d":[true],"e":"undefined"}',
  ],
  ["an object without a prototype", Object.assign(Object.create(null), { a: 1 }), '{"a":1}'],
  ["bigints inside", { wei: 10n ** 18n }, '{"wei":"1000000000000000000"}'],
  ["odd numbers inside", [Number.NaN, -0, Number.POSITIVE_INFINITY], '["NaN",0,"Infinity"]'],
  ["an array with holes", [1, undefined, 3], '[1,"undefined",3]'],
  ["bytes", new Uint8Array([0, 255, 16]), "0x00ff10"],
  ["many bytes", new Uint8Array(65), `0x${"00".repeat(64)}… (65 bytes)`],
  ["a Buffer", Buffer.from("01ff", "hex"), "0x01ff"],
  ["an ArrayBuffer", new Uint8Array([7]).buffer, "0x07"],
  ["a Date", new Date(0), "1970-01-01T00:00:00.000Z"],
  ["an invalid Date", new Date(Number.NaN), "Invalid Date"],
  [
    "a Map",
    new Map<unknown, unknown>([
      ["a", 1n],
      [2, new Set([3])],
    ]),
    '{"2":[3],"a":"1"}',
  ],
  ["a Map with a key of its prototype", new Map([["__proto__", 1]]), '{"__proto__":1}'],
  ["a Set", new Set(["a"]), '["a"]'],
  ["an Error", new RangeError("too much"), '{"name":"RangeError","message":"too much"}'],
  ["a URL", new URL("https://example.org/a?b=1"), "https://example.org/a?b=1"],
  ["a URL with credentials", new URL("https://user:key@example.org/"), "https://***@example.org/"],
  ["a RegExp", /a"b/g, '/a"b/g'],
  ["a Promise", Promise.resolve(1), "[Promise]"],
  ["a WeakMap", new WeakMap(), "[weak collection]"],
  ["boxed values", [new String("a"), new Number(1), new Boolean(true)], '["a","1","true"]'],
  ["a cycle", circular(), '{"a":1,"self":"[circular]"}'],
  ["a Proxy", new Proxy({ a: 1 }, {}), "[Proxy]"],
  ["a Proxy inside", { p: new Proxy([], {}) }, '{"p":"[Proxy]"}'],
  ["an instance: its fields, neither its getters nor its toJSON", new Order(), '{"price":5}'],
  [
    "an own getter",
    {
      get a() {
        throw new Error("called");
      },
      set b(_: unknown) {},
    },
    '{"a":"[getter]","b":"[getter]"}',
  ],
  ["an own toJSON", { toJSON: () => "called", a: 1 }, '{"toJSON":"[function]","a":1}'],
  ["text that JSON escapes", { 'k"': 'a"\\\n\u{1f600}' }, '{"k\\"":"a\\"\\\\\\n\u{1f600}"}'],
  ["inherited fields", Object.create({ inherited: 1 }, { own: { value: 2, enumerable: true } }), '{"own":2}'],
])("captureValue() writes %s", (_what, value, expected) => {
  expect(capture(value)).toEqual(expected);
});

test("captureValue() keeps to the limits of depth, keys and characters", () => {
  expect(capture({ a: { b: { c: 1 } } }, { depth: 2 })).toBe('{"a":{"b":"[object]"}}');
  expect(capture([[[1]]], { depth: 2 })).toBe('[["[array]"]]');
  expect(capture({ a: 1, b: 2, c: 3 }, { keys: 2 })).toBe('{"a":1,"b":2,"…":"…"}');
  expect(capture([1, 2, 3], { keys: 2 })).toBe('[1,2,"…"]');
  expect(capture(new Set([1, 2, 3]), { keys: 2 })).toBe('[1,2,"…"]');
  expect(capture("abcdef", { characters: 4 })).toBe("abc…");
  expect(capture({ a: "abcdef".repeat(10), b: 1 }, { characters: 20 })).toMatch(/^\{"a":"abcdef/);
});

test("captureValue() runs no code of a value, throws nothing, changes nothing, and is bounded", () => {
  const limits = fc.record({
    depth: fc.nat(5),
    keys: fc.nat(10),
    characters: fc.integer({ min: 1, max: 200 }),
  });
  fc.assert(
    fc.property(hostileValues(), limits, (value, bounds) => {
      const before = structure(value);
      const captured = captureValue(value, bounds);
      expect(["string", "number", "boolean", "undefined"]).toContain(typeof captured);
      if (typeof captured === "string" && typeof value === "object" && value !== null) {
        expect(captured.length).toBeLessThanOrEqual(bounds.characters);
      }
      expect(structure(value)).toEqual(before);
    }),
    { numRuns: 2000 },
  );
});

test("captureValue() gives JSON that says the same, for plain data within the limits", () => {
  const wide = { depth: 20, keys: 1000, characters: 1e6 };
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      if (typeof value !== "object" || value === null) return;
      expect(JSON.parse(String(captureValue(value, wide)))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { numRuns: 2000 },
  );
});

let touched: string[] = [];

/** Values that notice when their code is run, around and inside ordinary ones. */
function hostileValues(): fc.Arbitrary<unknown> {
  const trap = (name: string) => (): never => {
    touched.push(name);
    throw new Error(name);
  };
  const handler = new Proxy({}, { get: (_target, name) => trap(`trap ${String(name)}`) });
  const hostile = fc.constantFrom<() => unknown>(
    () => new Proxy({ a: 1 }, handler),
    () => new Proxy(() => 1, handler),
    () => Object.defineProperty({}, "a", { get: trap("getter"), enumerable: true }),
    () => ({
      toJSON: trap("toJSON"),
      toString: trap("toString"),
      valueOf: trap("valueOf"),
      [Symbol.toPrimitive]: trap("toPrimitive"),
    }),
    () => Object.defineProperty([1], 0, { get: trap("element"), enumerable: true }),
    () => Object.defineProperty(new Map([["a", 1]]), Symbol.iterator, { value: trap("iterator") }),
    () => Object.defineProperty(new Date(0), "toISOString", { value: trap("toISOString") }),
    () => Object.defineProperty(new Error("x"), "message", { get: trap("message") }),
    () =>
      Object.assign(
        Object.create({
          get a(): never {
            return trap("inherited getter")();
          },
        }),
        { b: 1 },
      ),
    () => ({
      get [Symbol.toStringTag](): never {
        return trap("toStringTag")();
      },
    }),
    () => Object.freeze({ a: circular() }),
    () => Object.create(Date.prototype),
    () => Object.create(Map.prototype),
    () => Object.create(URL.prototype),
    () => Object.create(String.prototype),
  );
  return fc
    .anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withNullPrototype: true,
      withBoxedValues: true,
      withSparseArray: true,
    })
    .chain((value) =>
      hostile.map((make) => (Array.isArray(value) ? [...value, make()] : { value, hostile: make() })),
    );
}

/** The outermost shape of a value, read without running its code. */
function structure(value: unknown): unknown {
  expect(touched).toEqual([]);
  touched = [];
  return typeof value === "object" && value !== null ? Object.keys(value) : value;
}
