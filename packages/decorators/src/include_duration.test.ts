import { createTestTracing, type TestTracing } from "@dcmx-tracing/testing";
import { type Context, metrics, trace } from "@opentelemetry/api";
import {
  AggregationTemporality,
  type HistogramMetricData,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { AlwaysOffSampler } from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, expect, test } from "vitest";
import { traced, tracedMethod } from "./mod.ts";

let exporter: InMemoryMetricExporter;
let provider: MeterProvider;
let tracing: TestTracing | undefined;

beforeEach(() => {
  exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  provider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 2 ** 30 })],
  });
  metrics.setGlobalMeterProvider(provider);
});
afterEach(async () => {
  metrics.disable();
  await provider.shutdown();
  await tracing?.shutdown();
  tracing = undefined;
});

/** Name, unit, attributes and count of every recorded series. */
async function recorded(): Promise<unknown[]> {
  await provider.forceFlush();
  const scopes = exporter.getMetrics().at(-1)?.scopeMetrics ?? [];
  return scopes.flatMap((scope) =>
    scope.metrics.flatMap((metric) =>
      // Only histograms are recorded here.
      (metric as HistogramMetricData).dataPoints.map((point) => [
        metric.descriptor.name,
        metric.descriptor.unit,
        point.attributes,
        point.value.count,
      ]),
    ),
  );
}

test("includeDuration records every call in a histogram in seconds, with error.type when it failed", async () => {
  tracing = createTestTracing();
  const work = traced({ operationName: "nft.mint", includeDuration: true }, (fails: boolean) => {
    if (fails) throw new RangeError("no");
  });
  work(false);
  work(false);
  expect(() => work(true)).toThrow(RangeError);
  expect(await recorded()).toEqual([
    ["nft.mint.duration", "s", {}, 2],
    ["nft.mint.duration", "s", { "error.type": "RangeError" }, 1],
  ]);
});

test("includeDuration records calls without an SDK for traces, under unsampled parents, and in every shape", async () => {
  const work = traced({ operationName: "work", includeDuration: true }, async () => 1);
  await work();
  tracing = createTestTracing({ sampler: new AlwaysOffSampler() });
  await work();
  await tracing.tracer().startActiveSpan("parent", () => work());
  const generate = traced({ operationName: "generate", includeDuration: true }, function* () {
    yield 1;
  });
  expect([...generate()]).toEqual([1]);
  const callback = traced(
    { operationName: "callback", includeDuration: true, callback: true },
    (done: () => void) => done(),
  );
  callback(() => {});
  class Minter {
    @tracedMethod({ includeDuration: true })
    mint(): void {}
  }
  new Minter().mint();
  expect(await recorded()).toEqual([
    ["work.duration", "s", {}, 3],
    ["generate.duration", "s", {}, 1],
    ["callback.duration", "s", {}, 1],
    ["Minter.mint.duration", "s", {}, 1],
  ]);
});

test("includeDuration makes a valid instrument name of any operation", async () => {
  traced({ operationName: "42 #mint! (all)", includeDuration: true }, () => 1)();
  expect(await recorded()).toEqual([["mint___all_.duration", "s", {}, 1]]);
});

test("includeDuration records in the context of the span, which exemplars refer to", async () => {
  tracing = createTestTracing();
  const spans: (string | undefined)[] = [];
  const record = (_value: number, _attributes: unknown, context?: Context): void => {
    spans.push(context && trace.getSpan(context)?.spanContext().spanId);
  };
  metrics.disable();
  // All that is asked of a meter here is a histogram; what it records into is the point of the test.
  metrics.setGlobalMeterProvider({
    getMeter: () => ({ createHistogram: () => ({ record }) }),
  } as unknown as MeterProvider);
  await traced({ operationName: "work", includeDuration: true }, async () => 1)();
  expect(spans).toEqual([tracing.spans()[0]?.spanContext().spanId]);
});
