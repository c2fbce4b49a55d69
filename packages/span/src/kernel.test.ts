import { createTestTracing, renderTrace } from "@dcmx-tracing/testing";
import { ROOT_CONTEXT } from "@opentelemetry/api";
import { expect, test } from "vitest";
import * as kernel from "./kernel.ts";

test("kernel.ts exports what is documented, and nothing else", () => {
  expect(Object.keys(kernel).sort()).toEqual([
    "TracerSource",
    "callGenerator",
    "callInSpan",
    "callUntraced",
    "callWithCallback",
    "contextWithSpan",
    "endWaitingCalls",
    "errorType",
    "goesWithoutSpan",
    "inheritsUnsampled",
    "markInheritsUnsampled",
    "parentToCallUnder",
    "plainAttributes",
    "sampleHint",
    "waitingStats",
  ]);
});

const tracers = new kernel.TracerSource("test");

test("callGenerator() starts the span at the first step, under the parent of the call", async () => {
  await using tracing = createTestTracing();
  const plan = { tracers, name: "numbers", options: {} };
  let items: Generator<number> | undefined;
  tracing.tracer().startActiveSpan("caller", (caller) => {
    const parent = kernel.parentToCallUnder(plan) ?? ROOT_CONTEXT;
    const numbers = function* (from: number): Generator<number> {
      yield from;
    };
    items = kernel.callGenerator(plan, parent, numbers, undefined, [5]) as Generator<number>;
    caller.end();
  });
  expect(tracing.openSpans()).toEqual([]);
  expect([...(items ?? [])]).toEqual([5]);
  expect(renderTrace(tracing.spans())).toBe(["caller", "└─ numbers"].join("\n"));
});

test("callGenerator() gives a generator that is never asked no span, and a failing parameter one", async () => {
  await using tracing = createTestTracing();
  const plan = { tracers, name: "numbers", options: {} };
  const failing = function* (_a: number = fail()): Generator<number> {
    yield 1;
  };
  kernel.callGenerator(plan, ROOT_CONTEXT, failing, undefined, [1]);
  expect([tracing.spans(), tracing.openSpans()]).toEqual([[], []]);
  expect(() => kernel.callGenerator(plan, ROOT_CONTEXT, failing, undefined, [])).toThrow("no default");
  expect(tracing.spans().map((span) => span.status.message)).toEqual(["no default"]);
});

function fail(): never {
  throw new RangeError("no default");
}

test("callUntraced() tells onEnd of calls that have no span", async () => {
  const ends: unknown[] = [];
  const plan: kernel.SpanPlan = {
    tracers,
    name: "work",
    options: {},
    onEnd: ({ failed, error, seconds }) => ends.push([failed, error, seconds >= 0]),
  };
  expect(kernel.callUntraced(plan, () => 1, undefined, [])).toBe(1);
  expect(await kernel.callUntraced(plan, async () => 2, undefined, [])).toBe(2);
  expect(() => kernel.callUntraced(plan, fail, undefined, [])).toThrow("no default");
  expect(ends).toEqual([
    [false, undefined, true],
    [false, undefined, true],
    [true, expect.any(RangeError), true],
  ]);
});

test("callInSpan() calls the function without a span when the provider is gone in between", async () => {
  const plan = { tracers, name: "work", options: {} };
  const tracing = createTestTracing();
  const parent = kernel.parentToCallUnder(plan) ?? ROOT_CONTEXT;
  await tracing.shutdown();
  expect(kernel.callInSpan(plan, parent, () => 1, undefined, [])).toBe(1);
});
