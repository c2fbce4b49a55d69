import {
  type Context,
  isSpanContextValid,
  propagation,
  type SpanContext,
  type TextMapPropagator,
  type TextMapSetter,
  trace,
} from "@opentelemetry/api";
import { isSuppressed } from "./_contexts.ts";

/** Something that takes HTTP headers. */
export interface HeaderCarrier {
  setHeader(name: string, value: string): void;
}

/**
 * Writes the trace context of `ctx` into the headers of a request to the node. Baggage is left out: it holds what the
 * application knows about its users, and the endpoint belongs to somebody else.
 */
export function propagate(
  ctx: Context,
  format: "global" | "w3c" | "b3" | TextMapPropagator,
  carrier: HeaderCarrier,
): void {
  const spanContext = trace.getSpanContext(ctx);
  if (spanContext === undefined || !isSpanContextValid(spanContext) || isSuppressed(ctx)) return;
  if (format === "w3c") {
    injectW3c(spanContext, carrier);
    return;
  }
  if (format === "b3") {
    injectB3(spanContext, carrier);
    return;
  }
  const bare = propagation.getBaggage(ctx) === undefined ? ctx : propagation.deleteBaggage(ctx);
  if (format === "global") propagation.inject(bare, carrier, SETTER);
  else format.inject(bare, carrier, SETTER);
}

const SETTER: TextMapSetter<HeaderCarrier> = {
  set: (target, key, value) => target.setHeader(key, value),
};

/** Source: https://www.w3.org/TR/trace-context/#traceparent-header */
function injectW3c({ traceId, spanId, traceFlags, traceState }: SpanContext, carrier: HeaderCarrier): void {
  carrier.setHeader("traceparent", `00-${traceId}-${spanId}-0${(traceFlags & 1).toString(16)}`);
  const state = traceState?.serialize();
  if (state) carrier.setHeader("tracestate", state);
}

/** Source: https://github.com/openzipkin/b3-propagation#single-header */
function injectB3({ traceId, spanId, traceFlags }: SpanContext, carrier: HeaderCarrier): void {
  carrier.setHeader("b3", `${traceId}-${spanId}-${traceFlags & 1}`);
}
