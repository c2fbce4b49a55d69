import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { redactingExporter } from "./redacting_exporter.ts";

const KEY = "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";
const span = (attributes: Record<string, string>) => ({
  name: "mint",
  status: { code: 0 as const },
  attributes,
  events: [],
});

test("createRedactor() drops the texts of a span that are beyond the bound on work, and counts them", () => {
  const redactor = createRedactor({ limits: { maxWork: 100 } });
  const told: string[] = [];
  redactor.observe((kind, rule, surface) => void told.push(`${kind} ${rule} ${surface}`));
  const text = "got nothing from the vault ".repeat(3);
  const out = redactor.redactSpan(span({ a: text, b: `${text}${KEY}`, c: "ok, 1", d: text }));
  expect(out.attributes).toEqual({
    a: text,
    b: "[truncated by redaction]",
    c: "ok, 1",
    d: "[truncated by redaction]",
  });
  expect(redactor.stats().truncated).toBe(2);
  expect(told).toEqual(["truncated length attribute", "truncated length attribute"]);
});

test("createRedactor() gives every span, and every call, the whole of the bound", () => {
  const { redactSpan, redactString } = createRedactor({ limits: { maxWork: 100 } });
  for (let i = 0; i < 9; i++) {
    const text = `attempt ${i}: got nothing from the vault, order 42`;
    expect(redactSpan(span({ a: text })).attributes).toEqual({ a: text });
    expect(redactString(`${text} password: hunter2x`)).toBe(`${text} password: [REDACTED]`);
  }
});

test("createRedactor() never lets a secret pass unread, wherever the bound is reached", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 600 }),
      fc.array(fc.integer({ min: 0, max: 120 }), { maxLength: 6 }),
      (maxWork, pads) => {
        const { redactSpan } = createRedactor({ limits: { maxWork } });
        const entries = pads.map((pad, i): [string, string] => [
          `a${i}`,
          `${"x ".repeat(pad)}password: hunter2x ${KEY}`,
        ]);
        const out = JSON.stringify(redactSpan(span(Object.fromEntries(entries))));
        expect(out).not.toContain("hunter2x");
        expect(out).not.toContain(KEY.slice(0, 12));
      },
    ),
  );
});

test("redactingExporter() exports what is within the default bound of a very large span", async () => {
  const memory = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(redactingExporter(memory))],
  });
  const attributes = Object.fromEntries(
    Array.from({ length: 20 }, (_, i) => [
      `body.${i}`,
      `${i} ${"lorem ipsum ".repeat(8000)} password: hunter2x`,
    ]),
  );
  provider.getTracer("t").startSpan("mint", { attributes }).end();
  await provider.forceFlush();
  const values = Object.values(memory.getFinishedSpans()[0]?.attributes ?? {}).map(String);
  expect(values.filter((value) => value === "[truncated by redaction]")).toHaveLength(10);
  expect(values.filter((value) => value.endsWith("password: [REDACTED]"))).toHaveLength(10);
});
