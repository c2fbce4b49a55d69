/** What a collector can do to a pipeline: each way through a real socket, and every span accounted for. */

import { createServer } from "node:net";
import { type DiagLogger, diag } from "@opentelemetry/api";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Answer, type OtlpReceiver, startOtlpReceiver } from "../testing/_otlp_receiver.ts";
import { balance, endSpans, numbersOf } from "../testing/_spans.ts";
import { createPipeline } from "./create_pipeline.ts";
import type { Pipeline } from "./pipeline.ts";
import type { OtlpHttpTarget, PipelineOptions } from "./pipeline_options.ts";

let lines: string[] = [];

beforeEach(() => {
  lines = [];
  const log = (...parts: unknown[]): void => void lines.push(parts.slice(1).join(" "));
  const logger: DiagLogger = { verbose() {}, debug() {}, info: log, warn: log, error: log };
  diag.setLogger(logger, { suppressOverrideMessage: true });
});
afterEach(() => diag.disable());

const FAST = { initialDelayMs: 5, maxDelayMs: 20 };
const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

function pipelineTo(
  url: string,
  options: Omit<PipelineOptions, "target"> = {},
  target: Partial<OtlpHttpTarget> = {},
): Pipeline {
  return createPipeline({
    retry: FAST,
    ...options,
    target: { kind: "otlp-http", url: `${url}/v1/traces`, ...target },
  });
}

/** Answers `bad` to the first `count` requests. */
const first = (count: number, bad: Answer) => (_: unknown, index: number) =>
  index < count ? bad : undefined;

