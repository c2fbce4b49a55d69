import { createTestTracing } from "@dcmx-tracing/testing";
import { context, createContextKey, diag, ROOT_CONTEXT } from "@opentelemetry/api";
import { ExportResultCode, isTracingSuppressed } from "@opentelemetry/core";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, InMemorySpanExporter, type SpanExporter } from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import { decodeTraceRequest } from "../testing/_otlp_messages.ts";
import { type OtlpReceiver, startOtlpReceiver } from "../testing/_otlp_receiver.ts";
import { balance, endSpans, fakeSpan, numbersOf } from "../testing/_spans.ts";
import { createPipeline } from "./create_pipeline.ts";
import type { Pipeline } from "./pipeline.ts";
import type { PipelineOptions } from "./pipeline_options.ts";

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

function pipelineTo(receiver: OtlpReceiver, options: Omit<PipelineOptions, "target"> = {}): Pipeline {
  return createPipeline({ target: { kind: "otlp-http", url: `${receiver.url}/v1/traces` }, ...options });
}

test("createPipeline() delivers every span of a synchronous burst of 100,000, each once", async () => {
  await using receiver = await startOtlpReceiver();
  const pipeline = pipelineTo(receiver);
  endSpans(pipeline, 100_000);
  expect(await pipeline.shutdown(30_000)).toBe(true);
  expect(numbersOf(receiver.spans())).toEqual(range(100_000));
  const stats = pipeline.stats();
  expect(stats).toMatchObject({
    started: 100_000,
    ended: 100_000,
    exported: 100_000,
    queued: 0,
    maxDuplicates: 0,
  });
  expect(stats.peakQueuedBytes).toBeLessThan(16e6);
  expect(stats.sentBytes).toBe(receiver.requests.reduce((sum, { wireBytes }) => sum + wireBytes, 0));
});

test("createPipeline() sends on its own after the schedule delay", async () => {
  await using receiver = await startOtlpReceiver();
  const pipeline = pipelineTo(receiver, { batch: { scheduleDelayMs: 1 } });
  endSpans(pipeline, 3);
  await receiver.waitFor(({ requests }) => requests.length === 1);
  expect(numbersOf(receiver.spans())).toEqual([0, 1, 2]);
  await pipeline.shutdown();
});

test("createPipeline() cuts batches at maxBatchSpans and at maxBatchBytes", async () => {
  await using receiver = await startOtlpReceiver();
  const bySpans = pipelineTo(receiver, { batch: { maxBatchSpans: 10 } });
  endSpans(bySpans, 25);
  await bySpans.shutdown();
  expect(receiver.requests.map(({ spans }) => spans.length).sort()).toEqual([10, 10, 5]);
  const byBytes = pipelineTo(receiver, { batch: { maxBatchBytes: 1_000 } });
  for (const name of ["s0", "s1", "s2"]) byBytes.processor.onEnd(fakeSpan(name, { text: "x".repeat(600) }));
  await byBytes.shutdown();
  expect(receiver.requests.slice(3).map(({ spans }) => spans.length)).toEqual([2, 1]);
});

test("createPipeline() has several requests in flight, but no more than `concurrency`", async () => {
  let now = 0;
  let most = 0;
  const answers: (() => void)[] = [];
  await using receiver = await startOtlpReceiver({
    answer: () => {
      most = Math.max(most, ++now);
      return { after: new Promise<void>((resolve) => answers.push(resolve)).then(() => now--) };
    },
  });
  const pipeline = pipelineTo(receiver, { batch: { maxBatchSpans: 1, concurrency: 3 } });
  endSpans(pipeline, 9);
  const done = pipeline.flush();
  for (let sent = 3; sent <= 9; sent += 3) {
    await receiver.waitFor(({ requests }) => requests.length === sent);
    expect(pipeline.stats()).toMatchObject({ inFlight: 3, exported: sent - 3, queued: 12 - sent });
    for (const answer of answers.splice(0)) answer();
  }
  expect(await done).toBe(true);
  expect(most).toBe(3);
  await pipeline.shutdown();
});

