// Cost of one record call: ours, the OpenTelemetry SDK, prom-client; interleaved in one process.
// Run: pnpm --filter @dcmx-tracing/bench bench:metrics
import { performance } from "node:perf_hooks";
import {
  bindCounter,
  bindHistogram,
  defineMetrics,
  initMetrics,
  recordCounter,
  recordHistogram,
} from "@dcmx-tracing/metrics";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import promClient from "prom-client";
import { BOUNDS, LABELS } from "./metrics_subjects.ts";

const CALLS = 2_000;
const ROUNDS = 101;

const metrics = await initMetrics({ prometheus: { listen: false } });
const exporter = new PrometheusExporter({ preventServerStart: true });
const provider = new MeterProvider({ readers: [exporter] });
const meter = provider.getMeter("bench");
const advice = { explicitBucketBoundaries: [...BOUNDS] };
const otelCounter = meter.createCounter("otel.counter");
const otelHistogram = meter.createHistogram("otel.histogram", { advice });
const registers = [new promClient.Registry()];
const promCounter0 = new promClient.Counter({ name: "c0", help: "c", registers });
const promCounter = new promClient.Counter({ name: "c", help: "c", labelNames: [...LABELS], registers });
const promHistogram0 = new promClient.Histogram({ name: "h0", help: "h", buckets: [...BOUNDS], registers });
const promHistogram = new promClient.Histogram({
  name: "h",
  help: "h",
  labelNames: [...LABELS],
  buckets: [...BOUNDS],
  registers,
});
defineMetrics({
  counter: { name: "our.counter", instrument: "counter" },
  histogram: { name: "our.histogram", instrument: "histogram", buckets: BOUNDS },
});

const networks = ["polygon", "ethereum", "base", "optimism"];
const shards = ["a", "b", "c", "d", "e", "f", "g", "h"];
/** Fresh attributes for each call, as an application makes them. */
function labels(i: number): { network: string; status: string; shard: string } {
  return {
    network: networks[i & 3] as string,
    status: i & 1 ? "minted" : "failed",
    shard: shards[i & 7] as string,
  };
}
const fixed = labels(0);
const boundCounter = bindCounter("our.counter", fixed);
const boundHistogram = bindHistogram("our.histogram", fixed);
const promBoundCounter = promCounter.labels(fixed);
const promBoundHistogram = promHistogram.labels(fixed);
const value = (i: number): number => (i & 1023) / 100;

type Case = readonly [row: string, subject: string, run: (i: number) => void];
const cases: readonly Case[] = [
  ["counter, no attributes", "dcmx", () => recordCounter("our.counter", 1)],
  ["counter, no attributes", "OpenTelemetry SDK", () => otelCounter.add(1)],
  ["counter, no attributes", "prom-client", () => promCounter0.inc(1)],
  ["counter, 3 attributes", "dcmx", (i) => recordCounter("our.counter", 1, labels(i))],
  ["counter, 3 attributes", "OpenTelemetry SDK", (i) => otelCounter.add(1, labels(i))],
  ["counter, 3 attributes", "prom-client", (i) => promCounter.inc(labels(i), 1)],
  ["counter, bound", "dcmx", () => boundCounter.add(1)],
  ["counter, bound", "prom-client", () => promBoundCounter.inc(1)],
  ["histogram, no attributes", "dcmx", (i) => recordHistogram("our.histogram", value(i))],
  ["histogram, no attributes", "OpenTelemetry SDK", (i) => otelHistogram.record(value(i))],
  ["histogram, no attributes", "prom-client", (i) => promHistogram0.observe(value(i))],
  ["histogram, 3 attributes", "dcmx", (i) => recordHistogram("our.histogram", value(i), labels(i))],
  ["histogram, 3 attributes", "OpenTelemetry SDK", (i) => otelHistogram.record(value(i), labels(i))],
  ["histogram, 3 attributes", "prom-client", (i) => promHistogram.observe(labels(i), value(i))],
  ["histogram, bound", "dcmx", (i) => boundHistogram.record(value(i))],
  ["histogram, bound", "prom-client", (i) => promBoundHistogram.observe(value(i))],
];

const times = cases.map((): number[] => []);
const bytes = cases.map((): number[] => []);
for (let round = 0; round < ROUNDS; round++) {
  // A B C, then C B A: what drifts in one direction meets all of them.
  const order = cases.map((_, i) => (round % 2 === 0 ? i : cases.length - 1 - i));
  for (const which of order) {
    const run = (cases[which] as Case)[2];
    globalThis.gc?.();
    const heap = process.memoryUsage().heapUsed;
    const start = performance.now();
    for (let i = 0; i < CALLS; i++) run(i);
    times[which]?.push(((performance.now() - start) * 1e6) / CALLS);
    bytes[which]?.push((process.memoryUsage().heapUsed - heap) / CALLS);
  }
}

const median = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[list.length >> 1] ?? 0;
const rows = [...new Set(cases.map(([row]) => row))];
console.log("\n| record (ns, bytes allocated) | dcmx | OpenTelemetry SDK | prom-client |\n|---|---|---|---|");
for (const row of rows) {
  const cell = (subject: string): string => {
    const which = cases.findIndex(([r, s]) => r === row && s === subject);
    return which < 0
      ? "-"
      : `${median(times[which] ?? []).toFixed(0)}, ${Math.max(0, median(bytes[which] ?? [])).toFixed(0)} B`;
  };
  console.log(`| ${row} | ${cell("dcmx")} | ${cell("OpenTelemetry SDK")} | ${cell("prom-client")} |`);
}
// The sink: what was counted must be there.
const counted = (await metrics.collect()).match(
  /our_counter_total\{otel_scope_name="@dcmx-tracing\/metrics"\} (\d+)/,
);
if (Number(counted?.[1]) !== ROUNDS * CALLS)
  throw new Error(`counted ${counted?.[1]}, expected ${ROUNDS * CALLS}`);
await Promise.all([metrics.shutdown(), provider.shutdown()]);
