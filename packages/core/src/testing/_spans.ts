import { type HrTime, SpanKind, TraceFlags } from "@opentelemetry/api";
import { emptyResource } from "@opentelemetry/resources";
import { BasicTracerProvider, type ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { Pipeline } from "../pipeline/pipeline.ts";
import type { PipelineStats } from "../pipeline/pipeline_stats.ts";

/** Ends `count` spans of the real SDK through the pipeline; span number `n` is called `s<n>`. */
export function endSpans(pipeline: Pipeline, count: number, first = 0): void {
  const tracer = new BasicTracerProvider({ spanProcessors: [pipeline.processor] }).getTracer("test");
  for (let number = first; number < first + count; number++) {
    tracer.startSpan(`s${number}`, { attributes: { number, text: "some text" } }).end();
  }
}

/** A finished span without the cost of the SDK. */
export function fakeSpan(name: string, attributes: ReadableSpan["attributes"] = {}): ReadableSpan {
  const now: HrTime = [1_800_000_000, 5];
  const context = {
    traceId: "0af7651916cd43dd8448eb211c80319c",
    spanId: "b7ad6b7169203331",
    traceFlags: TraceFlags.SAMPLED,
  };
  return {
    name,
    kind: SpanKind.INTERNAL,
    spanContext: () => context,
    startTime: now,
    endTime: now,
    duration: [0, 0],
    status: { code: 0 },
    attributes,
    links: [],
    events: [],
    ended: true,
    resource: emptyResource(),
    instrumentationScope: { name: "test" },
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Both sides of the equation that the counters promise, to be compared in one assertion. */
export function balance(stats: PipelineStats): { in: number; out: number } {
  const sum = (counts: Readonly<Record<string, number>>): number =>
    Object.values(counts).reduce((a, b) => a + b, 0);
  return {
    in: stats.ended + stats.added + stats.spool.recovered,
    out: stats.exported + sum(stats.dropped) + sum(stats.failed) + stats.queued,
  };
}

/** The names of received spans, sorted by number. */
export function numbersOf(spans: readonly { readonly name: string }[]): number[] {
  return spans.map(({ name }) => Number(name.slice(1))).sort((a, b) => a - b);
}
