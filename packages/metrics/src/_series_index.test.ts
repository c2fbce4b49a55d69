import type { Attributes } from "@opentelemetry/api";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cleanAttributes } from "./_clean_attributes.ts";
import { SeriesIndex } from "./_series_index.ts";

interface Found {
  readonly attributes: Attributes;
}

function index(limit = 1_000): { index: SeriesIndex<Found>; cleaned: () => number; overflows: () => number } {
  let cleaned = 0;
  let overflows = 0;
  const overflow: Found = { attributes: { overflow: true } };
  return {
    cleaned: () => cleaned,
    overflows: () => overflows,
    index: new SeriesIndex<Found>({
      limit,
      clean(attributes) {
        cleaned++;
        return cleanAttributes(attributes);
      },
      create: (attributes) => ({ attributes }),
      overflowed() {
        overflows++;
        return overflow;
      },
    }),
  };
}

test("SeriesIndex.find() finds one series whatever the order of the attributes is", () => {
  const { index: it } = index();
  const one = it.find({ a: "1", b: 2, c: true });
  expect(it.find({ c: true, a: "1", b: 2 })).toBe(one);
  expect(it.find({ b: 2, c: true, a: "1" })).toBe(one);
  expect(it.all).toEqual([one]);
});

test("SeriesIndex.find() tells values of different types apart", () => {
  const { index: it } = index();
  const found = [{ a: 1 }, { a: "1" }, { a: true }, { a: "true" }, {}, { a: "" }].map((each) =>
    it.find(each),
  );
  expect(new Set(found).size).toBe(6);
});

test("SeriesIndex.find() takes no attributes, undefined ones and empty ones for the same", () => {
  const { index: it } = index();
  const none = it.find(undefined);
  expect(it.find({})).toBe(none);
  expect(it.find({ a: undefined })).toBe(none);
  // Callers without types.
  for (const each of [null, "text", 5, true, () => 1])
    expect(it.find(each as unknown as undefined)).toBe(none);
});

test("SeriesIndex.find() cleans known attributes once only", () => {
  const { index: it, cleaned } = index();
  for (let i = 0; i < 10; i++) it.find({ a: "1", b: "2" });
  expect(cleaned()).toBe(1);
  for (let i = 0; i < 10; i++) it.find({ b: "2", a: "1" });
  expect(cleaned()).toBe(2);
});

test("SeriesIndex.find() is not misled by a list that changes", () => {
  const { index: it } = index();
  const list = ["a"];
  const attributes = { list };
  const one = it.find(attributes);
  list.push("b");
  const two = it.find(attributes);
  expect(two).not.toBe(one);
  expect(one.attributes).toEqual({ list: ["a"] });
  expect(it.find({ list: ["a", "b"] })).toBe(two);
});

test("SeriesIndex.find() leaves inherited attributes out", () => {
  const { index: it } = index();
  const inherited = Object.create({ a: "1" }) as Attributes;
  inherited.b = "2";
  expect(it.find(inherited).attributes).toEqual({ b: "2" });
  expect(it.find(inherited)).toBe(it.find({ b: "2" }));
  expect(it.find({ a: "1", b: "2" }).attributes).toEqual({ a: "1", b: "2" });
});

test("SeriesIndex.find() gives the overflow series above the limit, and still the known ones", () => {
  const { index: it, overflows } = index(3);
  const known = [1, 2, 3].map((a) => it.find({ a }));
  const above = [4, 5, 4].map((a) => it.find({ a }));
  expect(above.every((each) => each.attributes.overflow === true)).toBe(true);
  expect(overflows()).toBe(3);
  expect([1, 2, 3].map((a) => it.find({ a }))).toEqual(known);
  expect(it.all).toHaveLength(3);
});

test("SeriesIndex.find() remembers a bounded number of paths, however the attributes are written", () => {
  const { index: it, cleaned } = index(2);
  // One series, many spellings: an attribute that is left out has a new value each time.
  for (let i = 0; i < 100; i++) it.find({ a: "1", [`u${i}`]: undefined });
  const before = cleaned();
  for (let i = 0; i < 100; i++) it.find({ a: "1", [`u${i}`]: undefined });
  expect(it.all).toHaveLength(1);
  // Most spellings found no path and were cleaned again, so the paths did not grow with them.
  expect(cleaned() - before).toBeGreaterThan(80);
});

const attributeValue = fc.oneof(
  fc.string({ maxLength: 3 }),
  fc.integer({ min: -2, max: 2 }),
  fc.boolean(),
  fc.constant(undefined),
  fc.constant(Number.NaN),
  fc.array(fc.string({ maxLength: 2 }), { maxLength: 2 }),
);
const attributeKey = fc.oneof(
  fc.constantFrom("a", "b", "c"),
  fc.string({ maxLength: 3 }),
  fc.constant("__proto__"),
);
const attributes = fc.array(fc.tuple(attributeKey, attributeValue), { maxLength: 5 }).map((entries) => {
  const made: Attributes = {};
  for (const [key, value] of entries)
    Object.defineProperty(made, key, { value, enumerable: true, configurable: true });
  return made;
});

test("SeriesIndex.find() finds the same series exactly for the same cleaned attributes", () => {
  fc.assert(
    fc.property(fc.array(attributes, { maxLength: 30 }), (list) => {
      const { index: it } = index();
      const text = (each: Attributes) =>
        JSON.stringify(
          Object.entries(cleanAttributes(each)).sort(([one], [other]) => (one < other ? -1 : 1)),
        );
      const byText = new Map<string, Found>();
      for (const each of [...list, ...list]) {
        const found = it.find(each);
        const known = byText.get(text(each));
        if (known !== undefined) expect(found).toBe(known);
        byText.set(text(each), found);
      }
      expect(new Set(byText.values()).size).toBe(byText.size);
      expect(it.all).toHaveLength(byText.size);
    }),
  );
});
