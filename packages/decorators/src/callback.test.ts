import { startSpan } from "@dcmx-tracing/span";
import { createTestTracing, renderTrace, type TestTracing } from "@dcmx-tracing/testing";
import { AlwaysOffSampler } from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, expect, test } from "vitest";
import { traced } from "./mod.ts";

type Done = (error: unknown, result?: number) => void;

let tracing: TestTracing;
beforeEach(() => {
  tracing = createTestTracing();
});
afterEach(() => tracing.shutdown());

const settled = (fn: (done: Done) => void): Promise<unknown[]> =>
  new Promise((resolve) => fn((...args) => resolve(args)));

test("callback: the span ends when the callback is called, with its result", async () => {
  const read = traced(
    { operationName: "read", callback: true, includeResult: true },
    (id: number, done: Done) => {
      queueMicrotask(() => startSpan("disk", () => done(null, id + 1)));
    },
  );
  expect(await settled((done) => read(1, done))).toEqual([null, 2]);
  expect(renderTrace(tracing.spans())).toBe(["read code.result=2", "└─ disk"].join("\n"));
});

test("callback: an error that is passed on fails the span", async () => {
  const read = traced({ operationName: "read", callback: 0 }, (done: Done, _more: string) =>
    done(new RangeError("no")),
  );
  await settled((done) => read(done, "more"));
  expect(renderTrace(tracing.spans(), { attributes: false, events: false })).toBe('read ERROR "no"');
});

test("callback: an error that is thrown fails the span, and is thrown", () => {
  const read = traced({ operationName: "read", callback: true }, (_done: Done) => {
    throw new RangeError("no");
  });
  expect(() => read(() => {})).toThrow("no");
  expect(renderTrace(tracing.spans(), { attributes: false, events: false })).toBe('read ERROR "no"');
});

test("callback: it runs in the caller's context, with its this, name and properties, however often it is called", () => {
  const seen: unknown[] = [];
  const read = traced({ operationName: "read", callback: true }, (done: Done & { tag?: string }) => {
    seen.push(done.name, done.length, done.tag);
    done.call({ self: true }, null, 1);
    done.call({ self: true }, null, 2);
  });
  function callback(this: unknown, _error: unknown, result?: number): void {
    startSpan("after", () => seen.push(this, result));
  }
  startSpan("caller", () => read(Object.assign(callback, { tag: "t" })));
  expect(seen).toEqual(["callback", 2, "t", { self: true }, 1, { self: true }, 2]);
  expect(renderTrace(tracing.spans())).toBe(["caller", "├─ read", "├─ after", "└─ after"].join("\n"));
});

test("callback: without a function in that place, the result counts", async () => {
  const read = traced({ operationName: "read", callback: true }, async (id: number) => id);
  expect(await read(1)).toBe(1);
  expect(renderTrace(tracing.spans())).toBe("read");
});

test("callback: the very callback is passed on when nothing is recorded", async () => {
  await tracing.shutdown();
  tracing = createTestTracing({ sampler: new AlwaysOffSampler() });
  const given: unknown[] = [];
  const read = traced({ operationName: "read", callback: true }, (done: Done) => given.push(done));
  const done: Done = () => {};
  read(done);
  expect(given).toEqual([done]);
});
