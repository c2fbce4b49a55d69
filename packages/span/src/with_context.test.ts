import { createTestTracing, renderTrace } from "@dcmx-tracing/testing";
import { propagation } from "@opentelemetry/api";
import { expect, test } from "vitest";
import { activeSpan, injectContext, startSpan, withContext } from "./mod.ts";

const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

test.each([
  ["a plain object", { traceparent }],
  ["other capitals", { TraceParent: traceparent }],
  ["an array, as Node gives a repeated header", { traceparent: [traceparent] }],
  ["bytes, as Kafka gives them", { traceparent: new TextEncoder().encode(traceparent) }],
  ["Headers", new Headers({ traceparent })],
  ["a Map", new Map([["traceparent", traceparent]])],
])("withContext() continues the trace of %s", async (_what, carrier) => {
  await using tracing = createTestTracing();
  withContext(carrier, () => startSpan("consume", () => null));
  expect(tracing.spans()[0]?.parentSpanContext?.spanId).toBe("b7ad6b7169203331");
  expect(tracing.spans()[0]?.spanContext().traceId).toBe("0af7651916cd43dd8448eb211c80319c");
});

test.each([undefined, null, {}, { traceparent: "rubbish" }, { traceparent: 7 }])(
  "withContext() leaves the active context for %o",
  async (carrier) => {
    await using tracing = createTestTracing();
    startSpan("outer", (outer) => withContext(carrier, () => expect(activeSpan()).toBe(outer)));
    expect(renderTrace(tracing.spans())).toBe("outer");
  },
);

test("withContext() survives a carrier that throws, and runs the function once", async () => {
  await using tracing = createTestTracing();
  let runs = 0;
  const carrier = new Proxy(
    {},
    {
      get() {
        throw new Error("hostile");
      },
    },
  );
  expect(withContext(carrier, () => ++runs)).toBe(1);
  startSpan("work", () => injectContext(carrier));
  expect(tracing.spans().length).toBe(1);
});

test.each([
  ["nothing", undefined, (carrier: object) => Object.entries(carrier)],
  ["an object", { a: "b" }, (carrier: object) => Object.entries(carrier).slice(1)],
  ["Headers", new Headers(), (carrier: object) => [...(carrier as Headers)]],
  ["a Map", new Map(), (carrier: object) => [...(carrier as Map<string, string>)]],
])("injectContext() writes trace context and baggage into %s", async (_what, carrier, entries) => {
  await using tracing = createTestTracing();
  startSpan("work", (span) => {
    const { traceId, spanId } = span.spanContext();
    const result = injectContext(carrier);
    if (carrier !== undefined) expect(result).toBe(carrier);
    expect(entries(result)).toEqual([["traceparent", `00-${traceId}-${spanId}-01`]]);
  });
  expect(tracing.spans().length).toBe(1);
});

test("injectContext() and withContext() carry baggage along", async () => {
  await using tracing = createTestTracing();
  const headers = { traceparent, baggage: "artist=7" };
  withContext(headers, () => {
    expect(propagation.getActiveBaggage()?.getEntry("artist")?.value).toBe("7");
    startSpan("work", () => expect(injectContext()).toMatchObject({ baggage: "artist=7" }));
  });
  expect(tracing.spans().length).toBe(1);
});

test("injectContext() writes nothing without an SDK", () => {
  expect(injectContext()).toEqual({});
});
