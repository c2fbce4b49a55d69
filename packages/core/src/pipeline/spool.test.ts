/** The spool through whole pipelines, real files and real receivers. */

import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startOtlpReceiver } from "../testing/_otlp_receiver.ts";
import { balance, endSpans, fakeSpan, numbersOf } from "../testing/_spans.ts";
import { createPipeline } from "./create_pipeline.ts";
import type { Pipeline } from "./pipeline.ts";
import type { BatchOptions, SpoolOptions } from "./pipeline_options.ts";

let directory = "";
let port = 0;
/** Where nobody ever listens: what is left behind must not be delivered by the pipeline that left it. */
let deadPort = 0;
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), "spool-"));
  const receivers = await Promise.all([startOtlpReceiver(), startOtlpReceiver()]);
  [port = 0, deadPort = 0] = receivers.map((receiver) => receiver.port);
  await Promise.all(receivers.map((receiver) => receiver.close()));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const range = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

function spooling(
  spool: Partial<SpoolOptions> = {},
  batch: BatchOptions = { maxBatchSpans: 10 },
  to: number = port,
): Pipeline {
  return createPipeline({
    target: { kind: "otlp-http", url: `http://127.0.0.1:${to}/v1/traces` },
    retry: { initialDelayMs: 5, maxDelayMs: 20 },
    batch,
    spool: { directory, ...spool },
  });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

/** A pipeline whose spans are all on disk, as if its process had died: it is left alone, and its lot made free. */
async function leftBehind(
  count: number,
  first = 0,
  spool: Partial<SpoolOptions> = {},
  to: number = deadPort,
): Promise<Pipeline> {
  const before = new Set(readdirSync(directory));
  const pipeline = spooling(spool, { maxBatchSpans: 10 }, to);
  endSpans(pipeline, count, first);
  await until(() => pipeline.stats().spool.spooled === count);
  for (const lot of readdirSync(directory).filter((name) => !before.has(name))) {
    renameSync(join(directory, lot), join(directory, lot.replace(/^lot\.\w+\.\d+\.\d+/, "free")));
  }
  return pipeline;
}

const files = (): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .sort();

test("the spool takes what cannot be delivered out of memory, and gives it back in order", async () => {
  const pipeline = spooling();
  endSpans(pipeline, 200);
  await until(() => pipeline.stats().spool.spooled === 200);
  expect(pipeline.stats()).toMatchObject({ queued: 200, queuedBytes: 0, spool: { spans: 200, errors: 0 } });
  await using receiver = await startOtlpReceiver({ port });
  expect(await pipeline.flush(20_000)).toBe(true);
  expect(receiver.spans().map(({ name }) => Number(name.slice(1)))).toEqual(range(200));
  expect(pipeline.stats()).toMatchObject({
    exported: 200,
    queued: 0,
    maxDuplicates: 0,
    spool: { spans: 0, bytes: 0, corruptRecords: 0 },
  });
  expect(files()).toEqual([]);
  expect(await pipeline.shutdown(20_000)).toBe(true);
});

test("the spool is not touched while the collector answers", async () => {
  await using _receiver = await startOtlpReceiver({ port });
  const pipeline = spooling();
  endSpans(pipeline, 100);
  expect(await pipeline.shutdown(20_000)).toBe(true);
  expect(pipeline.stats().spool.spooled).toBe(0);
  expect(readdirSync(directory)).toEqual([]);
});

test("a flush during an outage is done as soon as the spans are on disk and one more attempt failed", async () => {
  const pipeline = spooling();
  endSpans(pipeline, 25);
  expect(await pipeline.flush(20_000)).toBe(true);
  expect(pipeline.stats()).toMatchObject({ queued: 25, queuedBytes: 0, spool: { spans: 25 } });
  expect(await pipeline.shutdown(20_000)).toBe(true);
  expect(pipeline.stats()).toMatchObject({ queued: 25, dropped: { shutdown: 0 } });
});

test("what a shutdown cannot deliver goes to the spool, and the next process delivers it", async () => {
  const first = spooling({}, { maxBatchSpans: 10, concurrency: 2 });
  endSpans(first, 45);
  expect(await first.shutdown(1)).toBe(true);
  expect(balance(first.stats())).toEqual({ in: 45, out: 45 });
  await using receiver = await startOtlpReceiver({ port });
  const second = spooling();
  expect(await second.flush(20_000)).toBe(true);
  expect(numbersOf(receiver.spans())).toEqual(range(45));
  expect(second.stats()).toMatchObject({ ended: 0, exported: 45, spool: { recovered: 45, spans: 0 } });
  expect(second.stats().maxDuplicates).toBeLessThanOrEqual(10);
  expect(balance(second.stats())).toEqual({ in: 45, out: 45 });
  await second.shutdown();
  expect(readdirSync(directory)).toEqual([]);
});

test("Pipeline.save() writes what waits to the spool at once", async () => {
  const pipeline = spooling({}, { maxBatchSpans: 500 });
  endSpans(pipeline, 30);
  expect(pipeline.save()).toBe(30);
  expect(pipeline.stats()).toMatchObject({ queued: 30, queuedBytes: 0, spool: { spans: 30 } });
  await pipeline.shutdown(1);
  await using receiver = await startOtlpReceiver({ port });
  const next = spooling();
  await next.shutdown();
  expect(numbersOf(receiver.spans())).toEqual(range(30));
});

test("Pipeline.save() also writes what is in flight, and does not count its late answer", async () => {
  let answer: () => void = () => {};
  const after = new Promise<void>((resolve) => {
    answer = resolve;
  });
  await using receiver = await startOtlpReceiver({
    port,
    answer: (_, index) => (index === 0 ? { after } : undefined),
  });
  const pipeline = spooling();
  endSpans(pipeline, 15);
  await receiver.waitFor(({ requests }) => requests.length === 1);
  expect(pipeline.save()).toBe(15);
  expect(pipeline.stats()).toMatchObject({ queued: 15, queuedBytes: 0, inFlight: 0, spool: { spans: 15 } });
  answer();
  expect(await pipeline.flush(20_000)).toBe(true);
  // The first batch arrived twice, which is what was counted as possible.
  expect(numbersOf(receiver.spans())).toEqual([...range(10), ...range(15)].sort((a, b) => a - b));
  expect(pipeline.stats()).toMatchObject({ exported: 15, queued: 0, maxDuplicates: 10 });
  await pipeline.shutdown();
});

test("what dead processes left is sent before what came later, each in its order", async () => {
  await leftBehind(30, 0, { segmentBytes: 2_000 });
  await leftBehind(30, 30, { segmentBytes: 2_000 });
  expect(files().length).toBeGreaterThan(4);
  const pipeline = spooling();
  endSpans(pipeline, 20, 60);
  await until(() => pipeline.stats().spool.spans === 80);
  await using receiver = await startOtlpReceiver({ port });
  expect(await pipeline.flush(20_000)).toBe(true);
  expect(receiver.spans().map(({ name }) => Number(name.slice(1)))).toEqual(range(80));
  // One batch of each process may have been on its way.
  expect(pipeline.stats()).toMatchObject({ exported: 80, maxDuplicates: 20, spool: { recovered: 60 } });
  await pipeline.shutdown();
});

test("two pipelines that start at once share what is left, and nothing goes twice", async () => {
  for (let lot = 0; lot < 6; lot++) await leftBehind(20, lot * 20);
  await using receiver = await startOtlpReceiver({ port });
  const both = [spooling(), spooling()];
  await Promise.all(both.map((pipeline) => pipeline.flush()));
  await Promise.all(both.map((pipeline) => pipeline.shutdown()));
  expect(numbersOf(receiver.spans())).toEqual(range(120));
  expect(both.reduce((sum, pipeline) => sum + pipeline.stats().spool.recovered, 0)).toBe(120);
});

test("the lot of a living process is left alone", async () => {
  const living = spooling();
  endSpans(living, 10);
  await until(() => living.stats().spool.spooled === 10);
  await using receiver = await startOtlpReceiver({ port, answer: () => ({ status: 503 }) });
  const other = spooling();
  await other.shutdown();
  expect(other.stats().spool.recovered).toBe(0);
  receiver.setAnswer(() => undefined);
  expect(await living.flush(20_000)).toBe(true);
  expect(numbersOf(receiver.spans())).toEqual(range(10));
  await living.shutdown();
});

test.each([
  ["just now", 0, 0],
  ["long ago", 600, 10],
])(
  "the lot of a process on another machine that was heard of %s: %i s, %i spans recovered",
  async (_, age, spans) => {
    await leftBehind(10);
    const [lot = ""] = readdirSync(directory);
    const foreign = join(directory, "lot.0123456789ab.77.1.abc");
    renameSync(join(directory, lot), foreign);
    const then = new Date(Date.now() - age * 1_000);
    utimesSync(foreign, then, then);
    await using _receiver = await startOtlpReceiver({ port });
    const pipeline = spooling();
    await pipeline.shutdown();
    expect(pipeline.stats().spool.recovered).toBe(spans);
  },
);

test("a process whose lot was taken over goes on in a new one", async () => {
  const pipeline = await leftBehind(10, 0, {}, port);
  await using receiver = await startOtlpReceiver({ port, answer: () => ({ status: 503 }) });
  const thief = spooling();
  await until(() => thief.stats().spool.recovered === 10);
  endSpans(pipeline, 10, 10);
  await until(() => pipeline.stats().spool.spooled === 20);
  receiver.setAnswer(() => undefined);
  await Promise.all([pipeline.flush(), thief.flush()]);
  expect(new Set(numbersOf(receiver.spans()))).toEqual(new Set(range(20)));
  await Promise.all([pipeline.shutdown(), thief.shutdown()]);
});

test("damaged and cut records are skipped and counted, and the others arrive", async () => {
  await leftBehind(50);
  const [file = ""] = files();
  const bytes = readFileSync(file);
  const second = bytes.indexOf(bytes.subarray(0, 4), 4);
  bytes.writeUInt8(bytes.readUInt8(second + 40) ^ 1, second + 40);
  writeFileSync(file, bytes.subarray(0, bytes.length - 7));
  writeFileSync(join(file, "..", "000000000000001-00000001.seg"), "not a segment at all");
  appendFileSync(join(file, "..", "notes.txt"), "not ours");
  await using receiver = await startOtlpReceiver({ port });
  const pipeline = spooling();
  expect(await pipeline.flush(20_000)).toBe(true);
  expect(numbersOf(receiver.spans())).toEqual([...range(10), ...range(40).slice(20)]);
  expect(pipeline.stats()).toMatchObject({
    exported: 30,
    spool: { recovered: 30, corruptRecords: 3, spans: 0 },
  });
  await pipeline.shutdown();
});

test("spans that were written and cannot be read back are counted as failed", async () => {
  const pipeline = spooling();
  endSpans(pipeline, 30);
  await until(() => pipeline.stats().spool.spooled === 30);
  const [file = ""] = files();
  const bytes = readFileSync(file);
  // The first record is in memory already, as it is being tried; the last one is cut by a byte.
  writeFileSync(file, bytes.subarray(0, bytes.length - 1));
  await using receiver = await startOtlpReceiver({ port });
  expect(await pipeline.flush(20_000)).toBe(true);
  expect(numbersOf(receiver.spans())).toEqual(range(20));
  expect(pipeline.stats()).toMatchObject({ exported: 20, failed: { "spool-corrupt": 10 }, queued: 0 });
  expect(balance(pipeline.stats())).toEqual({ in: 30, out: 30 });
  await pipeline.shutdown();
});

test("the spool is bounded over all processes; what does not fit waits in memory, then the oldest goes", async () => {
  await leftBehind(30);
  const taken = files().reduce((sum, file) => sum + statSync(file).size, 0);
  const pipeline = spooling(
    { maxBytes: taken * 2 + 500, segmentBytes: 2_000 },
    { maxBatchSpans: 10, maxQueueSpans: 20 },
  );
  endSpans(pipeline, 100, 30);
  await until(() => pipeline.stats().spool.spans === 60);
  const stats = pipeline.stats();
  expect(stats).toMatchObject({
    queued: 80,
    spool: { spans: 60, recovered: 30 },
    dropped: { "queue-full": 50 },
  });
  expect(stats.spool.bytes).toBeLessThanOrEqual(taken * 2 + 500);
  expect(balance(stats)).toEqual({ in: 130, out: 130 });
  await pipeline.shutdown(1);
});

test("a disk that fails costs no span that memory can hold, and is counted", async () => {
  const pipeline = spooling();
  rmSync(directory, { recursive: true });
  writeFileSync(directory, "a file where the directory was");
  endSpans(pipeline, 40);
  await until(() => pipeline.stats().spool.errors > 0);
  expect(pipeline.stats()).toMatchObject({ queued: 40, spool: { spooled: 0 } });
  await using receiver = await startOtlpReceiver({ port });
  expect(await pipeline.flush(20_000)).toBe(true);
  expect(numbersOf(receiver.spans())).toEqual(range(40));
  await pipeline.shutdown();
});

test("the spool holds what the wrapper let through, not what it was given", async () => {
  const pipeline = createPipeline({
    target: { kind: "otlp-http", url: `http://127.0.0.1:${port}/v1/traces` },
    wrapExporter: (inner) => ({
      export: (spans, done) =>
        inner.export(
          spans.map(({ name }) => fakeSpan(name, { key: "[redacted]" })),
          done,
        ),
      shutdown: () => inner.shutdown(),
    }),
    spool: { directory },
  });
  pipeline.processor.onEnd(fakeSpan("s0", { key: "the-secret" }));
  await pipeline.flush(50);
  pipeline.save();
  const written = files()
    .map((file) => readFileSync(file, "latin1"))
    .join("");
  expect(written).toContain("[redacted]");
  expect(written).not.toContain("the-secret");
  await pipeline.shutdown(1);
});

test("createPipeline() closes the spool again when the wrapper cannot be made", () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const wrapExporter = (): never => {
    throw new Error("no rules given");
  };
  const target = { kind: "otlp-http", url: `http://127.0.0.1:${port}/v1/traces` } as const;
  expect(() => createPipeline({ target, wrapExporter, spool: { directory } })).toThrow("no rules given");
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test("createPipeline() makes the spool directory with those above it, for this user alone", async () => {
  const deep = join(directory, "a", "b", "c");
  const pipeline = spooling({ directory: deep });
  expect(["a", "a/b", "a/b/c"].map((part) => statSync(join(directory, part)).mode & 0o777)).toEqual([
    0o700, 0o700, 0o700,
  ]);
  await pipeline.shutdown();
});

test("createPipeline() throws for a spool directory where none can be made, and does not hang", () => {
  expect(() => spooling({ directory: "/proc/dcmx/spool" })).toThrow(/dcmx|proc/);
});

test("createPipeline() throws for a spool directory that cannot be written", () => {
  const file = join(directory, "file");
  writeFileSync(file, "");
  expect(() => spooling({ directory: join(file, "spool") })).toThrow(
    /^Cannot spool as 'spool.directory' must be a directory that can be written: current value is ".*file\/spool"/,
  );
  expect(() => spooling({ maxBytes: 0 })).toThrow(RangeError);
});

test("the spool is readable by its owner only", async () => {
  const spool = join(directory, "deep", "spool");
  mkdirSync(join(directory, "deep"));
  chmodSync(join(directory, "deep"), 0o755);
  const pipeline = spooling({ directory: spool });
  endSpans(pipeline, 10);
  await until(() => pipeline.stats().spool.spooled === 10);
  const [lot = ""] = readdirSync(spool);
  const [file = ""] = files();
  const modes = [spool, join(spool, lot), file].map((path) => (statSync(path).mode & 0o777).toString(8));
  expect(modes).toEqual(["700", "700", "600"]);
  await pipeline.shutdown(1);
});
