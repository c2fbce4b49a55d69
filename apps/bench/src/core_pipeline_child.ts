// One measurement of the pipeline benchmark, in a process of its own: `core_pipeline_child.mjs CASE SUBJECT ATTRIBUTES`.
// Prints one line of JSON. Needs --expose-gc.
import { readFileSync } from "node:fs";
import { monitorEventLoopDelay, performance } from "node:perf_hooks";
import { setTimeout as pause, setImmediate as turn } from "node:timers/promises";
import {
  attributesOf,
  type Collector,
  type Subject,
  type SubjectName,
  startCollector,
  subject,
} from "./core_pipeline_subjects.ts";

const [, , name = "", subjectName = "", count = "5"] = process.argv;
const attributes = attributesOf(Number(count));
const SPANS = 100_000;

const collector = await startCollector();
// The subject names come from the parent, which has them from the list.
const made = subject(subjectName as SubjectName, collector.url);
const result = await measure(name, made, collector);
console.log(JSON.stringify(result));
collector.stop();
process.exit();

async function measure(
  what: string,
  subject: Subject,
  collector: Collector,
): Promise<Record<string, number>> {
  await warmUp(subject);
  await collector.tell({ count: true });
  if (what === "burst-sync") return burst(subject, async () => endSome(subject, SPANS));
  if (what === "burst-async") return burst(subject, () => endAsync(subject));
  if (what === "burst-50ms") {
    await collector.tell({ latencyMs: 50 });
    return burst(subject, () => endAsync(subject));
  }
  if (what === "end") return endLatency(subject);
  if (what === "paced") return paced(subject);
  return cpu(subject);
}

function endSome({ tracer }: Subject, spans: number): void {
  for (let at = 0; at < spans; at++) tracer.startSpan("nft_minting.mint", { attributes }).end();
}

/** 200 tasks that end 500 spans each: they yield after every span, and let the event loop turn after every fifth. */
async function endAsync(subject: Subject): Promise<void> {
  const task = async (): Promise<void> => {
    for (let at = 0; at < SPANS / 200; at++) {
      endSome(subject, 1);
      await (at % 5 === 0 ? turn() : null);
    }
  };
  await Promise.all(Array.from({ length: 200 }, task));
}

async function warmUp(subject: Subject): Promise<void> {
  for (let round = 0; round < 20; round++) {
    endSome(subject, 200);
    await pause(5);
  }
  await pause(1_200);
}

function heldBytes(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

async function burst(subject: Subject, run: () => Promise<void>): Promise<Record<string, number>> {
  const before = heldBytes();
  await run();
  const held = heldBytes() - before;
  await subject.shutdown();
  const { distinct, received } = await collector.tell({ count: true });
  return { lost: SPANS - distinct, duplicates: received - distinct, heldMB: held / 1e6 };
}

/** 100,000 spans, 50 a millisecond; the time of each end(). */
async function endLatency({ tracer, shutdown }: Subject): Promise<Record<string, number>> {
  const times = new Float64Array(SPANS);
  let at = 0;
  while (at < SPANS) {
    const next = performance.now() + 1;
    for (let some = 0; some < 50; some++) {
      const span = tracer.startSpan("nft_minting.mint", { attributes });
      const start = performance.now();
      span.end();
      times[at++] = (performance.now() - start) * 1_000;
    }
    while (performance.now() < next) await turn();
  }
  await shutdown();
  times.sort();
  const quantile = (share: number): number => times[Math.min(SPANS - 1, Math.floor(SPANS * share))] ?? 0;
  return {
    p50: quantile(0.5),
    p99: quantile(0.99),
    p999: quantile(0.999),
    p9999: quantile(0.9999),
    max: quantile(1),
  };
}

/** 20,000 spans a second for 4 seconds: what the event loop notices of it. */
async function paced(subject: Subject): Promise<Record<string, number>> {
  globalThis.gc?.();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const before = performance.eventLoopUtilization();
  const began = performance.now();
  let ended = 0;
  delay.enable();
  while (ended < 80_000) {
    const due = Math.min(80_000, Math.floor((performance.now() - began) * 20));
    endSome(subject, due - ended);
    ended = due;
    await pause(1);
  }
  delay.disable();
  const { utilization } = performance.eventLoopUtilization(before);
  await subject.shutdown();
  const { distinct } = await collector.tell({ count: true });
  const ms = (nanos: number): number => nanos / 1e6;
  return {
    p99: ms(delay.percentile(99)),
    p999: ms(delay.percentile(99.9)),
    max: ms(delay.max),
    elu: utilization * 100,
    lost: 80_000 - distinct,
  };
}

/** Nanoseconds the main thread was on a processor. */
function mainThreadNanos(): number {
  return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, "utf8").split(" ")[0]);
}

/** Create and export 100,000 spans at no more than 20,000 a second, so that the stock processor can keep up. */
async function cpu(subject: Subject): Promise<Record<string, number>> {
  const main = mainThreadNanos();
  const whole = process.cpuUsage();
  for (let at = 0; at < SPANS; at += 100) {
    endSome(subject, 100);
    await pause(5);
  }
  await subject.shutdown();
  const { user, system } = process.cpuUsage(whole);
  const mainUs = (mainThreadNanos() - main) / 1_000 / SPANS;
  const { distinct } = await collector.tell({ count: true });
  return { mainUs, processUs: (user + system) / SPANS, lost: SPANS - distinct };
}
