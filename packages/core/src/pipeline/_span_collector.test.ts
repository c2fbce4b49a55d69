import { expect, test } from "vitest";
import { fakeSpan } from "../testing/_spans.ts";
import { estimateBytes, SpanCollector } from "./_span_collector.ts";

test("SpanCollector gives what was added, once", () => {
  const collector = new SpanCollector();
  const spans = [fakeSpan("a"), fakeSpan("b")];
  for (const span of spans) collector.add(span);
  const bytes = spans.reduce((sum, span) => sum + estimateBytes(span), 0);
  expect([collector.spans, collector.bytes]).toEqual([2, bytes]);
  expect(collector.take()).toEqual({ spans: 2, bytes, items: spans });
  expect(collector.take()).toEqual({ spans: 0, bytes: 0, items: [] });
});

test("estimateBytes() grows with everything a span holds", () => {
  const plain = estimateBytes(fakeSpan("a"));
  const [event] = [{ time: [0, 0] as [number, number], name: "e", attributes: { text: "x".repeat(500) } }];
  const link = { context: fakeSpan("b").spanContext() };
  expect(estimateBytes(fakeSpan("a", { text: "x".repeat(1_000) }))).toBeGreaterThan(plain + 1_000);
  expect(estimateBytes(fakeSpan("a", { list: new Array(100).fill(1) }))).toBeGreaterThan(plain + 800);
  expect(estimateBytes({ ...fakeSpan("a"), events: [event] })).toBeGreaterThan(plain + 500);
  expect(estimateBytes({ ...fakeSpan("a"), links: [link] })).toBeGreaterThan(plain + 100);
});
