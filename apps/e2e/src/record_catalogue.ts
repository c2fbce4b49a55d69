import {
  ATTRIBUTES,
  type AttributeDefinition,
  METRICS,
  type MetricDefinition,
} from "@dcmx-tracing/conventions";
import { recordCounter, recordGauge, recordHistogram, recordUpDown } from "@dcmx-tracing/metrics";
import type { Attributes } from "@opentelemetry/api";

/**
 * Metrics that the packages make by themselves: of the metrics package ({@link provokeSelfMetrics}), of the process, and
 * of tracing.
 */
const SELF_MADE =
  /^dcmx\.(metrics|export\.bytes)|^dcmx\.spans\.(?!stuck|abandoned)|^process\.|^nodejs\.|^v8js\./;

/**
 * Records every metric of the catalogue, with every value of its enumerated attributes, once failed and once not.
 * It stands in for a busy platform, on which also the rare things happen: gaps, leaks, refusals.
 */
export function recordCatalogue(): void {
  for (const metric of METRICS) {
    if (SELF_MADE.test(metric.name)) continue;
    for (const attributes of attributeSets(metric)) record(metric, attributes);
  }
  provokeSelfMetrics();
}

/** Limits under which {@link provokeSelfMetrics} overflows. */
export const TEST_LIMITS: Readonly<Record<string, number>> = { "e2e.overflowing": 2 };

/** Does what the metrics package refuses, cuts or merges. */
function provokeSelfMetrics(): void {
  recordCounter("nft.mints", Number.NaN);
  recordCounter("nft.mints", 1, { "nft.status": "minted", "tx.hash": "0x01" });
  for (const shard of ["a", "b", "c", "d"]) recordCounter("e2e.overflowing", 1, { shard });
  recordCounter("e2e.colliding", 1);
  recordCounter("e2e_colliding", 1);
}

function record({ name, instrument, buckets = [1] }: MetricDefinition, attributes: Attributes): void {
  if (instrument === "counter") recordCounter(name, 1, attributes);
  else if (instrument === "updowncounter") recordUpDown(name, 1, attributes);
  else if (instrument === "gauge") recordGauge(name, 0.5, attributes);
  else recordHistogram(name, buckets[Math.floor(buckets.length / 2)] ?? 1, attributes);
}

/** One set for each value of each enumerated attribute; `error.type` is there in one of two sets. */
function attributeSets(metric: MetricDefinition): readonly Attributes[] {
  const plain = metric.attributes.filter((name) => name !== "error.type");
  const definitions = plain.map((name) => [name, ATTRIBUTES.find((each) => each.name === name)] as const);
  const longest = Math.max(1, ...definitions.map(([, definition]) => definition?.values?.length ?? 1));
  return Array.from({ length: longest }, (_, index): readonly Attributes[] => {
    const attributes = Object.fromEntries(
      definitions.map(([name, definition]) => [name, exampleOf(definition, index)]),
    );
    return metric.attributes.includes("error.type")
      ? [attributes, { ...attributes, "error.type": "TypeError" }]
      : [attributes];
  }).flat();
}

function exampleOf(definition: AttributeDefinition | undefined, index: number): string | number | boolean {
  const { type = "string", values = [] } = definition ?? {};
  if (type === "boolean") return index % 2 === 0;
  if (type === "int" || type === "double") return 1;
  return values[index % Math.max(1, values.length)] ?? "test";
}
