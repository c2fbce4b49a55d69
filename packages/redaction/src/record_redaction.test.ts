import { initMetrics } from "@dcmx-tracing/metrics";
import { metrics } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterEach, expect, test, vi } from "vitest";
import manifest from "../package.json" with { type: "json" };
import { RULES } from "./_rules.ts";
import { SCOPE_NAME, SCOPE_VERSION } from "./_scope.ts";
import { createRedactor } from "./create_redactor.ts";
import { recordRedaction } from "./record_redaction.ts";
import { redactTelemetry } from "./redact_telemetry.ts";

const KEY = "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";
const PUBLIC = `0x${"4e".repeat(8)}a1b2c3d4e5f60718293a4b5c6d7e8f900112233445566778`;

afterEach(() => {
  metrics.disable();
  vi.restoreAllMocks();
});

/** A provider of the SDK, and what it collects: `name{rule=..,surface=..} value`. */
function sdk(): { provider: MeterProvider; lines: () => Promise<string[]> } {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const provider = new MeterProvider({ readers: [reader] });
  const lines = async (): Promise<string[]> => {
    await provider.forceFlush();
    const [scope] = exporter.getMetrics().at(-1)?.scopeMetrics ?? [];
    return (scope?.metrics ?? []).flatMap(({ descriptor, dataPoints }) =>
      dataPoints.map(({ attributes, value }) => {
        const labels = Object.entries(attributes).map(([key, label]) => `${key}=${label}`);
        // Of the histogram only the number of measurements is the same in every run.
        const shown = typeof value === "number" ? value : `count ${value.count}`;
        return `${descriptor.name}{${labels.join(",")}} ${shown} ${descriptor.unit}`;
      }),
    );
  };
  return { provider, lines };
}

test("recordRedaction() counts hits, failures and dropped tails by rule and surface, and times a span", async () => {
  const { provider, lines } = sdk();
  const redactor = createRedactor({ limits: { maxLength: 200 } });
  recordRedaction(redactor, provider);
  redactor.redactSpan({
    name: `mint ${KEY}`,
    status: { code: 2, message: "x ".repeat(300) },
    attributes: { "db.password": "hunter2x", "api.secret": "hunter3x" },
    events: [],
  });
  vi.spyOn(RULES[0] ?? { find: () => {} }, "find").mockImplementation(() => {
    throw new Error(KEY);
  });
  redactor.redactString(`loaded ${KEY}`);
  expect(await lines()).toEqual([
    "redaction.hits{redaction.rule=private-key,redaction.surface=name} 1 {value}",
    "redaction.hits{redaction.rule=key,redaction.surface=attribute} 2 {value}",
    "redaction.failures{redaction.rule=string,redaction.surface=value} 1 {failure}",
    "redaction.truncated{redaction.surface=status} 1 {value}",
    "redaction.duration{} count 1 s",
  ]);
  await provider.shutdown();
});

test("recordRedaction() times one span in sixty-one and asks no clock for the others", async () => {
  const { provider, lines } = sdk();
  const redactor = createRedactor();
  recordRedaction(redactor, provider);
  const clock = vi.spyOn(performance, "now");
  for (let i = 0; i < 123; i++)
    redactor.redactSpan({ name: "mint", status: { code: 0 }, attributes: {}, events: [] });
  expect(clock).toHaveBeenCalledTimes(6);
  expect(await lines()).toEqual(["redaction.duration{} count 3 s"]);
  await provider.shutdown();
});

test("recordRedaction() records with the provider that the application sets later", async () => {
  const redactor = createRedactor();
  recordRedaction(redactor);
  redactor.redactString("password: hunter2x");
  const { provider, lines } = sdk();
  metrics.setGlobalMeterProvider(provider);
  redactor.redactString("password: hunter2x");
  expect(await lines()).toEqual(["redaction.hits{redaction.rule=label,redaction.surface=value} 1 {value}"]);
  await provider.shutdown();
});

test("recordRedaction() called twice records once, and nothing after it is ended", async () => {
  const { provider, lines } = sdk();
  const redactor = createRedactor();
  recordRedaction(redactor, provider);
  const stop = recordRedaction(redactor, provider);
  redactor.redactString("password: hunter2x");
  stop();
  redactor.redactString("password: hunter2x");
  expect(await lines()).toEqual(["redaction.hits{redaction.rule=label,redaction.surface=value} 1 {value}"]);
  await provider.shutdown();
});

test("recordRedaction() counts a removal once when the span is read anew for a hash it told of", async () => {
  const { provider, lines } = sdk();
  const redactor = createRedactor();
  recordRedaction(redactor, provider);
  const attributes = { "args.0": PUBLIC, "args.1": `0x${KEY}`, transactionHash: PUBLIC };
  const span = { name: "s", status: { code: 0 as const }, attributes, events: [] };
  expect(redactor.explain(span).map(({ key }) => key)).toEqual(["args.1"]);
  redactor.redactSpan(span);
  expect(await lines()).toEqual([
    "redaction.hits{redaction.rule=private-key,redaction.surface=attribute} 1 {value}",
    "redaction.duration{} count 1 s",
  ]);
  await provider.shutdown();
});

test("redactTelemetry() records by itself, and its self-test is not counted", async () => {
  const { provider, lines } = sdk();
  metrics.setGlobalMeterProvider(provider);
  const options = redactTelemetry({});
  const exporter = options.wrapExporter(new InMemorySpanExporter());
  expect(await lines()).toEqual([]);
  const tracing = new BasicTracerProvider({
    spanProcessors: [...options.spanProcessors, new SimpleSpanProcessor(exporter)],
  });
  tracing
    .getTracer("t")
    .startSpan("mint", { attributes: { note: `key ${KEY}` } })
    .end();
  await tracing.forceFlush();
  expect(await lines()).toContain(
    "redaction.hits{redaction.rule=private-key,redaction.surface=attribute} 1 {value}",
  );
  await provider.shutdown();
});

test("recordRedaction() shows on the Prometheus page of initMetrics()", async () => {
  const setup = await initMetrics({ serviceName: "mint", prometheus: { port: 0 } });
  const redactor = createRedactor();
  recordRedaction(redactor);
  redactor.redactSpan({
    name: "mint",
    status: { code: 0 },
    attributes: { "db.password": "hunter2x" },
    events: [],
  });
  const page = await (await fetch(String(setup.url))).text();
  await setup.shutdown();
  expect(page).toMatch(/redaction_hits_total\{.*redaction_rule="key",redaction_surface="attribute"\} 1\n/);
  expect(page).toMatch(/redaction_duration_seconds_count\{.*\} 1\n/);
  expect(page).toMatch(/redaction_duration_seconds_bucket\{.*le="0.000001"\}/);
});

test("observe() ignores what a listener throws, and tells all listeners", () => {
  const redactor = createRedactor();
  const told: string[] = [];
  const boom = (): void => {
    throw new Error("meter");
  };
  redactor.observe(boom, boom);
  const stop = redactor.observe((kind, rule, surface) => void told.push(`${kind} ${rule} ${surface}`));
  const span = {
    name: "s",
    status: { code: 0 as const },
    attributes: { "db.password": "hunter2x" },
    events: [],
  };
  expect(redactor.redactSpan(span).attributes).toEqual({ "db.password": "[REDACTED]" });
  stop();
  redactor.redactSpan(span);
  expect(told).toEqual(["hit key attribute"]);
});

test("the instrumentation scope of the metrics names the package and its version", () => {
  expect([SCOPE_NAME, SCOPE_VERSION]).toEqual([manifest.name, manifest.version]);
});
