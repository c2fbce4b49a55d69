import { startSpan } from "@dcmx-tracing/span";
import { logs } from "@opentelemetry/api-logs";
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { InMemorySpanExporter, type ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { afterEach, expect, test } from "vitest";
import { initTracing } from "../init_tracing.ts";
import type { TracingOptions } from "../tracing_options.ts";

afterEach(() => logs.disable());

async function failingSpan(options: TracingOptions): Promise<ReadableSpan | undefined> {
  const exporter = new InMemorySpanExporter();
  const tracing = initTracing({ serviceName: "t", logLevel: "none", ...options, exporter });
  const failing = () =>
    startSpan("mint", () => {
      throw new RangeError("out of gas");
    });
  expect(failing).toThrow(RangeError);
  await tracing.flush();
  const [span] = exporter.getFinishedSpans();
  await tracing.shutdown();
  return span;
}

function logSink(): { provider: LoggerProvider; exporter: InMemoryLogRecordExporter } {
  const exporter = new InMemoryLogRecordExporter();
  return {
    exporter,
    provider: new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] }),
  };
}

const eventNames = (span: ReadableSpan | undefined): string[] | undefined =>
  span?.events.map((event) => event.name);

test("initTracing() leaves exceptions on spans as events by default", async () => {
  const span = await failingSpan({});
  expect(eventNames(span)).toEqual(["exception"]);
  expect(span?.attributes).toMatchObject({ "exception.type": "RangeError", "error.type": "RangeError" });
});

test("initTracing() with exceptionSignal logs moves exceptions into the log of the same span", async () => {
  const { provider, exporter } = logSink();
  const span = await failingSpan({ exceptionSignal: "logs", loggerProvider: provider });
  expect(eventNames(span)).toEqual([]);
  const [record] = exporter.getFinishedLogRecords();
  expect(record).toMatchObject({
    eventName: "exception",
    severityText: "ERROR",
    spanContext: { spanId: span?.spanContext().spanId },
    attributes: { "exception.type": "RangeError", "exception.message": "out of gas" },
  });
});

test("initTracing() with exceptionSignal logs/dup keeps the event and uses the registered logger provider", async () => {
  const { provider, exporter } = logSink();
  logs.setGlobalLoggerProvider(provider);
  const span = await failingSpan({ exceptionSignal: "logs/dup" });
  expect(eventNames(span)).toEqual(["exception"]);
  expect(exporter.getFinishedLogRecords()).toHaveLength(1);
});

test("initTracing() with exceptionSignal logs keeps the events when nobody takes logs", async () => {
  const span = await failingSpan({ exceptionSignal: "logs" });
  expect(eventNames(span)).toEqual(["exception"]);
});
