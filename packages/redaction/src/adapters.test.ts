import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  propagation,
  ROOT_CONTEXT,
  type TextMapPropagator,
} from "@opentelemetry/api";
import { W3CBaggagePropagator } from "@opentelemetry/core";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { redactMetricAttributes } from "./redact_metric_attributes.ts";
import { redactResource } from "./redact_resource.ts";
import { redactTelemetry } from "./redact_telemetry.ts";
import { redactingExporter } from "./redacting_exporter.ts";
import { redactingLogProcessor } from "./redacting_log_processor.ts";
import { redactingProcessor } from "./redacting_processor.ts";
import { redactingPropagator } from "./redacting_propagator.ts";
import { RedactionSpanProcessor } from "./redaction_span_processor.ts";

const KEY = "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";

function writer(headers: Readonly<Record<string, string>>): TextMapPropagator {
  return {
    inject: (_context, carrier, setter) => {
      for (const [key, value] of Object.entries(headers)) setter.set(carrier, key, value);
    },
    extract: (context) => context.setValue(Symbol.for("extracted"), true),
    fields: () => Object.keys(headers),
  };
}

test("redactingPropagator() drops members with secrets and keeps the others and all other headers", () => {
  const carrier: Record<string, string> = {};
  const headers = {
    traceparent: `00-${"1".repeat(32)}-${"2".repeat(16)}-01`,
    baggage: `user=7,api_key=abc123,mail=jo%40example.com,key=${KEY};p=1,plain`,
    tracestate: `a=1,b=${KEY}`,
  };
  redactingPropagator(writer(headers)).inject(ROOT_CONTEXT, carrier, defaultTextMapSetter);
  expect(carrier).toEqual({ traceparent: headers.traceparent, baggage: "user=7,plain", tracestate: "a=1" });
});

test("redactingPropagator() sends no list at all to third parties, nor when the rule throws", () => {
  const headers = { traceparent: "x", baggage: "user=7", tracestate: "a=1" };
  const throwing = (): boolean => {
    throw new Error("boom");
  };
  for (const thirdParty of [() => true, throwing]) {
    const carrier: Record<string, string> = {};
    redactingPropagator(writer(headers), {}, { thirdParty }).inject(
      ROOT_CONTEXT,
      carrier,
      defaultTextMapSetter,
    );
    expect(carrier).toEqual({ traceparent: "x" });
  }
});

test("redactingPropagator() leaves extraction and fields to the propagator", () => {
  const propagator = redactingPropagator(writer({ baggage: "a=1" }));
  expect(propagator.fields()).toEqual(["baggage"]);
  expect(propagator.extract(ROOT_CONTEXT, {}, defaultTextMapGetter).getValue(Symbol.for("extracted"))).toBe(
    true,
  );
});

test("redactingLogProcessor() redacts body, attributes and names in place, and hands on flush and shutdown", async () => {
  const calls: string[] = [];
  const processor = redactingLogProcessor({
    onEmit: () => void calls.push("emit"),
    forceFlush: async () => void calls.push("flush"),
    shutdown: async () => void calls.push("shutdown"),
  });
  const record = {
    body: { input: KEY },
    attributes: { [`k${KEY}`]: 1, "db.password": "hunter2x" },
    eventName: KEY,
    severityText: "WARN",
  };
  processor.onEmit(record);
  await processor.forceFlush();
  await processor.shutdown();
  expect(record).toEqual({
    body: { input: "[REDACTED]" },
    attributes: { "k[REDACTED]": 1, "db.password": "[REDACTED]" },
    eventName: "[REDACTED]",
    severityText: "WARN",
  });
  expect(calls).toEqual(["emit", "flush", "shutdown"]);
});

test("redactMetricAttributes() is a function and an attributes processor at once", () => {
  const redact = redactMetricAttributes();
  const attributes = { network: "polygon", token: KEY };
  expect(redact(attributes)).toEqual({ network: "polygon", token: "[REDACTED]" });
  expect(redact.process(attributes)).toEqual(redact(attributes));
  const clean = { network: "polygon" };
  expect(redact(clean)).toBe(clean);
});

