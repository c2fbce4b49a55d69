import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterEach, expect, test, vi } from "vitest";
import { RULES } from "./_rules.ts";
import { createRedactor } from "./create_redactor.ts";
import { redactingExporter } from "./redacting_exporter.ts";
import { RedactionSpanProcessor } from "./redaction_span_processor.ts";

const KEY = "0x4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";
/** A text on which every rule runs. */
const TEXT = `password: "x y" at https://a.example/v1 for jo@example.com, ${KEY} 10 20 30 40 50 60 70 80 'a' ${"abandon ".repeat(12)} sk_live_4eC39HqLyjWDarjtT1zdp7dc 'deadbeef01' 'deadbeef02' mysql -h x ${"1,".repeat(40)}`;

afterEach(() => vi.restoreAllMocks());

for (const rule of RULES) {
  test(`createRedactor() replaces the value when the rule ${rule.id} of ${rule.pack} throws`, () => {
    const redactor = createRedactor({ packs: "all" });
    vi.spyOn(rule, "find").mockImplementation(() => {
      throw new TypeError(KEY);
    });
    const span = {
      name: "mint",
      status: { code: 0 as const },
      attributes: { note: TEXT, "tx.status": "ok" },
      events: [],
    };
    const out = redactor.redactSpan(span);
    expect(out.attributes).toEqual({
      note: "[redaction failed]",
      "tx.status": rule.when === 0 ? "[redaction failed]" : "ok",
    });
    expect(redactor.stats().failures).toBeGreaterThan(0);
  });
}

test("RedactionSpanProcessor blanks a span that cannot be read, and span.end() never throws", () => {
  const memory = new InMemorySpanExporter();
  const redactor = {
    ...createRedactor(),
    redactSpan: () => {
      throw new Error(KEY);
    },
  };
  const spanProcessors = [new SimpleSpanProcessor(memory), new RedactionSpanProcessor(redactor)];
  const provider = new BasicTracerProvider({ spanProcessors });
  const span = provider.getTracer("t").startSpan(`mint ${KEY}`, { attributes: { key: KEY } });
  span.addEvent(KEY).setStatus({ code: 2, message: KEY });
  expect(() => span.end()).not.toThrow();
  const [exported] = memory.getFinishedSpans();
  expect(exported).toMatchObject({
    name: "[redaction failed]",
    attributes: {},
    events: [],
    status: { code: 0 },
  });
});

test("redactingExporter() exports a span blank when its attributes cannot be read", async () => {
  const memory = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(redactingExporter(memory))],
  });
  const span = provider.getTracer("t").startSpan(`mint ${KEY}`);
  Object.defineProperty(span, "attributes", {
    get: () => {
      throw new Error(KEY);
    },
  });
  expect(() => span.end()).not.toThrow();
  await provider.forceFlush();
  expect(memory.getFinishedSpans()[0]).toMatchObject({ name: "[redaction failed]", attributes: {} });
});

test("redactingExporter() refuses to export when the engine is broken at start", async () => {
  const rules = RULES.map((rule) => vi.spyOn(rule, "find").mockImplementation(() => {}));
  const memory = new InMemorySpanExporter();
  const exporter = redactingExporter(memory);
  for (const rule of rules) rule.mockRestore();
  const result = await new Promise((resolve) => exporter.export([], resolve));
  expect(result).toMatchObject({
    code: 1,
    error: { message: "Redaction failed its self-test: nothing is exported" },
  });
});

test("createRedactor() tells of a failure without the value", () => {
  const redactor = createRedactor({ rules: [] });
  const told: string[] = [];
  redactor.observe((...args) => void told.push(args.join(" ")));
  vi.spyOn(RULES[0] ?? { find: () => {} }, "find").mockImplementation(() => {
    throw new Error(KEY);
  });
  redactor.redactString(`loaded ${KEY}`);
  expect(told).toEqual(["failure string value"]);
  expect(JSON.stringify(redactor.stats())).not.toContain(KEY.slice(2, 20));
});