test("Pipeline.flush() waits for what had ended, not for what ends later", async () => {
  const held: (() => void)[] = [];
  await using receiver = await startOtlpReceiver({
    answer: ({ spans }) =>
      spans[0]?.name === "s0" ? {} : { after: new Promise<void>((resolve) => held.push(resolve)) },
  });
  const pipeline = pipelineTo(receiver, { batch: { maxBatchSpans: 1 } });
  endSpans(pipeline, 1);
  const done = pipeline.flush();
  endSpans(pipeline, 1, 1);
  expect(await done).toBe(true);
  await receiver.waitFor(({ requests }) => requests.length === 2);
  expect(pipeline.stats()).toMatchObject({ exported: 1, queued: 1 });
  for (const release of held) release();
  await pipeline.shutdown();
});

test("Pipeline.flush() answers false at its bound and leaves the spans queued", async () => {
  let release: () => void = () => {};
  const after = new Promise<void>((resolve) => {
    release = resolve;
  });
  await using receiver = await startOtlpReceiver({ answer: () => ({ after }) });
  const pipeline = pipelineTo(receiver);
  endSpans(pipeline, 4);
  expect(await pipeline.flush(20)).toBe(false);
  expect(pipeline.stats()).toMatchObject({ queued: 4, exported: 0 });
  release();
  expect(await pipeline.shutdown(20_000)).toBe(true);
  expect(pipeline.stats()).toMatchObject({ queued: 0, exported: 4 });
});

test("Pipeline.shutdown() drops and counts what cannot be delivered in time, and is done once", async () => {
  await using receiver = await startOtlpReceiver({ answer: () => ({ after: new Promise(() => {}) }) });
  const pipeline = pipelineTo(receiver, { batch: { maxBatchSpans: 2, concurrency: 1 } });
  endSpans(pipeline, 5);
  const first = pipeline.shutdown(30);
  expect(pipeline.shutdown()).toBe(first);
  expect(await first).toBe(false);
  endSpans(pipeline, 1, 5);
  const stats = pipeline.stats();
  expect(stats).toMatchObject({ started: 5, ended: 6, dropped: { shutdown: 6 }, queued: 0, queuedBytes: 0 });
  expect(balance(stats)).toEqual({ in: 6, out: 6 });
});

test("Pipeline.drain() hands over what waits, once, and counts what was delivered", async () => {
  await using receiver = await startOtlpReceiver({ answer: () => ({ after: new Promise(() => {}) }) });
  const pipeline = pipelineTo(receiver, { batch: { maxBatchSpans: 10, concurrency: 1 } });
  endSpans(pipeline, 35);
  await receiver.waitFor(({ requests }) => requests.length === 1);
  const seen: number[][] = [];
  pipeline.drain((batches) => {
    for (const { body, spans } of batches) {
      seen.push(numbersOf(decodeTraceRequest(body)));
      expect(spans).toBe(seen.at(-1)?.length);
    }
    return [true, true, false, true];
  });
  expect(seen.flat()).toEqual(range(35));
  endSpans(pipeline, 1, 35);
  const stats = pipeline.stats();
  // The first batch was on its way already, so it may arrive twice.
  expect(stats).toMatchObject({
    exported: 25,
    dropped: { shutdown: 11 },
    queued: 0,
    inFlight: 0,
    maxDuplicates: 10,
  });
  expect(balance(stats)).toEqual({ in: 36, out: 36 });
  pipeline.drain(() => expect.unreachable());
  expect(await pipeline.shutdown()).toBe(false);
});

test("Pipeline.drain() survives a function that throws", async () => {
  await using receiver = await startOtlpReceiver();
  const pipeline = pipelineTo(receiver);
  endSpans(pipeline, 3);
  pipeline.drain(() => {
    throw new Error("no child process");
  });
  expect(pipeline.stats()).toMatchObject({ dropped: { shutdown: 3 }, queued: 0 });
});

test("Pipeline.drain() calls an exporter once and believes only an answer during the call", () => {
  const calls: number[][] = [];
  const prompt: SpanExporter = {
    export(spans, done) {
      calls.push(numbersOf(spans));
      done({ code: ExportResultCode.SUCCESS });
    },
    shutdown: () => Promise.resolve(),
  };
  const sync = createPipeline({ target: { kind: "exporter", exporter: prompt } });
  endSpans(sync, 4);
  sync.drain(() => expect.unreachable());
  expect(calls).toEqual([range(4)]);
  expect(sync.stats()).toMatchObject({ exported: 4, queued: 0 });
  const exporter: SpanExporter = { export() {}, shutdown: () => Promise.resolve() };
  const silent = createPipeline({ target: { kind: "exporter", exporter } });
  endSpans(silent, 4);
  silent.drain(() => expect.unreachable());
  expect(silent.stats()).toMatchObject({ exported: 0, dropped: { shutdown: 4 } });
});

