import { createTestTracing, renderTrace, type TestTracing } from "@dcmx-tracing/testing";
import { type ContextManager, context, SpanKind } from "@opentelemetry/api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { traced } from "./mod.ts";

let tracing: TestTracing;
beforeEach(() => {
  tracing = createTestTracing();
});
afterEach(() => tracing.shutdown());

test("traced() keeps name, length, own properties and symbols of the function", () => {
  const key = Symbol("key");
  const fn = Object.assign(
    function sum(a: number, b: number) {
      return a + b;
    },
    { version: 2, [key]: 3 },
  );
  const wrapper = traced(fn);
  expect([wrapper.name, wrapper.length, wrapper.version, wrapper[key]]).toEqual(["sum", 2, 2, 3]);
  expect(wrapper(1, 2)).toBe(3);
  expect(renderTrace(tracing.spans())).toBe("sum");
});

test("traced() passes this and all arguments on", () => {
  const wrapper = traced(function (this: { base: number }, ...rest: number[]) {
    return [this.base, rest];
  });
  expect(wrapper.call({ base: 1 }, 2, 3)).toEqual([1, [2, 3]]);
});

test("traced() leaves an async function one for those who look at its class", async () => {
  const wrapper = traced(async () => 1);
  expect(wrapper.constructor.name).toBe("AsyncFunction");
  expect(await wrapper()).toBe(1);
});

test("traced() makes nothing constructible that was not, and keeps what was", () => {
  function Point(this: { x: number }, x: number): void {
    this.x = x;
  }
  // A function of the old kind is a constructor, which its type does not say.
  const TracedPoint = traced(Point) as unknown as new (x: number) => { x: number };
  const point = new TracedPoint(3);
  expect([
    point.x,
    point instanceof TracedPoint,
    point instanceof (Point as unknown as typeof TracedPoint),
  ]).toEqual([3, true, true]);
  const arrow = traced(() => 1) as unknown as new () => unknown;
  expect(() => new arrow()).toThrow(TypeError);
});

test("traced() of a traced function makes one span a call, with the new options", () => {
  const once = traced({ operationName: "first" }, (a: number) => a);
  const twice = traced({ operationName: "second" }, once);
  expect(twice(5)).toBe(5);
  expect(renderTrace(tracing.spans())).toBe("second");
});

test("traced() records nothing of arguments and result by default", () => {
  traced((secret: string) => secret)("0xkey");
  expect(tracing.spans()[0]?.attributes).toEqual({});
});

test("traced() with includeArgs and includeResult records them by name", async () => {
  const mint = traced(
    { operationName: "mint", includeArgs: true, includeResult: true },
    async (tokenId: bigint, { owner }: { owner: string }, ...tags: string[]) => ({ tokenId, owner, tags }),
  );
  await mint(7n, { owner: "alice" }, "a", "b");
  expect(tracing.spans()[0]?.attributes).toEqual({
    "code.args.tokenId": "7",
    "code.args.1": '{"owner":"alice"}',
    "code.args.tags": '["a","b"]',
    "code.result": '{"tokenId":"7","owner":"alice","tags":["a","b"]}',
  });
});

test("traced() records only the named arguments and paths", () => {
  const mint = traced(
    {
      operationName: "mint",
      includeArgs: ["order.price", "1", "absent", "order.none.deeper"],
      includeResult: ["id"],
    },
    (order: { price: number; card: string }, count: number) => ({ id: count, card: order.card }),
  );
  mint({ price: 5, card: "4111" }, 2);
  expect(tracing.spans()[0]?.attributes).toEqual({
    "code.args.order.price": 5,
    "code.args.1": 2,
    "code.result.id": 2,
  });
});

test("traced() takes functions for attributes, links, includeArgs and includeResult", () => {
  const link = { context: { traceId: "a".repeat(32), spanId: "b".repeat(16), traceFlags: 1 } };
  const mint = traced(
    {
      operationName: "mint",
      kind: SpanKind.PRODUCER,
      attributes: (tokenId) => ({ "nft.token_id": tokenId }),
      links: () => [link],
      includeArgs: (tokenId) => ({ parity: tokenId % 2n }),
      includeResult: (result) => result.length,
    },
    (tokenId: bigint) => `token ${tokenId}`,
  );
  mint(7n);
  expect(renderTrace(tracing.spans(), { links: false })).toBe(
    'mint PRODUCER code.args.parity="1" code.result=7 nft.token_id="7"',
  );
  expect(tracing.spans()[0]?.links[0]?.context).toEqual(link.context);
});

test("traced() survives options that throw", () => {
  const boom = (): never => {
    throw new Error("boom");
  };
  const options = {
    operationName: "mint",
    attributes: boom,
    includeArgs: boom,
    includeResult: boom,
    links: boom,
  };
  expect(traced(options, () => 1)()).toBe(1);
  expect(renderTrace(tracing.spans())).toBe("mint");
});

test("traced() without an SDK calls the function and computes nothing", async () => {
  await tracing.shutdown();
  let computed = 0;
  const wrapper = traced(
    { attributes: () => ({ n: ++computed }), includeArgs: () => ({ n: ++computed }) },
    () => 1,
  );
  expect([wrapper(), computed]).toEqual([1, 0]);
  tracing = createTestTracing();
  wrapper();
  expect(computed).toBe(2);
});

test("traced() throws a TypeError when there is nothing to trace", () => {
  // @ts-expect-error a function is required
  expect(() => traced({})).toThrow(
    new TypeError("Cannot trace as 'fn' must be a function: current value is undefined"),
  );
});

test("traced() with hierarchical naming puts the parent's name before its own, without growing in recursion", () => {
  const options = { naming: "hierarchical" } as const;
  const award = traced({ ...options, operationName: "award_badge" }, (depth: number): number =>
    depth === 0 ? 0 : award(depth - 1),
  );
  traced({ operationName: "artist_onboarding" }, () => award(1))();
  expect(renderTrace(tracing.spans())).toBe(
    ["artist_onboarding", "└─ artist_onboarding.award_badge", "   └─ artist_onboarding.award_badge"].join(
      "\n",
    ),
  );
});

test("traced() passes root, requireParent, kind, until, onError and sampleHint on to the span", () => {
  expect(traced({ operationName: "lonely", requireParent: true }, () => 1)()).toBe(1);
  traced({ operationName: "outer" }, () => {
    traced({ operationName: "rooted", root: true, kind: SpanKind.CONSUMER }, () => 1)();
    traced({ operationName: "generated", until: "settled" }, () =>
      (function* () {
        yield 1;
      })(),
    )();
    expect(() =>
      traced({ operationName: "ignored", onError: () => false, sampleHint: "keep" }, () => {
        throw new Error("redirect");
      })(),
    ).toThrow("redirect");
  })();
  expect(renderTrace(tracing.spans())).toBe(
    ["outer", "├─ generated", "└─ ignored", "", "rooted CONSUMER"].join("\n"),
  );
});

test("traced() without a tracer provider leaves the context manager alone, so that await costs what it did", async () => {
  await tracing.shutdown();
  const refuse = (): never => {
    throw new Error("touched");
  };
  const manager = {
    active: refuse,
    with: refuse,
    bind: refuse,
    enable: refuse,
    disable: () => manager,
  } as ContextManager;
  context.setGlobalContextManager(manager);
  const promise = Promise.resolve(1);
  expect(traced(() => promise)()).toBe(promise);
  context.disable();
  tracing = createTestTracing();
});