test("redactResource() removes secrets from command lines and keeps the rest", () => {
  const resource = {
    "service.name": "mint",
    "process.command_args": ["node", "mint.js", "--private-key", `0x${KEY}`, "--chain", "1"],
  };
  expect(redactResource(resource)).toEqual({
    "service.name": "mint",
    "process.command_args": ["node", "mint.js", "--private-key", "[REDACTED]", "--chain", "1"],
  });
});

test("redactTelemetry() puts the processor first, keeps what was there, and redacts the resource", () => {
  const own = new SimpleSpanProcessor(new InMemorySpanExporter());
  const options = redactTelemetry({
    serviceName: "mint",
    spanProcessors: [own],
    resourceAttributes: { note: `0x${KEY}` },
  });
  expect(options.serviceName).toBe("mint");
  expect(options.spanProcessors[0]).toBeInstanceOf(RedactionSpanProcessor);
  expect(options.spanProcessors[1]).toBe(own);
  expect(options.resourceAttributes).toEqual({ note: "[REDACTED]" });
});

test("redactTelemetry() drops from headers what holds a secret, also what a wrapper of the user adds", () => {
  const own = (inner: TextMapPropagator): TextMapPropagator => ({
    ...inner,
    inject: (where, carrier, setter) => {
      inner.inject(where, carrier, setter);
      setter.set(carrier, "tracestate", `dcmx=1,added=${KEY}`);
    },
    fields: () => inner.fields(),
    extract: (where, carrier, getter) => inner.extract(where, carrier, getter),
  });
  for (const given of [{}, { wrapPropagator: own }]) {
    const { wrapPropagator } = redactTelemetry(given);
    const headers: Record<string, string> = {};
    const baggage = propagation.createBaggage({
      artist: { value: "7" },
      "api.key": { value: "a8Kd02mfPq71Zx" },
    });
    const active = propagation.setBaggage(ROOT_CONTEXT, baggage);
    wrapPropagator(new W3CBaggagePropagator()).inject(active, headers, defaultTextMapSetter);
    expect(headers).toEqual({
      baggage: "artist=7",
      ...("wrapPropagator" in given ? { tracestate: "dcmx=1" } : {}),
    });
  }
});

test("redactTelemetry() redacts what a wrapper of the user adds", async () => {
  const memory = new InMemorySpanExporter();
  const { wrapExporter } = redactTelemetry({
    wrapExporter: (inner) => ({
      export: (spans, done) =>
        inner.export(
          spans.map((s) => Object.create(s, { name: { value: `added ${KEY}` } })),
          done,
        ),
      shutdown: () => inner.shutdown(),
    }),
  });
  const provider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(wrapExporter(memory))],
  });
  provider.getTracer("t").startSpan("s").end();
  await provider.forceFlush();
  expect(memory.getFinishedSpans().map((s) => s.name)).toEqual(["added [REDACTED]"]);
});

test("redactingExporter() tells how many values its redactor removed", async () => {
  const redactor = createRedactor();
  const exporter = redactingExporter(new InMemorySpanExporter(), redactor);
  const before = exporter.stats().redacted;
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  provider
    .getTracer("t")
    .startSpan("s", { attributes: { "db.password": "hunter2x", note: KEY } })
    .end();
  await provider.forceFlush();
  expect(exporter.stats().redacted - before).toBe(2);
});

test("redactingProcessor() passes start, flush and shutdown through", async () => {
  const calls: string[] = [];
  const processor = redactingProcessor({
    onStart: () => void calls.push("start"),
    onEnding: () => void calls.push("ending"),
    onEnd: (span) => void calls.push(span.name),
    forceFlush: async () => void calls.push("flush"),
    shutdown: async () => void calls.push("shutdown"),
  });
  const provider = new BasicTracerProvider({ spanProcessors: [processor] });
  provider.getTracer("t").startSpan(`mint ${KEY}`).end();
  await provider.forceFlush();
  await provider.shutdown();
  expect(calls).toEqual(["start", "ending", "mint [REDACTED]", "flush", "shutdown"]);
});

test("redactTelemetry() keeps the types of options, but for texts of the resource that it may change", () => {
  const options = redactTelemetry({ logLevel: "warn", resourceAttributes: { note: `0x${KEY}`, region: 7 } });
  const level: "warn" = options.logLevel;
  const note: string = options.resourceAttributes.note;
  const region: 7 = options.resourceAttributes.region;
  expect([level, note, region]).toEqual(["warn", "[REDACTED]", 7]);
});
