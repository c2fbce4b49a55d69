import { createTestTracing, type TestTracing } from "@dcmx-tracing/testing";
import { context, ROOT_CONTEXT, type Span, TraceFlags, type TracerProvider, trace } from "@opentelemetry/api";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BasicTracerProvider,
  ParentBasedSampler,
  type Sampler,
  SamplingDecision,
  TraceIdRatioBasedSampler,
} from "@opentelemetry/sdk-trace-base";
import { afterEach, expect, test } from "vitest";
import { inheritsUnsampled } from "./inherits_unsampled.ts";
import { contextWithSpan, goesWithoutSpan, markInheritsUnsampled, TracerSource } from "./kernel.ts";
import { activeSpan, startSpan, withContext } from "./mod.ts";

let tracing: TestTracing | undefined;
afterEach(async () => {
  await tracing?.shutdown();
  tracing = undefined;
});

const OFF = new AlwaysOffSampler();
const ON = new AlwaysOnSampler();

/** Decides for each span anew, by its name: children of an unsampled parent may be sampled. */
const byName: Sampler = {
  shouldSample: (_context, _traceId, name) => ({
    decision: name === "wanted" ? SamplingDecision.RECORD_AND_SAMPLED : SamplingDecision.NOT_RECORD,
  }),
  toString: () => "byName",
};

test.each<[string, Sampler, boolean]>([
  ["a parent-based sampler", new ParentBasedSampler({ root: ON }), true],
  ["a parent-based ratio", new ParentBasedSampler({ root: new TraceIdRatioBasedSampler(0.1) }), true],
  [
    "a parent-based sampler that samples under unsampled parents",
    new ParentBasedSampler({ root: ON, localParentNotSampled: ON }),
    false,
  ],
  ["a ratio of all spans", new TraceIdRatioBasedSampler(0.1), false],
  ["a sampler that is always off", OFF, false],
  ["a sampler of one's own", byName, false],
])("inheritsUnsampled() knows of %s", (_what, sampler, expected) => {
  const provider = new BasicTracerProvider({ sampler });
  expect(inheritsUnsampled(provider, provider.getTracer("test"))).toBe(expected);
});

test("inheritsUnsampled() believes a provider that was marked, and survives one that cannot be looked at", () => {
  const provider = new BasicTracerProvider({ sampler: byName });
  markInheritsUnsampled(provider);
  expect(inheritsUnsampled(provider, provider.getTracer("test"))).toBe(true);
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error("no");
      },
    },
  ) as TracerProvider;
  expect(inheritsUnsampled(hostile, provider.getTracer("test"))).toBe(false);
});

test("startSpan() makes no span under an unsampled local parent, and leaves the context as it is", () => {
  tracing = createTestTracing({ sampler: new ParentBasedSampler({ root: OFF }) });
  startSpan("root", (root) => {
    const outside = context.active();
    startSpan("child", (child) => {
      expect(context.active()).toBe(outside);
      expect(activeSpan()).toBe(root);
      expect(child.spanContext()).toEqual(root.spanContext());
      expect(child.isRecording()).toBe(false);
    });
  });
  expect(tracing.spans()).toEqual([]);
});

test("startSpan() asks a sampler that decides for each span anew, also under unsampled parents", () => {
  tracing = createTestTracing({ sampler: byName });
  startSpan("root", (root) =>
    startSpan("wanted", (wanted) => {
      expect(wanted.isRecording()).toBe(true);
      expect(wanted.spanContext().traceId).toBe(root.spanContext().traceId);
    }),
  );
  expect(tracing.spans().map((span) => span.name)).toEqual(["wanted"]);
});

test("startSpan() asks the sampler for a root, under a remote parent, under an invalid one, and with a hint", () => {
  const asked: string[] = [];
  const root: Sampler = {
    shouldSample: (_context, _traceId, name) => {
      asked.push(name);
      return { decision: SamplingDecision.NOT_RECORD };
    },
    toString: () => "asks",
  };
  const sampler = new ParentBasedSampler({ root, remoteParentNotSampled: root });
  tracing = createTestTracing({ sampler });
  startSpan("first", () => {
    startSpan("inherits", () => null);
    startSpan("root", { root: true }, () => null);
  });
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
  withContext({ traceparent }, () => startSpan("remote", () => null));
  const invalid = trace.wrapSpanContext({
    traceId: "rubbish",
    spanId: "rubbish",
    traceFlags: TraceFlags.NONE,
  });
  context.with(trace.setSpan(ROOT_CONTEXT, invalid), () => startSpan("invalid", () => null));
  expect(asked).toEqual(["first", "root", "remote", "invalid"]);
});

test("startSpan() asks the sampler under a parent that records without being sampled", () => {
  const recordOnly: Sampler = {
    shouldSample: () => ({ decision: SamplingDecision.RECORD }),
    toString: () => "recordOnly",
  };
  tracing = createTestTracing({
    sampler: new ParentBasedSampler({ root: recordOnly, localParentNotSampled: OFF }),
  });
  startSpan("records", () => startSpan("child", (child) => expect(child.isRecording()).toBe(false)));
  expect(tracing.spans().map((span) => span.name)).toEqual([]);
});

test("TracerSource gives the tracer of the provider that is registered at the moment", async () => {
  const source = new TracerSource("scope", "1.2.3");
  expect(source.current()).toBe(undefined);
  for (const root of [ON, OFF]) {
    tracing = createTestTracing({ sampler: new ParentBasedSampler({ root }) });
    const span: Span | undefined = source.current()?.startSpan("x");
    expect([span?.isRecording(), source.skipsUnsampled]).toEqual([root === ON, true]);
    span?.end();
    for (const each of tracing.spans())
      expect(each.instrumentationScope).toMatchObject({ name: "scope", version: "1.2.3" });
    await tracing.shutdown();
    expect(source.current()).toBe(undefined);
  }
});

test("goesWithoutSpan() is sure only below a local, unsampled parent of a sampler that follows parents", () => {
  const context = (traceFlags: TraceFlags, isRemote = false) =>
    contextWithSpan(
      ROOT_CONTEXT,
      trace.wrapSpanContext({ traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags, isRemote }),
    );
  expect(goesWithoutSpan(context(TraceFlags.NONE), true)).toBe(true);
  expect(goesWithoutSpan(context(TraceFlags.NONE), false)).toBe(false);
  expect(goesWithoutSpan(context(TraceFlags.NONE, true), true)).toBe(false);
  expect(goesWithoutSpan(context(TraceFlags.SAMPLED), true)).toBe(false);
  expect(goesWithoutSpan(ROOT_CONTEXT, true)).toBe(false);
});
