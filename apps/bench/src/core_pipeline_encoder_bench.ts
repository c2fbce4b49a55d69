// The encoder of core against ProtobufTraceSerializer, 512 spans a batch, in one process, taking turns.
// That both say the same is proven by packages/core/src/pipeline/_span_encoder.test.ts.
// Run: pnpm --filter @dcmx-tracing/bench bench:core-encoder
import type { Attributes } from "@opentelemetry/api";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
// The encoder is internal to core, so it is reached by its path.
import { SpanEncoder } from "../../../packages/core/src/pipeline/_span_encoder.ts";
import { attributesOf } from "./core_pipeline_subjects.ts";

const BATCH = 512;
const ROUNDS = 41;
const REPEATS = 100;
let sink = 0;

function spansWith(attributes: Attributes): ReadableSpan[] {
  const exporter = new InMemorySpanExporter();
  const resource = resourceFromAttributes({ "service.name": "bench", "service.version": "1.2.3" });
  const provider = new BasicTracerProvider({ resource, spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const tracer = provider.getTracer("bench", "1.0.0");
  for (let at = 0; at < BATCH; at++) tracer.startSpan("nft_minting.mint", { attributes }).end();
  return exporter.getFinishedSpans();
}

const encoder = new SpanEncoder();
const subjects: Record<string, (spans: ReadableSpan[]) => Uint8Array> = {
  sdk: (spans) => ProtobufTraceSerializer.serializeRequest(spans) ?? new Uint8Array(),
  ours: (spans) => {
    for (const span of spans) encoder.add(span);
    return encoder.take().body();
  },
};

console.log("| attributes | subject | us/span | heap B/span | wire B/span |\n|---|---|---|---|---|");
for (const attributes of [0, 5, 20]) {
  const spans = spansWith(attributesOf(attributes));
  const results = new Map<string, { us: number; heap: number }[]>(
    Object.keys(subjects).map((name) => [name, []]),
  );
  for (let round = 0; round < ROUNDS; round++) {
    const order = Object.entries(subjects);
    for (const [name, encode] of round % 2 ? order.reverse() : order) {
      const heap = process.memoryUsage().heapUsed;
      const start = process.cpuUsage();
      for (let repeat = 0; repeat < REPEATS; repeat++) sink += encode(spans).length;
      // Time on a processor, not on the clock: the machine may be shared.
      const { user, system } = process.cpuUsage(start);
      const us = (user + system) / BATCH / REPEATS;
      results.get(name)?.push({ us, heap: (process.memoryUsage().heapUsed - heap) / BATCH / REPEATS });
    }
  }
  for (const [name, encode] of Object.entries(subjects)) {
    const runs = results.get(name) ?? [];
    const [us, heap] = [median(runs.map((run) => run.us)), median(runs.map((run) => run.heap))];
    console.log(
      `| ${attributes} | ${name} | ${us.toFixed(2)} | ${heap.toFixed(0)} | ${(encode(spans).length / BATCH).toFixed(0)} |`,
    );
  }
}
if (sink === 0) throw new Error("nothing was encoded");

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
