import type { Attributes, AttributeValue, HrTime, Link, SpanContext } from "@opentelemetry/api";
import { createTraceState } from "@opentelemetry/api";
import { resourceFromAttributes } from "@opentelemetry/resources";
import type { ReadableSpan, TimedEvent } from "@opentelemetry/sdk-trace-base";
import { type ProtoField, protoFields } from "./proto_fields.ts";

/**
 * Reads the spans out of an OTLP request (`ExportTraceServiceRequest`, field numbers of opentelemetry-proto 1.x), so
 * that what is shown is what went over the wire.
 */
export function decodeSpans(request: Uint8Array): ReadableSpan[] {
  return messages(request, 1).flatMap((resourceSpans) => {
    const resource = resourceFromAttributes(
      attributes(messages(resourceSpans, 1).flatMap((bytes) => messages(bytes, 1))),
    );
    return messages(resourceSpans, 2).flatMap((scopeSpans) => {
      const scope = messages(scopeSpans, 1)[0] ?? new Uint8Array();
      const instrumentationScope = { name: text(scope, 1), version: text(scope, 2) };
      return messages(scopeSpans, 2).map((span) => ({ ...decodeSpan(span), resource, instrumentationScope }));
    });
  });
}

// A flag of the OTLP span says that the parent is in another process.
const HAS_IS_REMOTE = 0x100n;
const IS_REMOTE = 0x200n;

function decodeSpan(span: Uint8Array): Omit<ReadableSpan, "resource" | "instrumentationScope"> {
  const parentId = hex(span, 4);
  const flags = number(span, 16);
  const isRemote = (flags & HAS_IS_REMOTE) !== 0n && (flags & IS_REMOTE) !== 0n;
  const own = spanContext(span, 1, 2, 3, flags);
  const [startTime, endTime] = [time(number(span, 7)), time(number(span, 8))];
  const status = messages(span, 15)[0] ?? new Uint8Array();
  return {
    name: text(span, 5),
    // OTLP has a kind "unspecified" before those of the API.
    kind: Math.max(0, Number(number(span, 6)) - 1),
    spanContext: () => own,
    ...(parentId === "" ? {} : { parentSpanContext: { ...own, spanId: parentId, isRemote } }),
    startTime,
    endTime,
    duration: time(number(span, 8) - number(span, 7)),
    ended: true,
    status: { code: Number(number(status, 3)), message: text(status, 2) },
    attributes: attributes(messages(span, 9)),
    droppedAttributesCount: Number(number(span, 10)),
    events: messages(span, 11).map(decodeEvent),
    droppedEventsCount: Number(number(span, 12)),
    links: messages(span, 13).map(decodeLink),
    droppedLinksCount: Number(number(span, 14)),
  };
}

function decodeEvent(event: Uint8Array): TimedEvent {
  return { time: time(number(event, 1)), name: text(event, 2), attributes: attributes(messages(event, 3)) };
}

function decodeLink(link: Uint8Array): Link {
  return { context: spanContext(link, 1, 2, 3, number(link, 6)), attributes: attributes(messages(link, 4)) };
}

function spanContext(
  message: Uint8Array,
  trace: number,
  span: number,
  state: number,
  flags: bigint,
): SpanContext {
  const traceState = text(message, state);
  return {
    traceId: hex(message, trace),
    spanId: hex(message, span),
    traceFlags: Number(flags & 0xffn) | 1,
    ...(traceState === "" ? {} : { traceState: createTraceState(traceState) }),
  };
}

function attributes(pairs: readonly Uint8Array[]): Attributes {
  return Object.fromEntries(
    pairs.map((pair) => [text(pair, 1), value(messages(pair, 2)[0] ?? new Uint8Array())]),
  );
}

function value(any: Uint8Array): AttributeValue {
  const field = [...protoFields(any)].at(-1);
  if (field === undefined) return "";
  if (field.id === 1) return utf8(field.bytes);
  if (field.id === 2) return field.number !== 0n;
  if (field.id === 3) return Number(BigInt.asIntN(64, field.number));
  if (field.id === 4) return float64(field.bytes);
  // All elements of a list of attribute values have one type.
  if (field.id === 5) return messages(field.bytes, 1).map(value) as string[];
  return Buffer.from(field.bytes).toString("base64");
}

function float64({ buffer, byteOffset, byteLength }: Uint8Array): number {
  return new DataView(buffer, byteOffset, byteLength).getFloat64(0, true);
}

function time(nanos: bigint): HrTime {
  return [Number(nanos / 1_000_000_000n), Number(nanos % 1_000_000_000n)];
}

function messages(message: Uint8Array, id: number): Uint8Array[] {
  return fields(message, id).map((field) => field.bytes);
}

function text(message: Uint8Array, id: number): string {
  return utf8(fields(message, id)[0]?.bytes ?? new Uint8Array());
}

function hex(message: Uint8Array, id: number): string {
  return Buffer.from(fields(message, id)[0]?.bytes ?? []).toString("hex");
}

function number(message: Uint8Array, id: number): bigint {
  return fields(message, id)[0]?.number ?? 0n;
}

function fields(message: Uint8Array, id: number): ProtoField[] {
  return [...protoFields(message)].filter((field) => field.id === id);
}

function utf8(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("utf8");
}