test("createPipeline() ignores spans that are recorded but not sampled", async () => {
  await using receiver = await startOtlpReceiver();
  const pipeline = pipelineTo(receiver);
  const span = fakeSpan("s0");
  pipeline.processor.onEnd({ ...span, spanContext: () => ({ ...span.spanContext(), traceFlags: 0 }) });
  expect(await pipeline.shutdown(20_000)).toBe(true);
  expect(pipeline.stats().ended).toBe(0);
  expect(receiver.requests).toEqual([]);
});

test.each([
  ["without a wrapper", {}],
  ["with a wrapper", { wrapExporter: (inner: SpanExporter) => inner }],
])("createPipeline() %s counts a span that cannot be read and delivers the others", async (_, options) => {
  await using receiver = await startOtlpReceiver();
  const pipeline = pipelineTo(receiver, options);
  const attributes = Object.defineProperty({}, "bad", {
    enumerable: true,
    get(): never {
      throw new RangeError("no value");
    },
  });
  pipeline.processor.onEnd(fakeSpan("s0"));
  pipeline.processor.onEnd(fakeSpan("s1", attributes));
  pipeline.processor.onEnd(fakeSpan("s2"));
  await pipeline.shutdown(20_000);
  expect(numbersOf(receiver.spans())).toEqual([0, 2]);
  expect(pipeline.stats()).toMatchObject({ ended: 3, exported: 2, dropped: { "encode-error": 1 } });
});

test("createPipeline() drops the oldest waiting spans when the queue is full, and counts them", async () => {
  let release: () => void = () => {};
  const after = new Promise<void>((resolve) => {
    release = resolve;
  });
  await using receiver = await startOtlpReceiver({ answer: () => ({ after }) });
  const pipeline = pipelineTo(receiver, { batch: { maxBatchSpans: 1, maxQueueSpans: 4, concurrency: 1 } });
  endSpans(pipeline, 1);
  await receiver.waitFor(({ requests }) => requests.length === 1);
  endSpans(pipeline, 6, 1);
  expect(pipeline.stats()).toMatchObject({ queued: 4, dropped: { "queue-full": 3 } });
  release();
  await pipeline.shutdown();
  expect(numbersOf(receiver.spans())).toEqual([0, 4, 5, 6]);
  expect(balance(pipeline.stats())).toEqual({ in: 7, out: 7 });
});

test("createPipeline() holds no more bytes than maxQueueBytes", async () => {
  await using receiver = await startOtlpReceiver({ answer: () => ({ after: new Promise(() => {}) }) });
  const pipeline = pipelineTo(receiver, { batch: { maxQueueBytes: 50_000, maxBatchSpans: 20 } });
  endSpans(pipeline, 3_000);
  const stats = pipeline.stats();
  // One batch is counted in before an older one goes out.
  expect(stats.peakQueuedBytes).toBeLessThan(55_000);
  expect(stats.dropped["queue-full"]).toBeGreaterThan(2_000);
  expect(balance(stats)).toEqual({ in: 3_000, out: 3_000 });
  await pipeline.shutdown(1);
  expect(balance(pipeline.stats())).toEqual({ in: 3_000, out: 3_000 });
});

test("createPipeline() waits for asynchronous resource attributes before it sends", async () => {
  await using receiver = await startOtlpReceiver();
  const pipeline = pipelineTo(receiver, { batch: { maxBatchSpans: 1 } });
  let found: (value: string) => void = () => {};
  const resource = resourceFromAttributes({
    "host.id": new Promise<string>((resolve) => {
      found = resolve;
    }),
  });
  const provider = new BasicTracerProvider({ resource, spanProcessors: [pipeline.processor] });
  provider.getTracer("test").startSpan("s0").end();
  expect(await pipeline.flush(20)).toBe(false);
  found("h1");
  expect(await pipeline.flush(20_000)).toBe(true);
  expect(receiver.spans()[0]?.resource).toMatchObject({ "host.id": "h1" });
  await pipeline.shutdown();
});

