import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { SpanParts } from "./_redact_span.ts";
import type { SpanLike } from "./create_redactor.ts";

/** Copies a span with other parts. Members are read one by one since the SDK keeps some behind getters. */
export function copySpan<T extends SpanLike>(span: T, parts: SpanParts): T {
  // What is not a span of the SDK is a plain object, whose own members are all there is.
  if (!isReadable(span)) return { ...span, ...plainParts(span, parts) } as T;
  const context = span.spanContext();
  const copy: ReadableSpan = {
    name: parts.name,
    kind: span.kind,
    spanContext: () => context,
    ...(span.parentSpanContext === undefined ? {} : { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    status: parts.status,
    attributes: parts.attributes,
    links: [...parts.links],
    events: [...parts.events],
    duration: span.duration,
    ended: span.ended,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
  // A readable span in, a readable span out.
  return copy as SpanLike as T;
}

function isReadable(span: SpanLike): span is ReadableSpan {
  return "spanContext" in span && typeof span.spanContext === "function";
}

function plainParts(span: SpanLike, parts: SpanParts): Partial<SpanParts> {
  if (span.links !== undefined) return parts;
  const { links: _none, ...rest } = parts;
  return rest;
}
