/** The equation of the counters, for arbitrary targets, wrappers, bounds and orders of events. */

import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import type { SpanExporter } from "@opentelemetry/sdk-trace-base";
import fc from "fast-check";
import { expect, test } from "vitest";
import { balance, fakeSpan } from "../testing/_spans.ts";
import { createPipeline } from "./create_pipeline.ts";

const answers: Record<string, (done: (result: ExportResult) => void) => void> = {
  accept: (done) => done({ code: ExportResultCode.SUCCESS }),
  later: (done) => setImmediate(done, { code: ExportResultCode.SUCCESS }),
  twice: (done) => {
    done({ code: ExportResultCode.SUCCESS });
    done({ code: ExportResultCode.FAILED });
  },
  fail: (done) => done({ code: ExportResultCode.FAILED, error: new Error("no") }),
  retry: (done) =>
    done({ code: ExportResultCode.FAILED, error: Object.assign(new Error("later"), { code: 503 }) }),
  throw: () => {
    throw new Error("broken");
  },
};
const answer = fc.constantFrom(...Object.keys(answers));
const step = fc.oneof(
  fc.record({ end: fc.integer({ min: 1, max: 12 }) }),
  fc.constant({ turn: true }),
  fc.constant({ flush: true }),
);
const wrapping = fc.constantFrom("none", "pass", "half", "double", "async", "fail");

/** An exporter that answers as it is told and remembers what it accepted. */
function scripted(script: readonly string[], accepted: string[]): SpanExporter {
  let call = 0;
  return {
    export(spans, done) {
      const name = script[call++ % script.length] ?? "accept";
      if (name === "accept" || name === "later" || name === "twice")
        accepted.push(...spans.map((span) => span.name));
      answers[name]?.(done);
    },
    shutdown: () => Promise.resolve(),
  };
}

function wrap(kind: string): ((inner: SpanExporter) => SpanExporter) | undefined {
  if (kind === "none") return undefined;
  return (inner) => ({
    export(spans, done) {
      if (kind === "fail") done({ code: ExportResultCode.FAILED });
      else if (kind === "half") inner.export(spans.slice(spans.length >> 1), done);
      else if (kind === "double") inner.export([...spans, ...spans], done);
      else if (kind === "async") setImmediate(() => inner.export(spans, done));
      else inner.export(spans, done);
    },
    shutdown: () => Promise.resolve(),
  });
}

test("PipelineStats account for every span at any moment, whatever happens", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(answer, { minLength: 1, maxLength: 8 }),
      wrapping,
      fc.array(step, { maxLength: 12 }),
      fc.record({
        maxBatchSpans: fc.integer({ min: 1, max: 6 }),
        maxQueueSpans: fc.integer({ min: 4, max: 30 }),
        scheduleDelayMs: fc.constantFrom(0, 1_000),
      }),
      fc.integer({ min: 1, max: 3 }),
      async (script, kind, steps, batch, concurrency) => {
        const accepted: string[] = [];
        const wrapExporter = wrap(kind);
        const pipeline = createPipeline({
          target: { kind: "exporter", exporter: scripted(script, accepted), concurrency },
          batch,
          retry: { initialDelayMs: 1, maxDelayMs: 2 },
          ...(wrapExporter && { wrapExporter }),
        });
        let number = 0;
        const check = (): void => {
          const { in: given, out } = balance(pipeline.stats());
          expect(out).toBe(given);
        };
        for (const each of steps) {
          if ("end" in each)
            for (let at = 0; at < each.end; at++) pipeline.processor.onEnd(fakeSpan(`s${number++}`));
          if ("turn" in each) await new Promise((resolve) => setImmediate(resolve));
          if ("flush" in each) await pipeline.flush(2);
          check();
        }
        await pipeline.shutdown(5);
        await new Promise((resolve) => setImmediate(resolve));
        check();
        const stats = pipeline.stats();
        expect(stats).toMatchObject({ ended: number, queued: 0, queuedBytes: 0, inFlight: 0 });
        // An answer that comes after the shutdown is not waited for: then more arrived than is counted.
        if (!script.includes("later")) expect(stats.exported).toBe(accepted.length);
        else expect(stats.exported).toBeLessThanOrEqual(accepted.length);
      },
    ),
    { numRuns: 150 },
  );
});
