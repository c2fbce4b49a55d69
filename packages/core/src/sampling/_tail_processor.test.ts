import { context, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import fc from "fast-check";
import { expect, test } from "vitest";
import { DecisionCounts } from "./_decision_counts.ts";
import { TailProcessor } from "./_tail_processor.ts";

const RECORD_ONLY = { shouldSample: () => ({ decision: 1 }), toString: () => "record" };

function setUp(rules: { maxSpans?: number; maxAgeMs?: number }, now: () => number) {
  const exporter = new InMemorySpanExporter();
  const counts = new DecisionCounts();
  const tail = new TailProcessor(
    [new SimpleSpanProcessor(exporter)],
    { keepErrors: true, slowMs: undefined, maxSpans: 100, maxAgeMs: 1000, ...rules },
    counts,
    now,
  );
  const tracer = new BasicTracerProvider({ sampler: RECORD_ONLY, spanProcessors: [tail] }).getTracer("t");
  return { exporter, counts, tail, tracer };
}

test("TailProcessor gives up a trace that stays undecided for longer than maxAgeMs", () => {
  let clock = 0;
  const { counts, tail, tracer } = setUp({}, () => clock);
  const root = tracer.startSpan("root");
  tracer.startSpan("child", {}, trace.setSpan(ROOT_CONTEXT, root)).end();
  expect(tail.held).toBe(1);
  clock = 1001;
  tracer.startSpan("other").end();
  expect(tail.held).toBe(0);
  root.end();
  expect(counts.stats().dropped).toEqual({ "tail-expired": 2, "tail-uninteresting": 1 });
});

test("TailProcessor settles every recorded span exactly once and never holds more than it may", () => {
  const step = fc.record({ trace: fc.nat(4), end: fc.boolean(), error: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const { exporter, counts, tail, tracer } = setUp({ maxSpans: 8 }, () => 0);
      const roots = new Map<number, ReturnType<typeof tracer.startSpan>>();
      let ended = 0;
      for (const { trace: id, end, error } of steps) {
        const root = roots.get(id);
        if (root === undefined) {
          roots.set(id, tracer.startSpan("root", {}, ROOT_CONTEXT));
          continue;
        }
        const span = end ? root : tracer.startSpan("child", {}, trace.setSpan(context.active(), root));
        if (error) span.setStatus({ code: 2 });
        span.end();
        ended++;
        if (end) roots.delete(id);
        expect(tail.held).toBeLessThanOrEqual(8);
      }
      void tail.shutdown();
      expect(tail.held).toBe(0);
      expect(counts.kept + counts.dropped).toBe(ended);
      expect(exporter.getFinishedSpans().length).toBe(counts.kept);
    }),
  );
});
