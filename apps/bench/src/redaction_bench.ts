// Cost of redaction beside the SDK's own span and its OTLP encoding, interleaved in one process.
// pnpm --filter @dcmx-tracing/bench bench:redaction
import { createRedactor, RedactionSpanProcessor } from "@dcmx-tracing/redaction";
import type { Attributes } from "@opentelemetry/api";
import { ExportResultCode } from "@opentelemetry/core";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  type ReadableSpan,
  type SpanExporter,
} from "@opentelemetry/sdk-trace-base";
import { CONSTANT, exception, repeating, revert, unique } from "./redaction_subjects.ts";

const ROUNDS = 15;
const WARM = 10;
const SPANS = 2000;
let sink = 0;

const nowhere: SpanExporter = {
  export: (spans, done) => {
    sink += spans.length;
    done({ code: ExportResultCode.SUCCESS });
  },
  shutdown: () => Promise.resolve(),
};

const provider = new BasicTracerProvider({
  spanProcessors: [new BatchSpanProcessor(nowhere, { maxQueueSize: 100_000, maxExportBatchSize: 4096 })],
});
const tracer = provider.getTracer("bench");
const { redactSpan, redactString } = createRedactor();

function spanOf(attributes: Attributes, event?: Attributes): ReadableSpan {
  const span = tracer.startSpan("nft.mint", { attributes });
  if (event !== undefined) span.addEvent("exception", event);
  span.end();
  // Spans of the SDK are readable spans.
  return span as unknown as ReadableSpan;
}

/** Microseconds of processor time a call, over the inputs of one round: other work on the machine counts less. */
function each<T>(inputs: readonly T[], call: (input: T) => unknown): number {
  const start = process.cpuUsage();
  for (const input of inputs) if (call(input) !== undefined) sink++;
  const { user, system } = process.cpuUsage(start);
  return (user + system) / inputs.length;
}

/** Strings that were put together are made whole by whoever reads them first; those of a request are whole. */
function received(attributes: Attributes): Attributes {
  // What was written comes back.
  return JSON.parse(JSON.stringify(attributes)) as Attributes;
}

const constantSpan = spanOf(CONSTANT);
const constants: readonly ReadableSpan[] = Array.from({ length: SPANS }, () => constantSpan);
const subjects: Readonly<Record<string, (round: number) => number>> = {
  "SDK: start and end a span of 20 attributes, batch processor": () =>
    each(constants, () => spanOf(CONSTANT)),
  "SDK: encode it as OTLP protobuf": () =>
    each(constants.slice(0, 200), (s) => ProtobufTraceSerializer.serializeRequest([s])),
  "redact a clean span of 20 attributes, the same again": () => each(constants, (s) => redactSpan(s)),
  "redact a clean span, 5 values of 20 new": (round) =>
    each(
      Array.from({ length: 500 }, (_, i) => spanOf(repeating(round * 500 + i))),
      (s) => redactSpan(s),
    ),
  "redact a clean span, every string new and put together": (round) =>
    each(
      Array.from({ length: 500 }, (_, i) => spanOf(unique(round * 500 + i))),
      (s) => redactSpan(s),
    ),
  "redact a clean span, every string new and read from a request": (round) =>
    each(
      Array.from({ length: 500 }, (_, i) => spanOf(received(unique(round * 500 + i)))),
      (s) => redactSpan(s),
    ),
  "redact a clean exception of 1.5 KB": (round) =>
    each(
      Array.from({ length: 400 }, (_, i) => spanOf({}, exception(round * 400 + i))),
      (s) => redactSpan(s),
    ),
  "redact a revert of ethers, 3 KB": (round) =>
    each(
      Array.from({ length: 50 }, (_, i) => spanOf({}, revert(round * 50 + i))),
      (s) => redactSpan(s),
    ),
};

const prose = "the minter waits until the block is final and then writes the receipt. ";
const large: Readonly<Record<string, string>> = {
  "redact 100 KB of prose": prose.repeat(1400).slice(0, 100_000),
  "redact 100 KB of hexadecimal digits": "0a1b2c3d".repeat(12_500),
  "redact 100 KB of BIP-39 words": "zoo, ".repeat(20_000),
  "redact 10 MB of prose, its tail dropped": prose.repeat(140_000).slice(0, 10_000_000),
};

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
const times = new Map<string, number[]>();
const add = (name: string, value: number): void => void times.set(name, [...(times.get(name) ?? []), value]);

// The first rounds compile; they are run and not counted.
for (let round = -WARM; round < ROUNDS; round++) {
  for (const [name, run] of Object.entries(subjects)) {
    const time = run(round + WARM);
    if (round >= 0) add(name, time);
  }
  if (round < 0) continue;
  for (const [name, text] of Object.entries(large))
    add(
      name,
      each([text], (t) => redactString(t)),
    );
  await provider.forceFlush();
}

const base = median(times.get(Object.keys(subjects)[0] ?? "") ?? []);
for (const [name, list] of times) {
  const value = median(list);
  const unit = value > 1000 ? `${(value / 1000).toFixed(1)} ms` : `${value.toFixed(2)} us`;
  console.log(`${name.padEnd(64)} ${unit.padStart(10)}  x ${(value / base).toFixed(2)}`);
}

const many = Number(process.argv[2] ?? 1_000_000);
const silent = new BasicTracerProvider({ spanProcessors: [new RedactionSpanProcessor()] });
const endless = silent.getTracer("memory");
const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};
const before = heap();
for (let i = 0; i < many; i++)
  endless.startSpan("nft.mint", { attributes: { ...CONSTANT, "item.ref": `item ${i}` } }).end();
console.log(
  `heap after ${many} spans: ${((heap() - before) / 1024).toFixed(0)} KiB more`,
  sink > 0 ? "" : "-",
);
await provider.shutdown();
