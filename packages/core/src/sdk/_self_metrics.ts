import { waitingStats } from "@dcmx-tracing/span/kernel";
import { type Attributes, metrics, type ObservableResult } from "@opentelemetry/api";
import { apiGlobals } from "../lifecycle/_api_globals.ts";
import type { TargetStats, TracingStats } from "../tracing.ts";

const SCOPE = "@dcmx-tracing/core";
const LOOK_EVERY_MS = 1000;

/** Name, unit and reading of each metric. The names are those of the catalogue; a test holds them against it. */
const COUNTERS: readonly (readonly [name: string, unit: string, text: string, read: Reading])[] = [
  ["dcmx.spans.started", "{span}", "Spans that were started.", ({ started }) => [[started, {}]]],
  [
    "dcmx.spans.sampled_out",
    "{span}",
    "Spans that sampling left out.",
    ({ sampledOut }) => [[sampledOut, {}]],
  ],
  ["dcmx.spans.ended", "{span}", "Spans that were ended.", ({ ended }) => [[ended, {}]]],
  [
    "dcmx.spans.exported",
    "{span}",
    "Spans that a receiver has accepted.",
    perTarget(({ exported }) => exported),
  ],
  ["dcmx.spans.dropped", "{span}", "Spans that were dropped before the export.", droppedByReason],
  ["dcmx.spans.failed", "{span}", "Spans that could not be exported.", failedByReason],
  [
    "dcmx.spans.abandoned",
    "{span}",
    "Traced calls that were given up because nobody went on consuming their result.",
    () => [[waitingStats().abandoned, {}]],
  ],
  ["dcmx.export.bytes", "By", "Bytes that were sent to a receiver.", perTarget(({ sentBytes }) => sentBytes)],
];

type Value = readonly [value: number, attributes: Attributes];
type Reading = (stats: TracingStats) => Value[];

/**
 * Offers the counters of tracing as metrics, on whatever meter provider the application registers, whenever it does:
 * the API hands out a meter that does nothing until then, so the registration is looked for once a second.
 *
 * @param stats Reads the counters.
 * @returns Stops it.
 */
export function publishMetrics(stats: () => TracingStats): () => void {
  let remove = (): void => {};
  const look = (): boolean => {
    if (apiGlobals().metrics === undefined) return false;
    remove = register(stats);
    return true;
  };
  if (look()) return () => remove();
  const timer = setInterval(() => {
    if (look()) clearInterval(timer);
  }, LOOK_EVERY_MS);
  timer.unref();
  return () => {
    clearInterval(timer);
    remove();
  };
}

function register(stats: () => TracingStats): () => void {
  const meter = metrics.getMeter(SCOPE);
  const removals = COUNTERS.map(([name, unit, description, read]) => {
    const counter = meter.createObservableCounter(name, { unit, description });
    const observe = (result: ObservableResult): void => {
      for (const [value, attributes] of read(stats())) result.observe(value, attributes);
    };
    counter.addCallback(observe);
    return () => counter.removeCallback(observe);
  });
  const description = "Spans that wait for the export.";
  const queue = meter.createObservableGauge("dcmx.spans.queue.size", { unit: "{span}", description });
  const observeQueue = (result: ObservableResult): void => result.observe(stats().queued);
  queue.addCallback(observeQueue);
  removals.push(() => queue.removeCallback(observeQueue));
  return () => {
    for (const removal of removals) removal();
  };
}

// Several targets of one kind are one series; a reason that never happened is a 0, so that rates can be taken.
class Sums {
  readonly #values = new Map<string, [number, Attributes]>();

  add(value: number, attributes: Attributes): void {
    const key = JSON.stringify(attributes);
    this.#values.set(key, [(this.#values.get(key)?.[0] ?? 0) + value, attributes]);
  }

  all(): Value[] {
    return [...this.#values.values()];
  }
}

function perTarget(read: (target: TargetStats) => number): Reading {
  return ({ targets }) => {
    const sums = new Sums();
    for (const target of targets) sums.add(read(target), { "dcmx.exporter": target.exporter });
    return sums.all();
  };
}

function droppedByReason({ targets }: TracingStats): Value[] {
  const sums = new Sums();
  for (const { dropped } of targets) {
    for (const [reason, count] of Object.entries(dropped)) sums.add(count, { "dcmx.drop.reason": reason });
  }
  return sums.all();
}

function failedByReason({ targets }: TracingStats): Value[] {
  const sums = new Sums();
  for (const { failed, exporter } of targets) {
    for (const [reason, count] of Object.entries(failed)) {
      sums.add(count, { "dcmx.exporter": exporter, "error.type": reason });
    }
  }
  return sums.all();
}
