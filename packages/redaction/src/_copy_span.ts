import type { SpanContext } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { OriginRedactor } from "./_redact_origin.ts";
import type { SpanParts } from "./_redact_span.ts";
import type { SpanLike } from "./create_redactor.ts";

/** What a copy of a span takes from elsewhere. */
interface Origin {
  readonly resource: ReadableSpan["resource"];
  readonly scope: ReadableSpan["instrumentationScope"];
  readonly context: SpanContext;
}

/** Returns the span itself if nothing is to be changed, else a copy with the redacted parts. */
export function withParts<T extends SpanLike>(
  span: T,
  parts: SpanParts,
  same: boolean,
  origins: OriginRedactor,
): T {
  // What is not a span of the SDK is a plain object, whose own members are all there is.
  if (!isReadable(span)) return same ? span : ({ ...span, ...plainParts(span, parts) } as T);
  const { resource, instrumentationScope: scope } = span;
  const context = span.spanContext();
  // Spans of other makers may have neither.
  const origin: Origin = {
    resource: resource && origins.resource(resource),
    scope: scope && origins.scope(scope),
    context: origins.context(context),
  };
  const isSame = origin.resource === resource && origin.scope === scope && origin.context === context;
  // A readable span in, a readable span out.
  return same && isSame ? span : (copyReadable(span, parts, origin) as SpanLike as T);
}

/** Members are read one by one since the SDK keeps some behind getters. */
function copyReadable(span: ReadableSpan, parts: SpanParts, origin: Origin): ReadableSpan {
  return {
    name: parts.name,
    kind: span.kind,
    spanContext: () => origin.context,
    ...(span.parentSpanContext === undefined ? {} : { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    status: parts.status,
    attributes: parts.attributes,
    links: [...parts.links],
    events: [...parts.events],
    duration: span.duration,
    ended: span.ended,
    resource: origin.resource,
    instrumentationScope: origin.scope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}

function isReadable(span: SpanLike): span is ReadableSpan {
  return "spanContext" in span && typeof span.spanContext === "function";
}

function plainParts(span: SpanLike, parts: SpanParts): Partial<SpanParts> {
  if (span.links !== undefined) return parts;
  const { links: _none, ...rest } = parts;
  return rest;
}