test("createPipeline() compresses with gzip, sends the headers, and lets no header break the content type", async () => {
  await using receiver = await startOtlpReceiver();
  const pipeline = createPipeline({
    target: {
      kind: "otlp-http",
      url: `${receiver.url}/custom?x=1`,
      compression: "gzip",
      headers: { "x-api-key": "k", "content-type": "text/plain" },
    },
  });
  endSpans(pipeline, 200);
  await pipeline.shutdown();
  const [request] = receiver.requests;
  expect(request?.path).toBe("/custom?x=1");
  expect(request?.headers).toMatchObject({
    "x-api-key": "k",
    "content-encoding": "gzip",
    "content-type": "application/x-protobuf",
  });
  expect(pipeline.stats().sentBytes).toBe(request?.wireBytes);
  expect(numbersOf(receiver.spans())).toEqual(range(200));
});

test("createPipeline() passes spans through wrapExporter, also in a synchronous burst", async () => {
  await using receiver = await startOtlpReceiver();
  const pipeline = pipelineTo(receiver, {
    wrapExporter: (inner) => ({
      export: (spans, done) =>
        inner.export(
          spans.map((span) => Object.create(span, { name: { value: `${span.name}0` } })),
          done,
        ),
      shutdown: () => inner.shutdown(),
    }),
  });
  endSpans(pipeline, 20_000);
  // Spans are handed on and encoded while the burst lasts, so they are not held as objects.
  expect(pipeline.stats().peakQueuedBytes).toBeLessThan(8e6);
  expect(await pipeline.shutdown(20_000)).toBe(true);
  expect(numbersOf(receiver.spans())).toEqual(range(20_000).map((number) => number * 10));
  expect(pipeline.stats()).toMatchObject({ ended: 20_000, exported: 20_000, dropped: { withheld: 0 } });
});

test("createPipeline() counts the spans that a wrapper withholds, adds, delays or fails", async () => {
  await using receiver = await startOtlpReceiver();
  const late: Parameters<SpanExporter["export"]>[0] = [];
  const answers: (() => void)[] = [];
  let target: SpanExporter | undefined;
  const pipeline = pipelineTo(receiver, {
    wrapExporter: (inner) => {
      target = inner;
      return {
        export(spans, done) {
          const [first] = spans;
          const ok = { code: ExportResultCode.SUCCESS };
          if (first?.name === "withhold") done(ok);
          else if (first?.name === "add") inner.export([...spans, ...spans], done);
          else if (first?.name === "fail") done({ code: ExportResultCode.FAILED, error: new Error("no") });
          else if (first?.name === "throw") throw new Error("worse");
          else if (first?.name === "delay") answers.push(() => inner.export(spans, done));
          else {
            late.push(...spans);
            done(ok);
          }
        },
        shutdown: () => Promise.resolve(),
      };
    },
  });
  const steps = [
    ["withhold", { dropped: { withheld: 1 } }],
    ["add", { dropped: { withheld: 0 }, exported: 2 }],
    ["withhold", { dropped: { withheld: 1 }, exported: 2 }],
    ["fail", { failed: { exporter: 1 } }],
    ["throw", { failed: { exporter: 2 } }],
    ["late", { dropped: { withheld: 2 } }],
  ] as const;
  for (const [name, expected] of steps) {
    pipeline.processor.onEnd(fakeSpan(name));
    await pipeline.flush();
    expect(pipeline.stats()).toMatchObject(expected);
    const { in: given, out } = balance(pipeline.stats());
    expect(out).toBe(given);
  }
  pipeline.processor.onEnd(fakeSpan("delay"));
  expect(await pipeline.flush(20)).toBe(false);
  expect(pipeline.stats()).toMatchObject({ queued: 1, dropped: { withheld: 2 } });
  for (const answer of answers) answer();
  target?.export(late, () => {});
  await pipeline.flush();
  expect(pipeline.stats()).toMatchObject({ ended: 7, exported: 4, queued: 0, dropped: { withheld: 1 } });
  await pipeline.shutdown();
  expect(balance(pipeline.stats())).toEqual({ in: 7, out: 7 });
});

