import { createTestTracing } from "@dcmx-tracing/testing";
import { expect, test } from "vitest";
import {
  activeSpan,
  activeTraceId,
  addEvent,
  recordError,
  setAttribute,
  setAttributes,
  startSpan,
} from "./mod.ts";

test("activeSpan() and activeTraceId() give undefined outside a span", () => {
  expect([activeSpan(), activeTraceId()]).toEqual([undefined, undefined]);
});

test("activeSpan() and activeTraceId() give the span in whose context the caller runs", async () => {
  await using tracing = createTestTracing();
  startSpan("work", (span) => {
    expect(activeSpan()).toBe(span);
    expect(activeTraceId()).toBe(span.spanContext().traceId);
  });
  expect(tracing.spans().length).toBe(1);
});

test("setAttribute(), setAttributes(), addEvent() and recordError() do nothing outside a span", () => {
  setAttribute("a", 1);
  setAttributes({ a: 1 });
  addEvent("a");
  recordError(new Error("a"));
});
