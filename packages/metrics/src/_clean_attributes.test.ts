import type { Attributes } from "@opentelemetry/api";
import { expect, test } from "vitest";
import { cleanAttributes } from "./_clean_attributes.ts";

test.each<[string, unknown, unknown]>([
  ["a string", "x", "x"],
  ["a number", 1.5, 1.5],
  ["NaN", Number.NaN, Number.NaN],
  ["a boolean", false, false],
  ["a bigint as text", 2n ** 100n, "1267650600228229401496703205376"],
  ["a list, item by item", ["a", 1, null], ["a", "1", ""]],
  ["no object", { a: 1 }, undefined],
  ["no null", null, undefined],
  ["no function", () => 1, undefined],
  ["no symbol", Symbol("x"), undefined],
])("cleanAttributes() keeps %s", (_, value, wanted) => {
  const cleaned = cleanAttributes({ key: value } as Attributes);
  expect(cleaned).toEqual(wanted === undefined ? {} : { key: wanted });
});

test("cleanAttributes() copies and does not change what it is given", () => {
  const list = ["a"];
  const given = Object.freeze({ list, "": "no name" });
  const cleaned = cleanAttributes(given);
  list.push("b");
  expect(cleaned).toEqual({ list: ["a"] });
});

test("cleanAttributes() keeps an attribute called __proto__", () => {
  const cleaned = cleanAttributes(JSON.parse('{"__proto__":"x","a":"y"}'));
  expect(Object.entries(cleaned)).toEqual([
    ["__proto__", "x"],
    ["a", "y"],
  ]);
  expect(Object.getPrototypeOf(cleaned)).toBe(Object.prototype);
});
