import { context, propagation, ROOT_CONTEXT, SpanKind, trace } from "@opentelemetry/api";
import { afterEach, expect, test } from "vitest";
import { createTestTracing, type TestTracing, type TestTracingOptions } from "./create_test_tracing.ts";
import { renderTrace } from "./render_trace.ts";

let tracing: TestTracing | undefined;
afterEach(() => tracing?.shutdown());

function create(options?: TestTracingOptions): TestTracing {
  tracing = createTestTracing(options);
  return tracing;
}

test("createTestTracing() collects spans of the global tracer in end order", () => {
  const { spans } = create();
  trace.getTracer("anyone").startActiveSpan("outer", (outer) => {
    trace.getTracer("anyone").startSpan("inner").end();
    outer.end();
  });
  expect(spans().map((span) => span.name)).toEqual(["inner", "outer"]);
});

test("createTestTracing() makes spans parents of each other across await", async () => {
  const { spans, tracer } = create();
  await tracer().startActiveSpan("outer", async (outer) => {
    await Promise.resolve();
    tracer().startSpan("inner").end();
    outer.end();
  });
  expect(renderTrace(spans())).toBe("outer\n└─ inner");
});

test("createTestTracing() leaves the context manager alone when told so", () => {
  const { spans, tracer } = create({ contextManager: false });
  tracer().startActiveSpan("outer", (outer) => {
    tracer().startSpan("not a child").end();
    outer.end();
  });
  expect(renderTrace(spans())).toBe("outer\n\nnot a child");
});

test("createTestTracing() registers the W3C propagators", () => {
  const { tracer } = create();
  const span = tracer().startSpan("out");
  const carrier: Record<string, string> = {};
  const withBaggage = propagation.setBaggage(
    trace.setSpan(ROOT_CONTEXT, span),
    propagation.createBaggage({ tenant: { value: "dcmx" } }),
  );
  propagation.inject(withBaggage, carrier);
  const { traceId, spanId } = span.spanContext();
  expect(carrier).toEqual({ traceparent: `00-${traceId}-${spanId}-01`, baggage: "tenant=dcmx" });
});

test("createTestTracing() asks the sampler and hides spans that are not sampled", () => {
  const { spans, tracer } = create({
    sampler: {
      // 1 is RECORD: the span is recorded and its processors see it, but exporters do not.
      shouldSample: (_context, _traceId, name) => ({
        decision: name === "kept" ? 2 : name === "seen" ? 1 : 0,
      }),
      toString: () => "by name",
    },
  });
  for (const name of ["kept", "seen", "dropped"]) tracer().startSpan(name).end();
  expect(spans().map((span) => span.name)).toEqual(["kept"]);
});

test("createTestTracing() samples every span whatever the environment says", () => {
  process.env.OTEL_TRACES_SAMPLER = "always_off";
  try {
    const { spans, tracer } = create();
    tracer().startSpan("kept").end();
    expect(spans()).toHaveLength(1);
  } finally {
    delete process.env.OTEL_TRACES_SAMPLER;
  }
});

test("createTestTracing() runs the given processors before it collects", async () => {
  const calls: string[] = [];
  const { spans, tracer, shutdown } = create({
    spanProcessors: [
      {
        onStart: (span) => void span.setAttribute("added", true),
        onEnd: (span) => void calls.push(`${span.name} with ${spans().length} collected`),
        forceFlush: () => Promise.resolve(),
        shutdown: () => Promise.resolve(void calls.push("shutdown")),
      },
    ],
  });
  tracer().startSpan("one", { kind: SpanKind.CLIENT }).end();
  await shutdown();
  expect(renderTrace(spans())).toBe("one CLIENT added=true");
  expect(calls).toEqual(["one with 0 collected", "shutdown"]);
});

test("TestTracing.tracer() names the scope `test` unless told otherwise", () => {
  const { spans, tracer } = create();
  tracer().startSpan("a").end();
  tracer("dcmx").startSpan("b").end();
  expect(spans().map((span) => span.instrumentationScope.name)).toEqual(["test", "dcmx"]);
});

test("TestTracing.spans() returns a copy", () => {
  const { spans, tracer } = create();
  tracer().startSpan("a").end();
  spans().pop();
  expect(spans()).toHaveLength(1);
});

test("TestTracing.openSpans() names what has not ended", () => {
  const { openSpans, spans, tracer } = create();
  const leaked = tracer().startSpan("leaked");
  tracer().startSpan("ended").end();
  expect(openSpans().map((span) => span.name)).toEqual(["leaked"]);
  leaked.end();
  expect(openSpans()).toEqual([]);
  expect(spans()).toHaveLength(2);
});

test("TestTracing.reset() forgets finished and open spans", () => {
  const { openSpans, reset, spans, tracer } = create();
  tracer().startSpan("open");
  tracer().startSpan("ended").end();
  reset();
  expect([...spans(), ...openSpans()]).toEqual([]);
  tracer().startSpan("later").end();
  expect(renderTrace(spans())).toBe("later");
});

test("TestTracing.shutdown() takes everything out of the global places, once", async () => {
  const { shutdown } = create();
  await Promise.all([shutdown(), shutdown()]);
  expect(trace.getTracer("x").startSpan("x").isRecording()).toBe(false);
  const key = Symbol("key");
  context.with(ROOT_CONTEXT.setValue(key, 1), () => expect(context.active().getValue(key)).toBeUndefined());
  expect(propagation.fields()).toEqual([]);
});

test("TestTracing.shutdown() of an old tracing does not touch its successor", async () => {
  const first = create();
  await first.shutdown();
  const second = create();
  await first.shutdown();
  trace.getTracer("x").startSpan("still collected").end();
  expect(second.spans()).toHaveLength(1);
});

test("TestTracing keeps its spans readable after shutdown()", async () => {
  const { shutdown, spans, tracer } = create();
  tracer().startSpan("a").end();
  await shutdown();
  expect(renderTrace(spans())).toBe("a");
});

test("TestTracing shuts down at the end of an `await using` block", async () => {
  {
    await using inner = createTestTracing();
    inner.tracer().startSpan("a").end();
  }
  expect(trace.getTracer("x").startSpan("x").isRecording()).toBe(false);
});

test("createTestTracing() refuses to share the global places, and leaves nothing behind", async () => {
  const first = create();
  expect(() => createTestTracing()).toThrow(
    "Cannot register the test tracing as another tracer provider is registered: shut that one down first",
  );
  trace.getTracer("x").startSpan("goes to the first").end();
  expect(first.spans()).toHaveLength(1);
  await first.shutdown();

  propagation.setGlobalPropagator({ inject: () => {}, extract: (same) => same, fields: () => ["mine"] });
  try {
    expect(() => createTestTracing()).toThrow("as another propagator is registered");
    expect(trace.getTracer("x").startSpan("x").isRecording()).toBe(false);
    expect(propagation.fields()).toEqual(["mine"]);
  } finally {
    propagation.disable();
  }
  await create().shutdown();
});
