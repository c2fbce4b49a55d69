// A scrape over HTTP by another process: time until the last byte, CPU time of the serving process (threads of the
// garbage collector and the watching of the event loop included), longest block of its event loop, heap growth; ours, @opentelemetry/exporter-prometheus, prom-client, interleaved in one process.
// Run: pnpm --filter @dcmx-tracing/bench bench:metrics
import { fork } from "node:child_process";
import { once } from "node:events";
import { performance } from "node:perf_hooks";
import { labelsOf, ours, prom, type Subject, stock } from "./metrics_subjects.ts";

const ROUNDS = 11;
interface Scenario {
  readonly title: string;
  readonly metrics: number;
  readonly series: number;
  readonly histogram: boolean;
}
const scenarios: readonly Scenario[] = [
  { title: "100 counter series", metrics: 10, series: 10, histogram: false },
  { title: "10,000 counter series", metrics: 10, series: 1_000, histogram: false },
  { title: "100,000 counter series", metrics: 100, series: 1_000, histogram: false },
  { title: "5,000 histograms of 15 buckets", metrics: 5, series: 1_000, histogram: true },
];
interface Scrape {
  readonly ms: number;
  readonly cpu: number;
  readonly block: number;
  readonly heap: number;
  readonly bytes: number;
  readonly lines: number;
}

const client = fork(new URL("./metrics_scrape_client.ts", import.meta.url), { execArgv: process.execArgv });

/** Scrapes once, and watches the gaps between the turns of the event loop meanwhile. */
async function scrape(url: string): Promise<Scrape> {
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  let block = 0;
  let heap = 0;
  let watching = true;
  let last = performance.now();
  const tick = (): void => {
    const now = performance.now();
    block = Math.max(block, now - last);
    last = now;
    if (watching) setImmediate(tick);
  };
  setImmediate(tick);
  const cpu = process.cpuUsage();
  client.send(url);
  const [answer] = await once(client, "message");
  const spent = process.cpuUsage(cpu);
  watching = false;
  heap = process.memoryUsage().heapUsed - before;
  if (answer.status !== 200) throw new Error(`${url} answered ${answer.status}`);
  return { ...answer, cpu: (spent.user + spent.system) / 1000, block, heap: heap / 2 ** 20 };
}

function fill(subject: Subject, { metrics, series, histogram }: Scenario): void {
  for (let m = 0; m < metrics; m++) {
    if (histogram) {
      const record = subject.histogram(`bench_histogram_${m}`);
      for (let s = 0; s < series; s++) for (let n = 0; n < 5; n++) record(n * n, labelsOf(s));
    } else {
      const add = subject.counter(`bench_counter_${m}`);
      for (let s = 0; s < series; s++) add(labelsOf(s));
    }
  }
}

async function heapUsed(): Promise<number> {
  globalThis.gc?.();
  await new Promise((resolve) => setImmediate(resolve));
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;

// Lowest and median of the rounds: on a machine that is shared, the lowest is the one that others disturbed least.
console.log(
  "\n| scrape (lowest, median) | library | time ms | CPU ms | longest block ms | heap growth MB | page MB | held bytes a series |\n|---|---|---|---|---|---|---|---|",
);
for (const scenario of scenarios) {
  const subjects = [await ours(), await stock(), await prom()];
  const wanted = scenario.metrics * scenario.series;
  const held: number[] = [];
  for (const subject of subjects) {
    const before = await heapUsed();
    fill(subject, scenario);
    // What is kept from the first scrape for the later ones belongs to a series as well.
    await scrape(subject.url);
    held.push(((await heapUsed()) - before) / wanted);
  }
  const results = subjects.map((): Scrape[] => []);
  for (let round = 0; round < ROUNDS + 2; round++) {
    const order = round % 2 === 0 ? [0, 1, 2] : [2, 1, 0];
    for (const which of order) {
      const result = await scrape((subjects[which] as Subject).url);
      // Two rounds to warm up.
      if (round >= 2) results[which]?.push(result);
    }
  }
  for (const [which, subject] of subjects.entries()) {
    const list = results[which] ?? [];
    if (list.some((result) => result.lines < wanted)) throw new Error(`${subject.name} served too few lines`);
    const show = (of: (scrape: Scrape) => number, digits = 1): string => {
      const values = list.map(of);
      return `${Math.min(...values).toFixed(digits)}, ${median(values).toFixed(digits)}`;
    };
    console.log(
      `| ${scenario.title} | ${subject.name} | ${show((r) => r.ms)} | ${show((r) => r.cpu)} | ${show((r) => r.block)} | ${median(list.map((r) => r.heap)).toFixed(1)} | ${((list[0]?.bytes ?? 0) / 1e6).toFixed(1)} | ${held[which]?.toFixed(0)} |`,
    );
  }
  await Promise.all(subjects.map((subject) => subject.close()));
}
client.kill();
