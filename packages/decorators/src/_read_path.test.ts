import { expect, test } from "vitest";
import { readPath } from "./_read_path.ts";

const thrower = {
  get a(): never {
    throw new Error("a");
  },
};

test.each<[string, unknown, string[], unknown]>([
  ["a nested object", { a: { b: 1 } }, ["a", "b"], 1],
  ["an array", [{ a: 1 }], ["0", "a"], 1],
  ["a Map", new Map([["a", { b: 2 }]]), ["a", "b"], 2],
  ["a text", "text", ["length"], 4],
  ["null on the way", { a: null }, ["a", "b"], undefined],
  ["nothing", undefined, ["a"], undefined],
  ["a getter that throws", thrower, ["a"], undefined],
  ["an empty path", 5, [], 5],
])("readPath() reads from %s", (_what, value, path, expected) => {
  expect(readPath(value, path)).toBe(expected);
});