test("createPipeline() drives any exporter in bounded batches, one call at a time", async () => {
  const sizes: number[] = [];
  const memory = new InMemorySpanExporter();
  let busy = 0;
  class Custom implements SpanExporter {
    export(...[spans, done]: Parameters<SpanExporter["export"]>): void {
      expect(++busy).toBe(1);
      expect(isTracingSuppressed(context.active())).toBe(true);
      sizes.push(spans.length);
      setImmediate(() => {
        busy--;
        memory.export(spans, done);
      });
    }
    async shutdown(): Promise<void> {
      sizes.push(-1);
    }
  }
  await using tracing = createTestTracing();
  const pipeline = createPipeline({
    target: { kind: "exporter", exporter: new Custom() },
    batch: { maxBatchSpans: 8 },
  });
  endSpans(pipeline, 20);
  expect(await pipeline.shutdown(20_000)).toBe(true);
  expect(sizes).toEqual([8, 8, 4, -1]);
  expect(numbersOf(memory.getFinishedSpans())).toEqual(range(20));
  expect(pipeline.stats()).toMatchObject({ exported: 20, requests: 3 });
  expect(tracing.spans()).toEqual([]);
});

test("createPipeline() retries an exporter whose failure is worth it, and gives up others", async () => {
  const failures = [
    Object.assign(new Error("14 UNAVAILABLE"), { code: 14 }),
    Object.assign(new Error("refused"), { code: "ECONNREFUSED" }),
    new Error("Export failed with retryable status"),
    undefined,
    Object.assign(new Error("3 INVALID_ARGUMENT"), { code: 3 }),
  ];
  const memory = new InMemorySpanExporter();
  const exporter: SpanExporter = {
    export(spans, done) {
      const error = failures.shift();
      if (error) done({ code: ExportResultCode.FAILED, error });
      else memory.export(spans, done);
    },
    shutdown: () => Promise.resolve(),
  };
  const pipeline = createPipeline({ target: { kind: "exporter", exporter }, retry: { initialDelayMs: 1 } });
  endSpans(pipeline, 2);
  expect(await pipeline.flush(20_000)).toBe(true);
  expect(pipeline.stats()).toMatchObject({ exported: 2, retried: 3, requests: 4 });
  endSpans(pipeline, 3, 2);
  expect(await pipeline.shutdown(20_000)).toBe(true);
  expect(pipeline.stats()).toMatchObject({ exported: 2, failed: { exporter: 3 } });
  expect(pipeline.stats().lastError?.message).toBe("3 INVALID_ARGUMENT");
});

test("createPipeline() keeps no context of the caller in its requests", async () => {
  await using tracing = createTestTracing();
  const key = createContextKey("request");
  const seen: unknown[] = [];
  const exporter: SpanExporter = {
    export(_, done) {
      seen.push(context.active().getValue(key));
      done({ code: ExportResultCode.SUCCESS });
    },
    shutdown: () => Promise.resolve(),
  };
  const pipeline = createPipeline({ target: { kind: "exporter", exporter }, batch: { scheduleDelayMs: 1 } });
  context.with(ROOT_CONTEXT.setValue(key, "secret"), () => endSpans(pipeline, 1));
  await pipeline.shutdown();
  expect(seen).toEqual([undefined]);
  expect(tracing.spans()).toEqual([]);
});

test.each([
  ["batch.maxQueueBytes", { batch: { maxQueueBytes: 0 } }],
  ["batch.concurrency", { batch: { concurrency: Number.NaN } }],
  ["batch.scheduleDelayMs", { batch: { scheduleDelayMs: -1 } }],
  ["retry.initialDelayMs", { retry: { initialDelayMs: 0 } }],
  ["retry.maxDelayMs", { retry: { initialDelayMs: 10, maxDelayMs: 5 } }],
  ["retry.jitter", { retry: { jitter: 2 } }],
])("createPipeline() throws a RangeError that names %s", (name, options) => {
  expect(() =>
    createPipeline({ target: { kind: "otlp-http", url: "http://127.0.0.1:1" }, ...options }),
  ).toThrow(new RegExp(`^Cannot make a pipeline as '${name}'.*current value is`));
});

test("createPipeline() throws for a URL of another scheme and for a spool it cannot use", () => {
  expect(() => createPipeline({ target: { kind: "otlp-http", url: "ftp://h/" } })).toThrow(
    /must be an http or https/,
  );
  const target = { kind: "exporter", exporter: new InMemorySpanExporter() } as const;
  expect(() => createPipeline({ target, spool: { directory: "/tmp/x" } })).toThrow(/needs the encoded form/);
});

