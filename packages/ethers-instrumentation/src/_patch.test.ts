import { expect, test } from "vitest";
import { type Method, ownsMethods, patchMethod, prototypeChain, unpatch } from "./_patch.ts";

class Base {
  greet(name: string): string {
    return `hello ${name}`;
  }
  get getter(): number {
    return 1;
  }
}

class Derived extends Base {}

const loud = (original: Method): Method =>
  function (this: object, ...args: unknown[]): unknown {
    return String(original.apply(this, args)).toUpperCase();
  };

test("patchMethod() replaces a method once, keeps its looks, and unpatch() brings it back", () => {
  const before = Object.getOwnPropertyDescriptor(Base.prototype, "greet");
  patchMethod(Base.prototype, "greet", loud);
  patchMethod(Base.prototype, "greet", () => () => "twice");
  expect(new Base().greet("you")).toBe("HELLO YOU");
  const after = Object.getOwnPropertyDescriptor(Base.prototype, "greet");
  expect([Base.prototype.greet.name, Base.prototype.greet.length]).toEqual(["greet", 1]);
  expect([after?.enumerable, after?.writable, after?.configurable]).toEqual([false, true, true]);
  unpatch(Base.prototype);
  expect(Object.getOwnPropertyDescriptor(Base.prototype, "greet")).toEqual(before);
});

test("patchMethod() on an object that inherits the method shadows it without showing, and unpatch() removes it", () => {
  const object = new Derived();
  patchMethod(object, "greet", loud);
  expect(object.greet("you")).toBe("HELLO YOU");
  expect(Object.keys(object)).toEqual([]);
  expect(new Derived().greet("you")).toBe("hello you");
  unpatch(object);
  expect(Object.getOwnPropertyNames(object)).toEqual([]);
});

test("unpatch() leaves a method that somebody has wrapped since, and a later patch does not double it", () => {
  const object = new Derived();
  patchMethod(object, "greet", loud);
  const ours = object.greet;
  const theirs = function (this: Derived, name: string): string {
    return `<${ours.call(this, name)}>`;
  };
  object.greet = theirs;
  unpatch(object);
  expect(object.greet).toBe(theirs);
  patchMethod(object, "greet", loud);
  expect(object.greet("you")).toBe("<HELLO YOU>");
});

test("patchMethod() leaves what is no method, is absent or cannot be changed", () => {
  const frozen = Object.freeze({ greet: () => "frozen" });
  patchMethod(frozen, "greet", loud);
  expect(frozen.greet()).toBe("frozen");
  const plain = { value: 1 };
  patchMethod(plain, "value", loud);
  patchMethod(plain, "absent", loud);
  expect(plain).toEqual({ value: 1 });
});

test("ownsMethods() and prototypeChain() look at one level and at all", () => {
  expect(ownsMethods(Base.prototype, "greet")).toBe(true);
  expect(ownsMethods(Derived.prototype, "greet")).toBe(false);
  expect(ownsMethods(Base.prototype, "getter")).toBe(false);
  const object = new Derived();
  expect([...prototypeChain(object)]).toEqual([object, Derived.prototype, Base.prototype]);
});
