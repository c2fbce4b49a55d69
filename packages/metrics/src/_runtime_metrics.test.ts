import { findMetric, METRICS } from "@dcmx-tracing/conventions";
import { afterEach, expect, test } from "vitest";
import { initMetrics, type Metrics, prometheusName } from "./mod.ts";

let active: Metrics | undefined;
afterEach(async () => {
  await active?.shutdown();
  active = undefined;
});

/** Families of a page with their types. */
function families(page: string): Map<string, string> {
  return new Map(
    [...page.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map((match) => [String(match[1]), String(match[2])]),
  );
}

// Delays of the event loop and garbage collections come in later turns, when there were any.
const WITHOUT_WAITING = [
  "process.cpu.time",
  "process.memory.usage",
  "process.uptime",
  "nodejs.eventloop.time",
  "nodejs.eventloop.utilization",
  "v8js.memory.heap.used",
  "v8js.memory.heap.space.size",
  "v8js.memory.heap.space.available_size",
  "v8js.memory.heap.space.physical_size",
];

test("initMetrics() with runtimeMetrics serves event loop, heap, CPU and memory under names of the catalogue", async () => {
  active = await initMetrics({ prometheus: { listen: false }, runtimeMetrics: true });
  await active.collect(); // the utilisation of the event loop is that since the last collection
  const found = families(await active.collect());
  for (const name of WITHOUT_WAITING) {
    const metric = findMetric(name)?.metric;
    expect(metric, name).toBeDefined();
    if (metric === undefined) continue;
    const type = metric.instrument === "updowncounter" ? "gauge" : metric.instrument;
    expect(found.get(prometheusName(metric)), name).toBe(type);
  }
  const known = new Set(["target_info", ...METRICS.map((metric) => prometheusName(metric))]);
  for (const name of found.keys()) expect(known).toContain(name);
});

test("initMetrics() with runtimeMetrics stops them at shutdown", async () => {
  active = await initMetrics({ prometheus: { listen: false }, runtimeMetrics: true });
  await active.shutdown();
  active = await initMetrics({ prometheus: { listen: false } });
  expect([...families(await active.collect()).keys()]).toEqual(["target_info"]);
});
