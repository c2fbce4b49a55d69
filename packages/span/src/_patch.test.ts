import { expect, test } from "vitest";
import { methodOf, patch, patchMethods } from "./_patch.ts";

test("patch() replaces an inherited member by an own one that is not enumerable, and takes it away again", () => {
  const list = [1];
  const restore = patch(list, "at", { value: () => 9 });
  expect([list.at(0), Object.keys(list)]).toEqual([9, ["0"]]);
  restore?.();
  expect([list.at(0), Object.hasOwn(list, "at")]).toEqual([1, false]);
});

test("patch() puts an own member back as it was, enumerable and all", () => {
  const object = { a: 1 };
  const before = Object.getOwnPropertyDescriptor(object, "a");
  const restore = patch(object, "a", { get: () => 2 });
  expect([object.a, Object.keys(object)]).toEqual([2, ["a"]]);
  restore?.();
  expect(Object.getOwnPropertyDescriptor(object, "a")).toEqual(before);
});

test("patch() leaves a member that somebody else has changed since", () => {
  const object = { a: 1 };
  const restore = patch(object, "a", { value: 2 });
  object.a = 3;
  restore?.();
  expect(object.a).toBe(3);
});

test("patch() and patchMethods() change nothing of an object that refuses", () => {
  const refuse = (): never => {
    throw new Error("no");
  };
  expect(patch(Object.freeze({ a: 1 }), "a", { value: 2 })).toBe(undefined);
  expect(patch(new Proxy({}, { defineProperty: refuse }), "a", { value: 2 })).toBe(undefined);
  const partly = Object.defineProperty({ a: 1 }, "b", { value: 1 }) as { a: number; b: number };
  expect(patchMethods(partly, { a: 2, b: 2 })).toBe(undefined);
  expect([partly.a, partly.b]).toEqual([1, 1]);
});

test("methodOf() gives functions only", () => {
  expect(methodOf([], "at")).toBe(Array.prototype.at);
  expect(methodOf({ a: 1 }, "a")).toBe(undefined);
});
