import type { Attributes, AttributeValue, HrTime, SpanContext } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { OtlpAnyValue, OtlpKeyValue, OtlpRequest, OtlpSpan } from "./_otlp_request.ts";

/**
 * The spans of an OTLP request in the form that the drawings take.
 *
 * @param request A decoded request.
 * @returns Its spans; those without a valid trace id and span id are left out.
 */
export function spansOfRequest(request: OtlpRequest): ReadableSpan[] {
  return list(request.resourceSpans).flatMap(({ resource, scopeSpans }) => {
    const attributes = attributesOf(resource?.attributes);
    return list(scopeSpans).flatMap(({ scope, spans }) =>
      list(spans)
        .filter(({ traceId, spanId }) => isId(traceId, 32) && isId(spanId, 16))
        .map((span) =>
          readable(span, attributes, { name: scope?.name ?? "", version: scope?.version ?? "" }),
        ),
    );
  });
}

function readable(
  span: OtlpSpan,
  resource: Attributes,
  instrumentationScope: ReadableSpan["instrumentationScope"],
): ReadableSpan {
  const own = contextOf(span.traceId, span.spanId);
  const start = nanos(span.startTimeUnixNano);
  const end = nanos(span.endTimeUnixNano);
  return {
    name: String(span.name ?? ""),
    // OTLP has a kind "unspecified" before those of the API.
    kind: Math.max(0, (span.kind ?? 1) - 1),
    spanContext: () => own,
    ...(isId(span.parentSpanId, 16) ? { parentSpanContext: contextOf(span.traceId, span.parentSpanId) } : {}),
    startTime: time(start),
    endTime: time(end),
    duration: time(end > start ? end - start : 0n),
    status: { code: span.status?.code ?? 0, message: span.status?.message ?? "" },
    attributes: attributesOf(span.attributes),
    events: list(span.events).map((event) => ({
      name: String(event.name ?? ""),
      time: time(nanos(event.timeUnixNano)),
      attributes: attributesOf(event.attributes),
    })),
    links: list(span.links).map((link) => ({
      context: contextOf(link.traceId, link.spanId),
      attributes: attributesOf(link.attributes),
    })),
    ended: true,
    // The drawings read the attributes of a resource only.
    resource: { attributes: resource } as ReadableSpan["resource"],
    instrumentationScope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function contextOf(traceId = "", spanId = ""): SpanContext {
  return { traceId: traceId.toLowerCase(), spanId: spanId.toLowerCase(), traceFlags: 1 };
}

function attributesOf(pairs: readonly OtlpKeyValue[] | undefined): Attributes {
  return Object.fromEntries(list(pairs).map(({ key, value }) => [String(key ?? ""), toValue(value ?? {})]));
}

function toValue(value: OtlpAnyValue): AttributeValue {
  if (value.stringValue !== undefined) return value.stringValue;
  if (value.boolValue !== undefined) return value.boolValue;
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.bytesValue !== undefined) return value.bytesValue;
  // Elements of one list have one type in OpenTelemetry; the drawings write them as JSON in any case.
  if (value.arrayValue) return list(value.arrayValue.values).map(toValue) as string[];
  if (value.kvlistValue) return JSON.stringify(attributesOf(value.kvlistValue.values));
  return "";
}

function nanos(value: string | number | undefined): bigint {
  try {
    return BigInt(value ?? 0);
  } catch {
    return 0n; // a time that is no whole number: the span is shown at the start of time, not lost
  }
}

function time(value: bigint): HrTime {
  return [Number(value / 1_000_000_000n), Number(value % 1_000_000_000n)];
}

function isId(value: string | undefined, length: number): value is string {
  return typeof value === "string" && value.length === length && /^(?!0+$)[0-9a-f]+$/i.test(value);
}

function list<T>(value: readonly T[] | undefined): readonly T[] {
  return Array.isArray(value) ? value : [];
}