async function freePort(): Promise<number> {
  const receiver = await startOtlpReceiver();
  await receiver.close();
  return receiver.port;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

test("a collector that is down at first and comes back gets every span, in order of batches", async () => {
  const port = await freePort();
  const pipeline = pipelineTo(`http://127.0.0.1:${port}`, { batch: { maxBatchSpans: 10, concurrency: 1 } });
  endSpans(pipeline, 100);
  await until(() => pipeline.stats().retried >= 3);
  expect(pipeline.stats()).toMatchObject({ exported: 0, queued: 100, maxDuplicates: 0 });
  expect(pipeline.stats().lastError?.message).toContain("ECONNREFUSED");
  await using receiver = await startOtlpReceiver({ port });
  expect(await pipeline.flush(20_000)).toBe(true);
  expect(receiver.spans().map(({ name }) => Number(name.slice(1)))).toEqual(range(100));
  expect(await pipeline.shutdown(20_000)).toBe(true);
  expect(lines).toEqual([
    expect.stringMatching(/^http:\/\/127.0.0.1:\d+: cannot deliver: .*ECONNREFUSED.*spans wait in memory/),
    expect.stringMatching(/delivery works again after \d+ s and \d+ failures?; no span was lost$/),
  ]);
});

test("a collector that stays down costs a bounded shutdown, and the spans are counted as dropped", async () => {
  const pipeline = pipelineTo(`http://127.0.0.1:${await freePort()}`);
  endSpans(pipeline, 1_000);
  await until(() => pipeline.stats().lastError !== undefined);
  const began = performance.now();
  expect(await pipeline.shutdown(50)).toBe(false);
  expect(performance.now() - began).toBeLessThan(2_000);
  const stats = pipeline.stats();
  expect(stats).toMatchObject({ ended: 1_000, dropped: { shutdown: 1_000 }, queued: 0, queuedBytes: 0 });
  expect(lines).toEqual([
    expect.stringContaining("cannot deliver"),
    expect.stringContaining("1000 spans could not be delivered before the shutdown and are lost"),
  ]);
});

test("a collector that is down and a flush after every span are no flood of requests", async () => {
  const pipeline = pipelineTo(`http://127.0.0.1:${await freePort()}`, {
    retry: { initialDelayMs: 10_000, maxDelayMs: 10_000 },
  });
  for (let at = 0; at < 50; at++) {
    endSpans(pipeline, 1, at);
    expect(await pipeline.flush(1)).toBe(false);
  }
  expect(pipeline.stats()).toMatchObject({ queued: 50 });
  expect(pipeline.stats().requests).toBeLessThanOrEqual(4);
  await pipeline.shutdown(1);
});

test("a host name with several addresses is reported with the failure of each", async () => {
  const pipeline = pipelineTo(`http://localhost:${await freePort()}`);
  endSpans(pipeline, 1);
  await until(() => pipeline.stats().lastError !== undefined);
  expect(pipeline.stats().lastError?.message).toMatch(/connect ECONNREFUSED .*:\d+/);
  await pipeline.shutdown(1);
});

test("a name that does not resolve is tried again like a collector that is down", async () => {
  const pipeline = pipelineTo("http://collector.invalid:4318");
  endSpans(pipeline, 3);
  await until(() => pipeline.stats().retried >= 1);
  expect(pipeline.stats()).toMatchObject({ queued: 3, maxDuplicates: 0 });
  await pipeline.shutdown(1);
  expect(balance(pipeline.stats())).toEqual({ in: 3, out: 3 });
});

test.each([429, 502, 503, 504])(
  "status %i is tried again until the collector takes the spans",
  async (status) => {
    await using receiver = await startOtlpReceiver({ answer: first(3, { status }) });
    const pipeline = pipelineTo(receiver.url);
    endSpans(pipeline, 20);
    expect(await pipeline.flush(20_000)).toBe(true);
    expect(numbersOf(receiver.spans())).toEqual(range(20));
    const maxDuplicates = status === 502 || status === 504 ? 60 : 0;
    expect(pipeline.stats()).toMatchObject({ exported: 20, requests: 4, retried: 3, maxDuplicates });
    expect(pipeline.stats().lastError?.status).toBe(status);
    await pipeline.shutdown();
  },
);

test.each([
  ["seconds", () => "1"],
  // A date has whole seconds: this one is at least one second ahead.
  ["an HTTP date", () => new Date(Date.now() + 2_000).toUTCString()],
])("Retry-After in %s is obeyed, even by a flush", async (_, header) => {
  await using receiver = await startOtlpReceiver({
    answer: (__, index) => (index === 0 ? { status: 503, headers: { "retry-after": header() } } : undefined),
  });
  const pipeline = pipelineTo(receiver.url);
  endSpans(pipeline, 1);
  const first = pipeline.flush(20_000);
  await until(() => pipeline.stats().lastError !== undefined);
  expect(await pipeline.flush(20_000)).toBe(true);
  expect(await first).toBe(true);
  const [one, two] = receiver.requests.map(({ at }) => at);
  expect((two ?? 0) - (one ?? 0)).toBeGreaterThanOrEqual(990);
  await pipeline.shutdown();
});

test.each([400, 401, 403, 404, 413, 500])(
  "status %i is not tried again; its spans are counted",
  async (status) => {
    await using receiver = await startOtlpReceiver({
      answer: first(1, { status, body: "no", headers: { "content-type": "text/plain" } }),
    });
    const pipeline = pipelineTo(receiver.url, { batch: { maxBatchSpans: 5, concurrency: 1 } });
    endSpans(pipeline, 15);
    expect(await pipeline.shutdown(20_000)).toBe(true);
    expect(numbersOf(receiver.spans())).toEqual(range(15).slice(5));
    const stats = pipeline.stats();
    expect(stats).toMatchObject({ exported: 10, failed: { rejected: 5 }, retried: 0, lastError: { status } });
    expect(lines[0]).toContain(`cannot deliver: HTTP ${status}: no; 5 spans are lost and counted`);
  },
);

test("a collector that refuses everything is said once, not once a request", async () => {
  await using receiver = await startOtlpReceiver({ answer: () => ({ status: 404 }) });
  const pipeline = pipelineTo(receiver.url, { batch: { maxBatchSpans: 1 } });
  endSpans(pipeline, 200);
  await pipeline.shutdown(20_000);
  expect(pipeline.stats()).toMatchObject({ failed: { rejected: 200 }, requests: 200 });
  expect(lines).toHaveLength(1);
});

test("a partial success is counted to the span", async () => {
  // partial_success { rejected_spans: 3, error_message: "no" }
  const body = Uint8Array.of(0x0a, 6, 0x08, 3, 0x12, 2, 0x6e, 0x6f);
  await using receiver = await startOtlpReceiver({ answer: () => ({ body }) });
  const pipeline = pipelineTo(receiver.url);
  endSpans(pipeline, 10);
  expect(await pipeline.shutdown(20_000)).toBe(true);
  expect(pipeline.stats()).toMatchObject({ exported: 7, failed: { partial: 3 }, retried: 0 });
  expect(lines).toEqual([expect.stringContaining("the collector refused 3 of 10 spans: no")]);
});

test("an answer that is a web page is a failure, whatever its status says", async () => {
  await using receiver = await startOtlpReceiver({
    answer: () => ({ status: 200, body: "<html>", headers: { "content-type": "text/html" } }),
  });
  const pipeline = pipelineTo(receiver.url);
  endSpans(pipeline, 4);
  await pipeline.shutdown();
  expect(pipeline.stats()).toMatchObject({ exported: 0, failed: { "bad-response": 4 }, requests: 1 });
});

test("an answer of a megabyte is read past, not kept", async () => {
  const body = Buffer.concat([Uint8Array.of(0x0a, 0), Buffer.alloc(1 << 20, 0x20)]);
  await using receiver = await startOtlpReceiver({ answer: () => ({ status: 400, body }) });
  const pipeline = pipelineTo(receiver.url);
  endSpans(pipeline, 1);
  await pipeline.shutdown();
  expect(pipeline.stats()).toMatchObject({ failed: { rejected: 1 } });
});

test("bytes that are no HTTP are tried again, and bounded by the shutdown", async () => {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.end("SSH-2.0-OpenSSH_9.2\r\n");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const pipeline = pipelineTo(`http://127.0.0.1:${port}`);
  endSpans(pipeline, 2);
  await until(() => pipeline.stats().retried >= 2);
  await pipeline.shutdown(20);
  server.close();
  expect(pipeline.stats()).toMatchObject({ exported: 0, dropped: { shutdown: 2 } });
  expect(pipeline.stats().lastError?.message).toMatch(/HPE_|Parse Error/);
});

test("a half-open connection is broken off at the timeout, and the spans go over the next one", async () => {
  await using receiver = await startOtlpReceiver({
    answer: (_, index) => (index === 0 ? { after: new Promise(() => {}), accept: false } : undefined),
  });
  const pipeline = pipelineTo(receiver.url, {}, { timeoutMs: 40 });
  endSpans(pipeline, 6);
  expect(await pipeline.flush(20_000)).toBe(true);
  expect(numbersOf(receiver.spans())).toEqual(range(6));
  const stats = pipeline.stats();
  expect(stats).toMatchObject({ exported: 6, retried: 1, maxDuplicates: 6 });
  expect(stats.lastError?.message).toBe("no answer within 40 ms");
  await pipeline.shutdown();
});

test("a connection cut after the request is tried again, and the possible duplicates are bounded", async () => {
  // It takes the spans, then cuts: the worst case, and the only one with duplicates.
  await using receiver = await startOtlpReceiver({ answer: first(2, { destroy: true, accept: true }) });
  const pipeline = pipelineTo(receiver.url);
  endSpans(pipeline, 5);
  expect(await pipeline.flush(20_000)).toBe(true);
  expect(receiver.spans()).toHaveLength(15);
  expect(pipeline.stats()).toMatchObject({ exported: 5, maxDuplicates: 10 });
  await pipeline.shutdown();
});

test("a slow collector delays no span.end() and loses nothing", async () => {
  const releases: (() => void)[] = [];
  await using receiver = await startOtlpReceiver({
    answer: () => ({ after: new Promise<void>((resolve) => releases.push(resolve)) }),
  });
  const pipeline = pipelineTo(receiver.url, { batch: { maxBatchSpans: 100 } });
  endSpans(pipeline, 2_000);
  const done = pipeline.shutdown(20_000);
  const pump = setInterval(() => releases.shift()?.(), 1);
  expect(await done).toBe(true);
  clearInterval(pump);
  expect(numbersOf(receiver.spans())).toEqual(range(2_000));
});

test("spans older than the retry budget are given up and counted", async () => {
  const pipeline = pipelineTo(`http://127.0.0.1:${await freePort()}`, { retry: { ...FAST, maxAgeMs: 30 } });
  endSpans(pipeline, 9);
  const flushed = pipeline.flush();
  expect(await flushed).toBe(true);
  expect(pipeline.stats()).toMatchObject({ failed: { expired: 9 }, queued: 0 });
  expect(balance(pipeline.stats())).toEqual({ in: 9, out: 9 });
  await pipeline.shutdown();
});

test("a collector that comes and goes loses nothing, and the log stays short", async () => {
  let turn = 0;
  await using receiver = await startOtlpReceiver({
    answer: () => (++turn % 3 === 0 ? undefined : turn % 3 === 1 ? { status: 503 } : { destroy: true }),
  });
  const pipeline = pipelineTo(receiver.url, { batch: { maxBatchSpans: 20 } });
  endSpans(pipeline, 400);
  expect(await pipeline.shutdown(20_000)).toBe(true);
  expect(numbersOf(receiver.spans())).toEqual(range(400));
  expect(pipeline.stats()).toMatchObject({ exported: 400, queued: 0 });
  expect(lines.length).toBeLessThanOrEqual(3);
});

test("a kept connection that the collector closed while idle is no outage", async () => {
  let receiver: OtlpReceiver = await startOtlpReceiver();
  const { port } = receiver;
  const pipeline = pipelineTo(receiver.url);
  endSpans(pipeline, 1);
  await pipeline.flush();
  await receiver.close();
  receiver = await startOtlpReceiver({ port });
  endSpans(pipeline, 1, 1);
  expect(await pipeline.flush(20_000)).toBe(true);
  expect(numbersOf(receiver.spans())).toEqual([1]);
  expect(lines).toEqual([]);
  await pipeline.shutdown();
  await receiver.close();
});

test("no outage reaches the program that ends spans", async () => {
  const escaped: unknown[] = [];
  const note = (error: unknown): void => void escaped.push(error);
  process.on("unhandledRejection", note);
  process.on("uncaughtExceptionMonitor", note);
  const bad: Answer[] = [{ destroy: true }, { status: 500 }, { status: 503 }, { status: 200, body: "?" }];
  await using receiver = await startOtlpReceiver({ answer: (_, index) => bad[index % bad.length] });
  const pipeline = pipelineTo(receiver.url, { batch: { maxBatchSpans: 3 } });
  for (let at = 0; at < 60; at++) endSpans(pipeline, 1, at);
  await pipeline.shutdown(300);
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  process.off("uncaughtExceptionMonitor", note);
  expect(escaped).toEqual([]);
  expect(balance(pipeline.stats())).toEqual({ in: 60, out: 60 });
});
