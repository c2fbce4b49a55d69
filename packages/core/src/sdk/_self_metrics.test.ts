import { ATTRIBUTES, METRICS } from "@dcmx-tracing/conventions";
import { startSpan } from "@dcmx-tracing/span";
import { metrics } from "@opentelemetry/api";
import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import { afterEach, expect, test, vi } from "vitest";
import { initTracing } from "../init_tracing.ts";
import { startOtlpReceiver } from "../testing/_otlp_receiver.ts";

class ManualReader extends MetricReader {
  protected override async onShutdown(): Promise<void> {}
  protected override async onForceFlush(): Promise<void> {}
}

interface Point {
  readonly value: unknown;
  readonly attributes: unknown;
}

async function collect(reader: ManualReader): Promise<Map<string, { unit: string; points: Point[] }>> {
  const { resourceMetrics } = await reader.collect();
  const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  return new Map(
    all.map(({ descriptor, dataPoints }) => [
      descriptor.name,
      { unit: descriptor.unit, points: dataPoints.map(({ value, attributes }) => ({ value, attributes })) },
    ]),
  );
}

afterEach(() => {
  vi.useRealTimers();
  metrics.disable();
});

test("initTracing() offers its counters under the names of the catalogue", async () => {
  const reader = new ManualReader();
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  await using receiver = await startOtlpReceiver();
  await using refusing = await startOtlpReceiver({ answer: () => ({ status: 400 }) });
  const second = { kind: "otlp-http", url: `${refusing.url}/v1/traces` } as const;
  const options = { serviceName: "t", logLevel: "none", otlpEndpoint: receiver.url } as const;
  const tracing = initTracing({
    ...options,
    exporter: ["otlp", second],
    samplingRules: [{ match: "noise", rate: 0 }],
  });
  startSpan("work", () => {});
  startSpan("noise", () => {});
  await tracing.flush();
  const found = await collect(reader);
  const value = (name: string) => found.get(name)?.points;
  expect(value("dcmx.spans.started")).toEqual([{ value: 2, attributes: {} }]);
  expect(value("dcmx.spans.sampled_out")).toEqual([{ value: 1, attributes: {} }]);
  expect(value("dcmx.spans.ended")).toEqual([{ value: 1, attributes: {} }]);
  expect(value("dcmx.spans.exported")).toEqual([{ value: 1, attributes: { "dcmx.exporter": "otlp" } }]);
  expect(value("dcmx.spans.queue.size")).toEqual([{ value: 0, attributes: {} }]);
  expect(value("dcmx.export.bytes")).toEqual([
    { value: receiver.requests[0]?.wireBytes, attributes: { "dcmx.exporter": "otlp" } },
  ]);
  expect(value("dcmx.spans.dropped")).toContainEqual({
    value: 0,
    attributes: { "dcmx.drop.reason": "queue-full" },
  });
  expect(value("dcmx.spans.failed")).toContainEqual({
    value: 1,
    attributes: { "dcmx.exporter": "otlp", "error.type": "rejected" },
  });
  for (const [name, { unit, points }] of found) {
    expect(METRICS.find((metric) => metric.name === name)).toMatchObject({ name, unit });
    for (const key of points.flatMap(({ attributes }) => Object.keys(Object(attributes)))) {
      expect([key, ATTRIBUTES.some((attribute) => attribute.name === key)]).toEqual([key, true]);
    }
  }
  await tracing.shutdown();
});

test("initTracing() finds a meter provider that is registered after it", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const tracing = initTracing({ serviceName: "t", logLevel: "none", exporter: "none" });
  startSpan("work", () => {});
  const reader = new ManualReader();
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  vi.advanceTimersByTime(1000);
  expect((await collect(reader)).get("dcmx.spans.started")?.points).toEqual([{ value: 1, attributes: {} }]);
  await tracing.shutdown();
});
