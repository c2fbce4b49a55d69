import { createTestTracing, renderTrace, type TestTracing } from "@dcmx-tracing/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tracedMethod } from "../src/mod.ts";

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

  set total(value: number) {
    this.count = value;
  }

  @tracedMethod({ className: "Explicit" })
  renamed(): void {}
}

class Derived extends Base {
  @tracedMethod()
  override plain(a: number): number {
    return super.plain(a) + 100;
  }
}

test("@tracedMethod() as a legacy decorator names the span after the class that wrote the method", async () => {
  const base = new Base();
  expect([base.plain(1), await base.later(2), base.named(3)]).toEqual([1, 2, 6]);
  expect(renderTrace(tracing.spans())).toBe(
    ["Base.plain", "", "Base.later", "└─ Base.plain", "", "named code.args.a=3 code.result=6"].join("\n"),
  );
});

test("@tracedMethod() as a legacy decorator makes one span for each method that runs in a hierarchy", async () => {
  expect(await new Derived().later(1)).toBe(101);
  expect(renderTrace(tracing.spans())).toBe(
    ["Base.later", "└─ Derived.plain", "   └─ Base.plain"].join("\n"),
  );
});

test("@tracedMethod() as a legacy decorator works on static members and both halves of an accessor", () => {
  const base = Base.make();
  base.total = 4;
  expect(base.total).toBe(4);
  base.renamed();
  expect(tracing.spans().map((span) => span.name)).toEqual([
    "Base.make",
    "Base.total.set",
    "Base.total.get",
    "Explicit.renamed",
  ]);
});

test("@tracedMethod() as a legacy decorator refuses a field, saying what to do", () => {
  expect(() => {
    class Holder {
      @tracedMethod()
      field = (): number => 1;
    }
    return Holder;
  }).toThrow(
    new TypeError(
      "Cannot trace 'field' as a legacy decorator must be on a method or accessor: it is a field; use traced() on its value",
    ),
  );
});