test.each([
  ["nothing", () => undefined],
  ["an empty object", () => ({})],
  ["a promise", async (inner: SpanExporter) => inner],
  ["an exporter that cannot be shut down", () => ({ export() {} })],
])(
  "createPipeline() refuses a wrapExporter that returns %s, or spans would leave unwrapped",
  (_, wrapExporter) => {
    // callers in plain JavaScript
    const options = {
      target: { kind: "otlp-http", url: "http://127.0.0.1:9/v1/traces" } as const,
      wrapExporter: wrapExporter as never,
    };
    expect(() => createPipeline(options)).toThrow(
      /^Cannot wrap the exporter as 'wrapExporter' must return a SpanExporter: current value is /,
    );
  },
);

test("createPipeline() bears an exporter whose export() is async and rejects", async () => {
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => void rejections.push(reason);
  process.on("unhandledRejection", note);
  const exporter = {
    export: async () => {
      throw new Error("written as an async function");
    },
    shutdown: () => Promise.resolve(),
  };
  for (const wrapExporter of [undefined, () => exporter]) {
    const pipeline = createPipeline({
      target: { kind: "exporter", exporter },
      ...(wrapExporter && { wrapExporter }),
    });
    endSpans(pipeline, 3);
    expect(await pipeline.flush()).toBe(true);
    expect(pipeline.stats()).toMatchObject({ exported: 0, failed: { exporter: 3 }, queued: 0 });
    expect(pipeline.stats().lastError?.message).toBe("written as an async function");
    await pipeline.shutdown();
  }
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(rejections).toEqual([]);
});

test("createPipeline() takes times that no timer can have for very long ones, where Node makes them 1 ms", async () => {
  const warnings: string[] = [];
  // Node says it for each timer of which it makes one of 1 ms.
  const note = (warning: Error): void => void warnings.push(warning.name);
  process.on("warning", note);
  await using receiver = await startOtlpReceiver({ answer: (_, index) => (index ? { status: 503 } : {}) });
  const pipeline = createPipeline({
    target: { kind: "otlp-http", url: `${receiver.url}/v1/traces`, timeoutMs: 1e12 },
    batch: { scheduleDelayMs: 1e12 },
    retry: { initialDelayMs: 1e12, maxDelayMs: 1e12, maxAgeMs: 1e13 },
  });
  endSpans(pipeline, 1);
  expect(await pipeline.flush(Number.POSITIVE_INFINITY)).toBe(true);
  expect(pipeline.stats()).toMatchObject({ exported: 1, requests: 1 });
  endSpans(pipeline, 1, 1);
  expect(await pipeline.flush(100)).toBe(false);
  expect(pipeline.stats()).toMatchObject({ queued: 1, requests: 2 });
  await pipeline.shutdown(1);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("warning", note);
  expect(warnings).toEqual([]);
});

test("createPipeline() counts and tells what a wrapper still had when the bound was over", async () => {
  await using receiver = await startOtlpReceiver();
  const lines: string[] = [];
  const log = (...parts: unknown[]): void => void lines.push(parts.slice(1).join(" "));
  const logger = { verbose() {}, debug() {}, info() {}, warn: log, error: log };
  diag.setLogger(logger, { suppressOverrideMessage: true });
  for (const late of ["never", "passed on", "failed"]) {
    const answers: (() => void)[] = [];
    const pipeline = pipelineTo(receiver, {
      wrapExporter: (inner) => ({
        export(spans, done) {
          answers.push(() =>
            late === "failed" ? done({ code: ExportResultCode.FAILED }) : inner.export(spans, done),
          );
        },
        shutdown: () => Promise.resolve(),
      }),
    });
    // A slice is with the wrapper, the rest waits for it.
    endSpans(pipeline, 100);
    expect(await pipeline.shutdown(20)).toBe(false);
    const lost = { ended: 100, added: 0, dropped: { shutdown: 100, withheld: 0 }, failed: { exporter: 0 } };
    expect(pipeline.stats()).toMatchObject({ ...lost, queued: 0 });
    if (late !== "never") for (const answer of answers) answer();
    expect(pipeline.stats()).toMatchObject({ ...lost, queued: 0 });
    expect(balance(pipeline.stats())).toEqual({ in: 100, out: 100 });
    expect(lines.splice(0)).toEqual([
      expect.stringContaining("100 spans could not be delivered before the shutdown and are lost"),
    ]);
  }
  diag.disable();
  expect(receiver.requests).toEqual([]);
});
