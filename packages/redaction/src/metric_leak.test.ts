import { createRequire } from "node:module";
import { type Attributes, ROOT_CONTEXT, TraceFlags, trace } from "@opentelemetry/api";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  InstrumentType,
  MeterProvider,
  PeriodicExportingMetricReader,
  type PushMetricExporter,
  type ResourceMetrics,
} from "@opentelemetry/sdk-metrics";
import { afterEach, beforeEach, expect, test } from "vitest";
import { redactingMetricExporter } from "./redacting_metric_exporter.ts";
import { type Receiver, startReceiver } from "./testing/_receiver.ts";

const KEY = "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

/** Exports once what is written; returns what the receiver got. */
async function push(exporter: PushMetricExporter, write: (provider: MeterProvider) => void): Promise<string> {
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const resource = resourceFromAttributes({
    "service.name": "mint",
    "process.command_line": `mint --private-key ${KEY}`,
  });
  const provider = new MeterProvider({ readers: [reader], resource });
  write(provider);
  await provider.forceFlush();
  await provider.shutdown();
  return receiver.text().toLowerCase();
}

const SURFACES: Readonly<Record<string, (provider: MeterProvider) => void>> = {
  "label of a counter": (p) =>
    p
      .getMeter("t")
      .createCounter("mints")
      .add(1, { signer: `0x${KEY}`, network: "polygon" }),
  "label of a histogram": (p) =>
    p
      .getMeter("t")
      .createHistogram("mints")
      .record(1, { signer: `0x${KEY}` }),
  "name of a label": (p) =>
    p
      .getMeter("t")
      .createCounter("mints")
      .add(1, { [`of.${KEY}`]: "a" }),
  "name of an instrument": (p) => p.getMeter("t").createCounter(`mints.${KEY}`).add(1),
  "description of an instrument": (p) =>
    p
      .getMeter("t")
      .createCounter("mints", { description: `by ${KEY}` })
      .add(1),
  scope: (p) => p.getMeter(`scope ${KEY}`, `v ${KEY}`).createCounter("mints").add(1),
};

for (const [surface, write] of Object.entries(SURFACES)) {
  test(`redactingMetricExporter() lets no byte of a key reach the receiver: ${surface}, and the resource`, async () => {
    const otlp = new OTLPMetricExporter({ url: `${receiver.url}/v1/metrics` });
    const bytes = await push(redactingMetricExporter(otlp), write);
    expect(bytes).toContain("mints");
    expect(bytes).not.toContain(KEY.slice(0, 20));
    expect(bytes).not.toContain(KEY.slice(-20));
  });
}

interface Exemplar {
  readonly filteredAttributes: Attributes;
  readonly traceId?: string;
}
interface Reservoir {
  offer(value: number, time: [number, number], attributes: Attributes, context: typeof ROOT_CONTEXT): void;
  collect(attributes: Attributes): Exemplar[];
}

/**
 * The SDK has reservoirs, which it neither exports nor attaches to data points yet, and its OTLP transformer does not
 * encode exemplars. So the reservoir is loaded by its path, what it collects is put where the specification has it,
 * and an exporter of the test sends the batch as JSON.
 */
function realExemplars(): Exemplar[] {
  const load = createRequire(import.meta.url);
  const main = load.resolve("@opentelemetry/sdk-metrics");
  const { AlignedHistogramBucketExemplarReservoir: Buckets } = load(
    main.replace(/index\.js$/, "exemplar/AlignedHistogramBucketExemplarReservoir.js"),
  ) as { AlignedHistogramBucketExemplarReservoir: new (boundaries: number[]) => Reservoir };
  const reservoir = new Buckets([1, 10]);
  const spanContext = { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: TraceFlags.SAMPLED };
  const context = trace.setSpanContext(ROOT_CONTEXT, spanContext);
  // What a view leaves out of the labels is what an exemplar takes along.
  reservoir.offer(0.5, [1, 0], { network: "polygon", signer: `0x${KEY}`, order: "order-42" }, context);
  return reservoir.collect({ network: "polygon" });
}

function sendAsJson(url: string): PushMetricExporter {
  return {
    export(metrics, done) {
      const { resource, scopeMetrics } = metrics;
      const body = JSON.stringify({ resource: resource.attributes, scopeMetrics });
      fetch(url, { method: "POST", body }).then(
        () => done({ code: 0 }),
        (error: Error) => done({ code: 1, error }),
      );
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  };
}

/** A batch of the SDK, with exemplars beside the values. */
async function batchWithExemplars(): Promise<ResourceMetrics> {
  const memory = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  await push(memory, (p) => p.getMeter("t").createHistogram("mints").record(0.5, { network: "polygon" }));
  const [batch] = memory.getMetrics();
  if (batch === undefined) throw new Error("the SDK collected nothing");
  for (const { metrics } of batch.scopeMetrics)
    for (const { dataPoints } of metrics)
      for (const point of dataPoints) Object.assign(point, { exemplars: realExemplars() });
  return batch;
}

test("redactingMetricExporter() redacts what exemplars take along, and keeps their trace", async () => {
  const batch = await batchWithExemplars();
  const before = JSON.stringify(batch.scopeMetrics);
  expect(before).toContain(KEY);
  const result = await new Promise((resolve) =>
    redactingMetricExporter(sendAsJson(receiver.url)).export(batch, resolve),
  );
  expect(result).toEqual({ code: 0 });
  const bytes = receiver.text();
  expect(bytes).toContain('"filteredAttributes":{"signer":"[REDACTED]","order":"order-42"}');
  expect(bytes).toContain("1".repeat(32));
  expect(bytes).not.toContain(KEY.slice(0, 20));
  expect(JSON.stringify(batch.scopeMetrics)).toBe(before);
});

test("redactingMetricExporter() keeps the other members of the exporter", async () => {
  const inner = new InMemoryMetricExporter(AggregationTemporality.DELTA);
  const exporter = redactingMetricExporter(inner);
  expect(exporter.selectAggregationTemporality(InstrumentType.COUNTER)).toBe(AggregationTemporality.DELTA);
  await push(exporter, (p) => p.getMeter("t").createCounter("mints").add(1, { "db.password": "hunter2x" }));
  expect(exporter).toBeInstanceOf(InMemoryMetricExporter);
});

test("redactingMetricExporter() refuses a batch that it cannot read, and every batch when the self-test fails", async () => {
  const sent: unknown[] = [];
  const inner = {
    export: (batch: unknown, done: (result: { code: number }) => void) =>
      void done({ code: sent.push(batch) - 1 }),
  };
  const resource = resourceFromAttributes({});
  const unreadable = {
    resource,
    get scopeMetrics(): never {
      throw new Error(KEY);
    },
  };
  const result = await new Promise((resolve) => redactingMetricExporter(inner).export(unreadable, resolve));
  expect(result).toEqual({ code: 1, error: new Error("Redaction could not read the batch") });
  const broken = redactingMetricExporter(inner, { allowKeys: ["*"] });
  expect(
    await new Promise((resolve) => broken.export({ resource, scopeMetrics: [] }, resolve)),
  ).toMatchObject({
    code: 1,
    error: { message: "Redaction failed its self-test: nothing is exported" },
  });
  expect(sent).toEqual([]);
});
