import {
  context,
  createTraceState,
  propagation,
  type TextMapPropagator,
  TraceFlags,
  trace,
} from "@opentelemetry/api";
import { W3CBaggagePropagator } from "@opentelemetry/core";
import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BatchLogRecordProcessor, LoggerProvider } from "@opentelemetry/sdk-logs";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  SimpleSpanProcessor,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterEach, beforeEach, expect, test } from "vitest";
import { redactMetricAttributes } from "./redact_metric_attributes.ts";
import { redactResource } from "./redact_resource.ts";
import { redactTelemetry } from "./redact_telemetry.ts";
import { redactingExporter } from "./redacting_exporter.ts";
import { redactingLogProcessor } from "./redacting_log_processor.ts";
import { redactingProcessor } from "./redacting_processor.ts";
import { redactingPropagator } from "./redacting_propagator.ts";
import { RedactionSpanProcessor } from "./redaction_span_processor.ts";
import { type Receiver, startReceiver } from "./testing/_receiver.ts";

const KEY = "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";
const PUBLIC = `0x${"4e".repeat(8)}a1b2c3d4e5f60718293a4b5c6d7e8f9001122334455667`;

let receiver: Receiver;
beforeEach(async () => {
  receiver = await startReceiver();
});
afterEach(() => receiver.close());

const otlp = (): OTLPTraceExporter => new OTLPTraceExporter({ url: `${receiver.url}/v1/traces` });

async function record(
  processors: SpanProcessor[],
  write: (name: string, provider: BasicTracerProvider) => void,
): Promise<string> {
  const resource = resourceFromAttributes({
    "service.name": "mint",
    "process.command_line": `node mint.js --private-key ${KEY}`,
  });
  const provider = new BasicTracerProvider({ spanProcessors: processors, resource });
  write(KEY, provider);
  await provider.forceFlush();
  await provider.shutdown();
  return receiver.text();
}

const SURFACES: Readonly<Record<string, (provider: BasicTracerProvider) => void>> = {
  "span name": (p) => p.getTracer("t").startSpan(`mint ${KEY}`).end(),
  "attribute value": (p) =>
    p
      .getTracer("t")
      .startSpan("s", { attributes: { "args.0": `0x${KEY}` } })
      .end(),
  "attribute list": (p) =>
    p
      .getTracer("t")
      .startSpan("s", { attributes: { accounts: ["a", `0x${KEY}`] } })
      .end(),
  "attribute name": (p) =>
    p
      .getTracer("t")
      .startSpan("s", { attributes: { [`balance.${KEY}`]: 1 } })
      .end(),
  "event name": (p) => p.getTracer("t").startSpan("s").addEvent(`got ${KEY}`).end(),
  "event attribute": (p) =>
    p
      .getTracer("t")
      .startSpan("s")
      .addEvent("e", { note: `key ${KEY}` })
      .end(),
  exception: (p) => {
    const span = p.getTracer("t").startSpan("s");
    span.recordException(new Error(`invalid private key ${KEY}`));
    span.end();
  },
  "status message": (p) =>
    p
      .getTracer("t")
      .startSpan("s")
      .setStatus({ code: 2, message: `bad ${KEY}` })
      .end(),
  "link attribute": (p) => {
    const link = {
      context: { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1 },
      attributes: { by: `0x${KEY}` },
    };
    p.getTracer("t")
      .startSpan("s", { links: [link] })
      .end();
  },
  "scope name": (p) => p.getTracer(`scope ${KEY}`, `v ${KEY}`).startSpan("s").end(),
  "trace state": (p) => {
    const parent = {
      traceId: "1".repeat(32),
      spanId: "2".repeat(16),
      traceFlags: TraceFlags.SAMPLED,
      traceState: createTraceState(`vendor=${KEY}`),
    };
    p.getTracer("t").startSpan("s", {}, trace.setSpanContext(context.active(), parent)).end();
  },
};

for (const [surface, write] of Object.entries(SURFACES)) {
  test(`redactingExporter() lets no byte of a key reach the receiver: ${surface}`, async () => {
    const bytes = await record([new SimpleSpanProcessor(redactingExporter(otlp()))], (_k, p) => write(p));
    expect(bytes.length).toBeGreaterThan(200);
    expect(bytes).toContain("mint");
    expect(bytes.toLowerCase()).not.toContain(KEY.slice(0, 20));
    expect(bytes.toLowerCase()).not.toContain(KEY.slice(-20));
  });
}

