import { createTestTracing, renderTrace, type TestTracing } from "@dcmx-tracing/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tracedMethod } from "./mod.ts";

let tracing: TestTracing;
beforeEach(() => {
  tracing = createTestTracing();
});
afterEach(() => tracing.shutdown());

class Base {
  count = 0;

  @tracedMethod()
  plain(a: number): number {
    return this.count + a;
  }

  @tracedMethod
  async later(a: number): Promise<number> {
    await null;
    return this.plain(a);
  }

  @tracedMethod({ operationName: "named", includeArgs: ["a"], includeResult: true })
  named(a: number): number {
    return a * 2;
  }

  @tracedMethod()
  static make(): Base {
    return new Base();
  }

  @tracedMethod()
  get total(): number {
    return this.count;
  }

  @tracedMethod()
  set total(value: number) {
    this.count = value;
  }

  @tracedMethod()
  accessor level = 1;

  @tracedMethod()
  field = (a: number): number => this.count + a;

  @tracedMethod()
  #secret(): string {
    return "secret";
  }

  reveal(): string {
    return this.#secret();
  }

  @tracedMethod({ className: "Explicit" })
  renamed(): void {}

  @tracedMethod()
  [Symbol.toPrimitive](): number {
    return 1;
  }
}

class Derived extends Base {
  @tracedMethod()
  override plain(a: number): number {
    return super.plain(a) + 100;
  }
}

test("@tracedMethod() names the span after the class that wrote the method", async () => {
  const base = new Base();
  expect([base.plain(1), await base.later(2), base.named(3)]).toEqual([1, 2, 6]);
  expect(renderTrace(tracing.spans())).toBe(
    ["Base.plain", "", "Base.later", "└─ Base.plain", "", "named code.args.a=3 code.result=6"].join("\n"),
  );
});

test("@tracedMethod() makes one span for each method that runs in a class hierarchy", async () => {
  expect(await new Derived().later(1)).toBe(101);
  expect(renderTrace(tracing.spans())).toBe(
    ["Base.later", "└─ Derived.plain", "   └─ Base.plain"].join("\n"),
  );
});

test("@tracedMethod() works on static and private members, accessors, fields and symbols", () => {
  const base = Base.make();
  base.total = 4;
  base.level = base.level + 1;
  expect([base.total, base.level, base.field(1), base.reveal(), +base]).toEqual([4, 2, 5, "secret", 1]);
  base.renamed();
  expect(tracing.spans().map((span) => span.name)).toEqual([
    "Base.make",
    "Base.total.set",
    "Base.level.get",
    "Base.level.set",
    "Base.total.get",
    "Base.level.get",
    "Base.field",
    "Base.#secret",
    "Base.Symbol.toPrimitive",
    "Explicit.renamed",
  ]);
});
