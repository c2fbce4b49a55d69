import { createTestTracing } from "@dcmx-tracing/testing";
import { type DiagLogger, DiagLogLevel, diag } from "@opentelemetry/api";
import type { SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterEach, expect, test } from "vitest";
import { forgetWarnings } from "./_warn_once.ts";
import { addEvent, recordError, setAttribute, setAttributes, startSpan } from "./mod.ts";

afterEach(() => {
  diag.disable();
  forgetWarnings();
});

function listen(): string[] {
  const heard: string[] = [];
  const nothing = (): void => {};
  const logger: DiagLogger = {
    error: nothing,
    info: nothing,
    debug: nothing,
    verbose: nothing,
    warn: (text) => heard.push(text),
  };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  return heard;
}

const broken = (): never => {
  throw new Error("broken");
};

test("startSpan() runs the function once and says once when a span processor throws at the start", async () => {
  const processor: SpanProcessor = {
    onStart: broken,
    onEnd: () => {},
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  await using tracing = createTestTracing({ spanProcessors: [processor] });
  const heard = listen();
  let runs = 0;
  for (let i = 0; i < 3; i++) startSpan("work", (span) => span.setAttribute("runs", ++runs));
  expect(runs).toBe(3);
  expect(heard).toEqual(["@dcmx-tracing/span: a span could not be started"]);
  expect(tracing.openSpans()).toBeDefined();
});

test("startSpan() returns the result and rethrows the error when a span processor throws at the end", async () => {
  const processor: SpanProcessor = {
    onStart: () => {},
    onEnd: broken,
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  await using tracing = createTestTracing({ spanProcessors: [processor] });
  const heard = listen();
  expect(startSpan("work", () => 1)).toBe(1);
  expect(await startSpan("work", async () => 2)).toBe(2);
  expect(() =>
    startSpan("work", () => {
      throw new RangeError("own");
    }),
  ).toThrow("own");
  expect(heard).toEqual(["@dcmx-tracing/span: a span processor threw when a span ended"]);
  expect(tracing).toBeDefined();
});

test("startSpan() survives an onError hook that throws, and records the error", async () => {
  await using tracing = createTestTracing();
  expect(() =>
    startSpan("work", { onError: broken }, () => {
      throw new RangeError("own");
    }),
  ).toThrow("own");
  expect(tracing.spans()[0]?.status).toEqual({ code: 2, message: "own" });
});

test("setAttribute(), setAttributes(), addEvent() and recordError() survive a span that throws", async () => {
  await using tracing = createTestTracing();
  startSpan("work", (span) => {
    Object.assign(span, {
      setAttribute: broken,
      setAttributes: broken,
      addEvent: broken,
      recordException: broken,
    });
    setAttribute("a", 1);
    setAttributes({ a: 1 });
    addEvent("a");
    recordError(new Error("a"));
  });
  expect(tracing.spans().length).toBe(1);
});

test("startSpan() leaves a rejection nobody handles unhandled, exactly once", async () => {
  await using tracing = createTestTracing();
  const seen: unknown[] = [];
  const listener = (reason: unknown): unknown => seen.push(reason);
  const others = process.listeners("unhandledRejection");
  process.removeAllListeners("unhandledRejection").on("unhandledRejection", listener);
  const error = new Error("nobody cares");
  void startSpan("work", async () => {
    throw error;
  });
  await new Promise((resolve) => setImmediate(resolve));
  await new Promise((resolve) => setImmediate(resolve));
  process.removeAllListeners("unhandledRejection");
  for (const other of others) process.on("unhandledRejection", other);
  expect(seen).toEqual([error]);
  expect(tracing.spans()[0]?.status.code).toBe(2);
});
