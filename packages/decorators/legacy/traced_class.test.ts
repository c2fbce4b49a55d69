import { createTestTracing, renderTrace, type TestTracing } from "@dcmx-tracing/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tracedClass, tracedMethod, untraced } from "../src/mod.ts";

let tracing: TestTracing;
beforeEach(() => {
  tracing = createTestTracing();
});
afterEach(() => tracing.shutdown());

function names(): string[] {
  return tracing.spans().map((span) => span.name);
}

@tracedClass()
class Base {
  static readonly version = 3;
  static readonly Inner: new () => object = class {};

  static create(): Base {
    return new this();
  }

  plain(): string {
    return this.hidden() + this.value;
  }

  inherited(): string {
    return "inherited";
  }

  @untraced()
  hidden(): string {
    return "hidden ";
  }

  @tracedMethod({ operationName: "own.name" })
  named(): string {
    return "named";
  }

  get value(): number {
    return 1;
  }

  [Symbol.toPrimitive](): string {
    return "primitive";
  }
}

@tracedClass
class Derived extends Base {
  override plain(): string {
    return `derived ${super.plain()}`;
  }
}

class Bare extends Base {}

test("@tracedClass() traces the own public methods of a class, static ones too, once", () => {
  const base = Base.create();
  expect([base.plain(), base.named(), `${base}`]).toEqual(["hidden 1", "named", "primitive"]);
  expect(names()).toEqual(["Base.create", "Base.plain", "own.name"]);
});

test("@tracedClass() on several classes of a hierarchy gives one span to each method that runs", () => {
  const derived = new Derived();
  expect([derived.plain(), derived.inherited(), new Bare().inherited()]).toEqual([
    "derived hidden 1",
    "inherited",
    "inherited",
  ]);
  expect(renderTrace(tracing.spans())).toBe(
    ["Derived.plain", "└─ Base.plain", "", "Base.inherited", "", "Base.inherited"].join("\n"),
  );
});

test("@tracedClass() leaves the class what it is", () => {
  expect([Base.name.replace("_", ""), Base.length, Base.version]).toEqual(["Base", 0, 3]);
  expect(new Derived() instanceof Base).toBe(true);
  expect(new Base.Inner()).toBeInstanceOf(Base.Inner);
  expect(Base.prototype.constructor).toBe(Base);
  expect(Object.keys(new Base())).toEqual([]);
  expect(Object.getOwnPropertyDescriptor(Base.prototype, "plain")?.enumerable).toBe(false);
});

test("@tracedClass() traces what include, exclude, statics and accessors select", () => {
  @tracedClass({ include: ["a", Symbol.toPrimitive], statics: false })
  class Included {
    static s(): void {}
    a(): void {}
    b(): void {}
    [Symbol.toPrimitive](): number {
      return 1;
    }
  }
  @tracedClass({ exclude: (name) => name === "b", accessors: true, className: "Explicit" })
  class Excluded {
    #c = 1;
    a(): void {}
    b(): void {}
    get c(): number {
      return this.#c;
    }
    set c(value: number) {
      this.#c = value;
    }
  }
  Included.s();
  const included = new Included();
  included.a();
  included.b();
  expect(+included).toBe(1);
  const excluded = new Excluded();
  excluded.a();
  excluded.b();
  excluded.c = excluded.c + 1;
  expect(excluded.c).toBe(2);
  expect(names()).toEqual([
    "Included.a",
    "Included.Symbol.toPrimitive",
    "Explicit.a",
    "Explicit.c.get",
    "Explicit.c.set",
    "Explicit.c.get",
  ]);
});

test("@tracedClass() with construct traces new, for subclasses too, and keeps statics and instanceof", () => {
  @tracedClass({ construct: true, includeArgs: true })
  class Point {
    static readonly origin = 0;
    readonly x: number;
    constructor(x: number) {
      this.x = x;
    }
  }
  class Point3 extends Point {}
  const point = new Point3(4);
  expect([point.x, point instanceof Point, point.constructor, new Point(1).constructor]).toEqual([
    4,
    true,
    Point3,
    Point,
  ]);
  expect([Point.origin, Point.name.replace("_", "")]).toEqual([0, "Point"]);
  expect(renderTrace(tracing.spans())).toBe(
    ["Point.constructor code.args.x=4", "", "Point.constructor code.args.x=1"].join("\n"),
  );
});

test("@tracedClass() refuses what is no class", () => {
  const value: unknown = {};
  expect(() => tracedClass({})(value as typeof Base)).toThrow(
    new TypeError("Cannot trace as @tracedClass() must be on a class: current value is object"),
  );
});
