import { ATTRIBUTES, METRICS } from "@dcmx-tracing/conventions";
import { startSpan } from "@dcmx-tracing/span";
import { endWaitingCalls } from "@dcmx-tracing/span/kernel";
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

interface Collected {
  readonly unit: string;
  readonly description: string;
  readonly points: Point[];
}

async function collect(reader: ManualReader): Promise<Map<string, Collected>> {
  const { resourceMetrics } = await reader.collect();
  const all = resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  return new Map(
    all.map(({ descriptor: { name, unit, description }, dataPoints }) => [
      name,
      {
        unit,
        description,
        points: dataPoints.map(({ value, attributes }) => ({ value, attributes })),
      },
    ]),
  );
}

/** The series of a histogram: attributes, number of values, bounds. */
function series(points: readonly Point[] = []): unknown[] {
  return points.map(({ value, attributes }) => {
    // The points of a histogram have a value of this shape.
    const { count, buckets } = value as { count: number; buckets: { boundaries: number[] } };
    return { attributes, count, boundaries: buckets.boundaries };
  });
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
  const promised = METRICS.filter(({ name }) => /^dcmx\.(spans|export)\./.test(name));
  expect([...found.keys()].sort()).toEqual(promised.map(({ name }) => name).sort());
  for (const [name, { unit, description, points }] of found) {
    expect(promised.find((metric) => metric.name === name)).toMatchObject({ name, unit, description });
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

test("initTracing() records the duration of every request by exporter and outcome", async () => {
  const reader = new ManualReader();
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  const answers = [{ status: 503, headers: { "retry-after": "0" } }, {}, { status: 400 }];
  await using receiver = await startOtlpReceiver({ answer: (_, index) => answers[index] });
  const tracing = initTracing({
    serviceName: "t",
    logLevel: "none",
    otlpEndpoint: receiver.url,
    retry: { initialDelayMs: 1 },
  });
  startSpan("refused at first", () => {});
  await tracing.flush();
  startSpan("refused for good", () => {});
  await tracing.flush();
  const definition = METRICS.find(({ name }) => name === "dcmx.export.duration");
  const { boundaries, point } = { boundaries: definition?.buckets, point: { "dcmx.exporter": "otlp" } };
  expect(series((await collect(reader)).get("dcmx.export.duration")?.points)).toEqual([
    { attributes: { ...point, "error.type": "503" }, count: 1, boundaries },
    { attributes: point, count: 1, boundaries },
    { attributes: { ...point, "error.type": "400" }, count: 1, boundaries },
  ]);
  await tracing.shutdown();
});

test("initTracing() records durations on the meter provider that is registered at the time", async () => {
  await using receiver = await startOtlpReceiver();
  const tracing = initTracing({ serviceName: "t", logLevel: "none", otlpEndpoint: receiver.url });
  startSpan("nobody listens", () => {});
  await tracing.flush();
  for (const name of ["first provider", "second provider"]) {
    const reader = new ManualReader();
    metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
    startSpan(name, () => {});
    await tracing.flush();
    const points = (await collect(reader)).get("dcmx.export.duration")?.points;
    expect(series(points)).toMatchObject([{ attributes: { "dcmx.exporter": "otlp" }, count: 1 }]);
    metrics.disable();
  }
  await tracing.shutdown();
});

test("initTracing() counts the traced calls whose result nobody consumed", async () => {
  const reader = new ManualReader();
  metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
  const tracing = initTracing({ serviceName: "t", logLevel: "none", exporter: "none" });
  const abandoned = async (): Promise<unknown> =>
    (await collect(reader)).get("dcmx.spans.abandoned")?.points[0]?.value;
  const before = await abandoned();
  const results = [1, 2].map((from) =>
    startSpan("royalties.stream", function* () {
      yield from;
    }),
  );
  expect([...(results[0] ?? [])]).toEqual([1]);
  results[1]?.next();
  endWaitingCalls();
  expect(await abandoned()).toBe(Number(before) + 1);
  await tracing.shutdown();
});
