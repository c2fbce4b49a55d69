/**
 * The part of the OTLP trace messages that the tests read, and their decoder.
 *
 * It is written against opentelemetry-proto, with a general protobuf decoder, so that an error of our own encoder
 * cannot hide behind an equal error here.
 */

import protobuf from "protobufjs";

/** A value as OTLP carries it, turned into plain JavaScript. */
export type PlainValue = string | number | boolean | null | PlainValue[] | { [key: string]: PlainValue };

/** A span as it arrived. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly traceState: string;
  readonly name: string;
  readonly kind: number;
  readonly flags: number;
  readonly start: bigint;
  readonly end: bigint;
  readonly attributes: Record<string, PlainValue>;
  readonly events: readonly { name: string; attributes: Record<string, PlainValue> }[];
  readonly links: readonly { traceId: string; spanId: string }[];
  readonly status: { code: number; message: string };
  readonly resource: Record<string, PlainValue>;
  readonly scope: string;
}

const field = (type: string, id: number, rule?: "repeated"): protobuf.IField =>
  rule ? { type, id, rule } : { type, id };

// opentelemetry-proto 1.x: trace/v1/trace.proto, common/v1/common.proto, resource/v1/resource.proto.
const root = protobuf.Root.fromJSON({
  nested: {
    Request: { fields: { resourceSpans: field("ResourceSpans", 1, "repeated") } },
    ResourceSpans: {
      fields: { resource: field("Resource", 1), scopeSpans: field("ScopeSpans", 2, "repeated") },
    },
    Resource: { fields: { attributes: field("KeyValue", 1, "repeated") } },
    ScopeSpans: { fields: { scope: field("Scope", 1), spans: field("Span", 2, "repeated") } },
    Scope: { fields: { name: field("string", 1), version: field("string", 2) } },
    Span: {
      fields: {
        traceId: field("bytes", 1),
        spanId: field("bytes", 2),
        traceState: field("string", 3),
        parentSpanId: field("bytes", 4),
        name: field("string", 5),
        kind: field("int32", 6),
        startTimeUnixNano: field("fixed64", 7),
        endTimeUnixNano: field("fixed64", 8),
        attributes: field("KeyValue", 9, "repeated"),
        droppedAttributesCount: field("uint32", 10),
        events: field("Event", 11, "repeated"),
        droppedEventsCount: field("uint32", 12),
        links: field("Link", 13, "repeated"),
        droppedLinksCount: field("uint32", 14),
        status: field("Status", 15),
        flags: field("fixed32", 16),
      },
    },
    Event: {
      fields: {
        timeUnixNano: field("fixed64", 1),
        name: field("string", 2),
        attributes: field("KeyValue", 3, "repeated"),
      },
    },
    Link: { fields: { traceId: field("bytes", 1), spanId: field("bytes", 2) } },
    Status: { fields: { message: field("string", 2), code: field("int32", 3) } },
    KeyValue: { fields: { key: field("string", 1), value: field("AnyValue", 2) } },
    AnyValue: {
      fields: {
        stringValue: field("string", 1),
        boolValue: field("bool", 2),
        intValue: field("int64", 3),
        doubleValue: field("double", 4),
        arrayValue: field("ArrayValue", 5),
        kvlistValue: field("KeyValueList", 6),
        bytesValue: field("bytes", 7),
      },
    },
    ArrayValue: { fields: { values: field("AnyValue", 1, "repeated") } },
    KeyValueList: { fields: { values: field("KeyValue", 1, "repeated") } },
  },
});

/**
 * Decodes an ExportTraceServiceRequest.
 *
 * @param body The bytes, uncompressed.
 * @param json Whether the body is OTLP JSON instead of protobuf.
 * @returns Every span of the request, in order.
 */
export function decodeTraceRequest(body: Uint8Array, json = false): ReceivedSpan[] {
  const type = root.lookupType("Request");
  const request = json
    ? JSON.parse(Buffer.from(body).toString())
    : type.toObject(type.decode(body), { longs: String, bytes: Buffer });
  const spans: ReceivedSpan[] = [];
  for (const resourceSpans of list(request.resourceSpans)) {
    const resource = keyValues(record(resourceSpans.resource).attributes);
    for (const scopeSpans of list(resourceSpans.scopeSpans)) {
      const scope = String(record(scopeSpans.scope).name ?? "");
      for (const span of list(scopeSpans.spans)) spans.push(plainSpan(span, resource, scope));
    }
  }
  return spans;
}

type Message = Record<string, unknown>;

function plainSpan(span: Message, resource: ReceivedSpan["resource"], scope: string): ReceivedSpan {
  const status = record(span.status);
  return {
    traceId: id(span.traceId),
    spanId: id(span.spanId),
    parentSpanId: id(span.parentSpanId),
    traceState: String(span.traceState ?? ""),
    name: String(span.name ?? ""),
    kind: Number(span.kind ?? 0),
    flags: Number(span.flags ?? 0),
    start: BigInt(String(span.startTimeUnixNano ?? 0)),
    end: BigInt(String(span.endTimeUnixNano ?? 0)),
    attributes: keyValues(span.attributes),
    events: list(span.events).map((event) => ({
      name: String(event.name ?? ""),
      attributes: keyValues(event.attributes),
    })),
    links: list(span.links).map((link) => ({ traceId: id(link.traceId), spanId: id(link.spanId) })),
    status: { code: Number(status.code ?? 0), message: String(status.message ?? "") },
    resource,
    scope,
  };
}

function id(value: unknown): string {
  if (value instanceof Uint8Array) return Buffer.from(value).toString("hex");
  return typeof value === "string" ? value : "";
}

function keyValues(value: unknown): Record<string, PlainValue> {
  return Object.fromEntries(list(value).map((pair) => [String(pair.key), plainValue(record(pair.value))]));
}

function plainValue(value: Message): PlainValue {
  if (value.stringValue !== undefined) return String(value.stringValue);
  if (value.boolValue !== undefined) return Boolean(value.boolValue);
  if (value.intValue !== undefined) return Number(value.intValue);
  if (value.doubleValue !== undefined) return Number(value.doubleValue);
  if (value.arrayValue !== undefined) return list(record(value.arrayValue).values).map(plainValue);
  if (value.kvlistValue !== undefined) return keyValues(record(value.kvlistValue).values);
  if (value.bytesValue !== undefined) return id(value.bytesValue);
  return null;
}

// Both decoders answer with untyped objects; the two guards below are the one place that narrows them.
function record(value: unknown): Message {
  return typeof value === "object" && value !== null ? (value as Message) : {};
}

function list(value: unknown): Message[] {
  return Array.isArray(value) ? value.map(record) : [];
}
