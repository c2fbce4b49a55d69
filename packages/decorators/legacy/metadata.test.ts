import "reflect-metadata";
import { createTestTracing, type TestTracing } from "@dcmx-tracing/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { traced, tracedClass, tracedMethod } from "../src/mod.ts";

let tracing: TestTracing;
beforeEach(() => {
  tracing = createTestTracing();
});
afterEach(() => tracing.shutdown());

/** Keeps its metadata on the function, as NestJS does for routes and guards. */
const Route =
  (path: string): MethodDecorator =>
  (_target, _key, descriptor) => {
    Reflect.defineMetadata("path", path, descriptor.value as object);
  };
/** Keeps its metadata by class and member, as NestJS does for parameters. */
const Role =
  (role: string): MethodDecorator =>
  (target, key) =>
    Reflect.defineMetadata("role", role, target, key);
/** Replaces the function by one of its own, as careless decorators do. */
const Wrapped: MethodDecorator = (_target, _key, descriptor) => {
  const { value } = descriptor as { value: (...args: unknown[]) => unknown };
  Object.assign(descriptor, {
    value(this: unknown, ...args: unknown[]) {
      return value.apply(this, args);
    },
  });
};

class Controller {
  @tracedMethod()
  @Route("/outer")
  @Role("a")
  outer(): string {
    return "outer";
  }

  @Route("/inner")
  @Role("b")
  @tracedMethod()
  inner(): string {
    return "inner";
  }

  @Route("/wrapped")
  @Wrapped
  @tracedMethod()
  wrapped(): string {
    return "wrapped";
  }
}

@tracedClass()
class Whole {
  @Route("/whole")
  @Role("c")
  whole(): string {
    return "whole";
  }
}

test.each([
  [Controller, "outer", "/outer", "a"],
  [Controller, "inner", "/inner", "b"],
  [Controller, "wrapped", "/wrapped", undefined],
  [Whole, "whole", "/whole", "c"],
])("metadata of %o.%s is kept, whatever the order of the decorators", (type, key, path, role) => {
  // The table holds classes and the names of their methods.
  const prototype = type.prototype as unknown as Record<string, () => string>;
  expect(Reflect.getMetadata("path", prototype[key] as object)).toBe(path);
  expect(Reflect.getMetadata("role", prototype, key)).toBe(role);
  expect(Reflect.apply(prototype[key] as () => string, new type(), [])).toBe(key);
  expect(tracing.spans().map((span) => span.name)).toEqual([`${type.name}.${key}`]);
});

test("metadata of a function is kept by traced()", () => {
  const fn = (): number => 1;
  Reflect.defineMetadata("path", "/fn", fn);
  expect(Reflect.getMetadata("path", traced(fn))).toBe("/fn");
});

test("metadata and static members of a class are kept by @tracedClass() with construct", () => {
  @tracedClass({ construct: true })
  @Reflect.metadata("table", "nfts")
  class Entity {
    static readonly version = 2;
  }
  expect([Reflect.getMetadata("table", Entity), Entity.version, new Entity() instanceof Entity]).toEqual([
    "nfts",
    2,
    true,
  ]);
});