const IN_PLACE = Object.entries(SURFACES).filter(([name]) => name !== "scope name" && name !== "trace state");
for (const [surface, write] of IN_PLACE) {
  test(`RedactionSpanProcessor cleans a span for a processor registered before it: ${surface}`, async () => {
    const bytes = await record([new SimpleSpanProcessor(otlp()), new RedactionSpanProcessor()], (_k, p) =>
      write(p),
    );
    expect(bytes).toContain("service.name");
    const withoutResource = bytes.replaceAll(`node mint.js --private-key ${KEY}`, "");
    expect(withoutResource).not.toContain(KEY.slice(0, 20));
  });
}

test("redactingProcessor() redacts what its batch exports", async () => {
  const bytes = await record([redactingProcessor(new BatchSpanProcessor(otlp()))], (key, p) => {
    p.getTracer("t")
      .startSpan("s", { attributes: { "args.0": key, "tx.hash": PUBLIC } })
      .end();
  });
  expect(bytes).toContain(PUBLIC);
  expect(bytes).not.toContain(KEY.slice(0, 20));
});

test("redactTelemetry() redacts spans that another processor changes after it", async () => {
  const late: SpanProcessor = {
    onStart: () => {},
    onEnding: (span) => void span.setAttribute("late", `0x${KEY}`),
    onEnd: () => {},
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  const options = redactTelemetry({ spanProcessors: [late] });
  const exporter = options.wrapExporter(otlp());
  const bytes = await record([...options.spanProcessors, new SimpleSpanProcessor(exporter)], (_k, p) => {
    p.getTracer("t").startSpan("s").end();
  });
  expect(bytes).toContain("late");
  expect(bytes).not.toContain(KEY.slice(0, 20));
});

test("redactingLogProcessor() lets no byte of a key reach the receiver", async () => {
  const batch = new BatchLogRecordProcessor({
    exporter: new OTLPLogExporter({ url: `${receiver.url}/v1/logs` }),
  });
  const resource = resourceFromAttributes(
    redactResource({ "process.command_line": `mint --private-key ${KEY}` }),
  );
  const provider = new LoggerProvider({ processors: [redactingLogProcessor(batch)], resource });
  provider.getLogger("t").emit({
    body: { text: `loaded ${KEY}`, order: "order-42" },
    attributes: { "args.0": `0x${KEY}`, [`for.${KEY}.balance`]: 1 },
    eventName: `event ${KEY}`,
    severityText: KEY,
  });
  await provider.forceFlush();
  await provider.shutdown();
  expect(receiver.text()).toContain("order-42");
  expect(receiver.text()).not.toContain(KEY.slice(0, 20));
});

test("redactMetricAttributes() keeps keys out of metric labels", async () => {
  const exporter = new OTLPMetricExporter({ url: `${receiver.url}/v1/metrics` });
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 60_000 });
  const views = [{ instrumentName: "*", attributesProcessors: [redactMetricAttributes()] }];
  const provider = new MeterProvider({ readers: [reader], views });
  provider
    .getMeter("t")
    .createCounter("mints")
    .add(1, { signer: `0x${KEY}`, network: "polygon" });
  await provider.forceFlush();
  await provider.shutdown();
  expect(receiver.text()).toContain("polygon");
  expect(receiver.text()).not.toContain(KEY.slice(0, 20));
});

test("redactingPropagator() sends no secret in baggage, and none of it to third parties", async () => {
  const send = async (propagator: TextMapPropagator): Promise<void> => {
    const baggage = propagation.createBaggage({ user: { value: "u-7" }, signer: { value: `0x${KEY}` } });
    const headers: Record<string, string> = {};
    propagator.inject(propagation.setBaggage(context.active(), baggage), headers, {
      set: (carrier, key, value) => {
        carrier[key] = value;
      },
    });
    await fetch(receiver.url, { method: "POST", headers, body: "{}" });
  };
  await send(redactingPropagator(new W3CBaggagePropagator()));
  expect(receiver.text()).toContain("user=u-7");
  await send(redactingPropagator(new W3CBaggagePropagator(), {}, { thirdParty: () => true }));
  expect(receiver.text().split("user=u-7")).toHaveLength(2);
  expect(receiver.text()).not.toContain(KEY.slice(0, 20));
});
