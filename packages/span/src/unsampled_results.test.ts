import { createTestTracing, type TestTracing } from "@dcmx-tracing/testing";
import { ParentBasedSampler, type Sampler, SamplingDecision } from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, expect, test } from "vitest";
import { waitingStats } from "./kernel.ts";
import { startSpan } from "./mod.ts";

/** Samples every trace but those that begin with "off". */
const byName: Sampler = {
  shouldSample: (_context, _traceId, name) => ({
    decision: name === "off" ? SamplingDecision.NOT_RECORD : SamplingDecision.RECORD_AND_SAMPLED,
  }),
  toString: () => "byName",
};

let tracing: TestTracing;
beforeEach(() => {
  tracing = createTestTracing({ sampler: new ParentBasedSampler({ root: byName }) });
});
afterEach(() => tracing.shutdown());

test("startSpan() returns the very promise of a function whose span is not sampled", async () => {
  const promise = Promise.resolve(1);
  expect(startSpan("off", () => promise)).toBe(promise);
});

test("startSpan() lets what an unsampled generator, thenable or stream does later inherit that it is not sampled", async () => {
  const numbers = function* (): Generator<number> {
    yield startSpan("step", () => 1);
  };
  expect([...startSpan("off", numbers)]).toEqual([1]);

  const query = startSpan("off", () => ({
    // biome-ignore lint/suspicious/noThenProperty: a lazy query builder
    then: (done: (rows: number) => unknown) => done(startSpan("step", () => 2)),
  }));
  expect(await query).toBe(2);

  const stream = startSpan("off", () => {
    const pull = (controller: ReadableStreamDefaultController): void =>
      startSpan("step", () => controller.close());
    return new ReadableStream({ pull }, { highWaterMark: 0 });
  });
  for await (const _chunk of stream);

  expect(tracing.spans()).toEqual([]);
  expect(waitingStats().waiting).toBe(0);
});

test("startSpan() computes nothing about a result that nobody records, and keeps none of it waiting", () => {
  startSpan("off", function* () {
    yield 1;
  });
  expect(waitingStats().waiting).toBe(0);
});
