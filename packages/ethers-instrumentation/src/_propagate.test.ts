import { createTraceState, propagation, ROOT_CONTEXT, type SpanContext, trace } from "@opentelemetry/api";
import { expect, test } from "vitest";
import { suppress } from "./_contexts.ts";
import { propagate } from "./_propagate.ts";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const spanId = "b7ad6b7169203331";

function headers(
  span: Partial<SpanContext>,
  format: Parameters<typeof propagate>[1],
  prepare = (ctx: typeof ROOT_CONTEXT) => ctx,
): Record<string, string> {
  const written: Record<string, string> = {};
  const ctx = trace.setSpanContext(ROOT_CONTEXT, { traceId, spanId, traceFlags: 1, ...span });
  propagate(prepare(ctx), format, {
    setHeader(name, value) {
      written[name] = value;
    },
  });
  return written;
}

test.for([
  ["w3c", 1, { traceparent: `00-${traceId}-${spanId}-01` }],
  ["w3c", 0, { traceparent: `00-${traceId}-${spanId}-00` }],
  ["b3", 1, { b3: `${traceId}-${spanId}-1` }],
  ["b3", 0, { b3: `${traceId}-${spanId}-0` }],
] as const)("propagate() as %s with flags %s", ([format, traceFlags, expected]) => {
  expect(headers({ traceFlags }, format)).toEqual(expected);
});

test("propagate() hands on the trace state", () => {
  expect(headers({ traceState: createTraceState("vendor=1") }, "w3c")).toMatchObject({
    tracestate: "vendor=1",
  });
});

test("propagate() with a propagator of the application removes baggage before it asks", () => {
  const seen: unknown[] = [];
  const propagator = {
    inject: (
      ctx: typeof ROOT_CONTEXT,
      carrier: unknown,
      setter: { set(carrier: unknown, key: string, value: string): void },
    ) => {
      seen.push(propagation.getBaggage(ctx));
      setter.set(carrier, "x-trace", trace.getSpanContext(ctx)?.spanId ?? "");
    },
    extract: (ctx: typeof ROOT_CONTEXT) => ctx,
    fields: () => [],
  };
  const baggage = propagation.createBaggage({ user: { value: "artist" } });
  expect(headers({}, propagator, (ctx) => propagation.setBaggage(ctx, baggage))).toEqual({
    "x-trace": spanId,
  });
  expect(seen).toEqual([undefined]);
});

test("propagate() writes nothing without a valid span, or where tracing is suppressed", () => {
  expect(headers({ traceId: "0".repeat(32) }, "w3c")).toEqual({});
  expect(headers({}, "w3c", suppress)).toEqual({});
});
