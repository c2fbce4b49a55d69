import type { SpanContext } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { ProtoWriter } from "./_proto_writer.ts";

/** A map of attributes as the SDK hands it over: any value can be in it, whatever the types promise. */
export type AttributeMap = Readonly<Record<string, unknown>>;

/**
 * Appends one span to `writer` as field `spans` of a ScopeSpans message.
 *
 * It writes what `ProtobufTraceSerializer` of `@opentelemetry/otlp-transformer` writes, field by field, in one pass.
 *
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/v1.7.0/opentelemetry/proto/trace/v1/trace.proto
 * @param writer Where to.
 * @param span An ended span.
 */
export function encodeSpan(writer: ProtoWriter, span: ReadableSpan): void {
  const { traceId, spanId, traceFlags, traceState } = span.spanContext();
  const { parentSpanContext: parent, status } = span;
  const mark = writer.openField(0x12);
  writer.hexField(0x0a, traceId);
  writer.hexField(0x12, spanId);
  const state = traceState?.serialize();
  if (state) writer.stringField(0x1a, state);
  if (parent?.spanId) writer.hexField(0x22, parent.spanId);
  writer.stringField(0x2a, span.name);
  // OTLP counts kinds from 1, the API from 0.
  writer.uint32Field(0x30, span.kind + 1);
  writer.nanosField(0x39, span.startTime[0], span.startTime[1]);
  writer.nanosField(0x41, span.endTime[0], span.endTime[1]);
  encodeAttributes(writer, 0x4a, span.attributes);
  if (span.droppedAttributesCount) writer.uint32Field(0x50, span.droppedAttributesCount);
  for (const event of span.events) encodeEvent(writer, event);
  if (span.droppedEventsCount) writer.uint32Field(0x60, span.droppedEventsCount);
  for (const link of span.links) encodeLink(writer, link);
  if (span.droppedLinksCount) writer.uint32Field(0x70, span.droppedLinksCount);
  const statusMark = writer.openField(0x7a);
  if (status.message) writer.stringField(0x12, status.message);
  if (status.code) writer.uint32Field(0x18, status.code);
  writer.closeField(statusMark);
  writer.ensure(1);
  // Field 16 needs a tag of two bytes.
  writer.byte(0x85);
  writer.fixed32Field(0x01, flagsOf(traceFlags, parent?.isRemote));
  writer.closeField(mark);
}

/**
 * Appends attributes as repeated KeyValue fields.
 *
 * @param writer Where to.
 * @param tag Tag byte of the repeated field.
 * @param attributes The attributes; keys with the value `undefined` are written as keys without a value.
 */
export function encodeAttributes(writer: ProtoWriter, tag: number, attributes: AttributeMap): void {
  for (const key in attributes) {
    if (Object.hasOwn(attributes, key)) encodeKeyValue(writer, tag, key, attributes[key]);
  }
}

function encodeKeyValue(writer: ProtoWriter, tag: number, key: string, value: unknown): void {
  const mark = writer.openField(tag);
  const encodedKey = keyBytes(key);
  writer.ensure(encodedKey.length);
  writer.raw(encodedKey);
  const valueMark = writer.openField(0x12);
  encodeValue(writer, value);
  writer.closeField(valueMark);
  writer.closeField(mark);
}

function encodeValue(writer: ProtoWriter, value: unknown): void {
  if (typeof value === "string") writer.stringField(0x0a, value);
  else if (typeof value === "number") encodeNumber(writer, value);
  else if (typeof value === "boolean") writer.uint32Field(0x10, value ? 1 : 0);
  else if (value instanceof Uint8Array) writer.bytesField(0x3a, value);
  else if (Array.isArray(value)) encodeArray(writer, value);
  else if (typeof value === "object" && value !== null) {
    const mark = writer.openField(0x32);
    // An object of attribute values is a map of attributes by shape: `for in` with an own-key check reads it.
    encodeAttributes(writer, 0x0a, value as AttributeMap);
    writer.closeField(mark);
  }
}

function encodeNumber(writer: ProtoWriter, value: number): void {
  if (!Number.isInteger(value) || value < -INT64_END || value >= INT64_END) {
    writer.doubleField(0x21, value);
    return;
  }
  writer.ensure(1);
  writer.byte(0x18);
  writer.int64(value);
}

function encodeArray(writer: ProtoWriter, values: readonly unknown[]): void {
  const mark = writer.openField(0x2a);
  for (const value of values) {
    const itemMark = writer.openField(0x0a);
    encodeValue(writer, value);
    writer.closeField(itemMark);
  }
  writer.closeField(mark);
}

function encodeEvent(writer: ProtoWriter, event: ReadableSpan["events"][number]): void {
  const mark = writer.openField(0x5a);
  writer.nanosField(0x09, event.time[0], event.time[1]);
  writer.stringField(0x12, event.name);
  if (event.attributes) encodeAttributes(writer, 0x1a, event.attributes);
  if (event.droppedAttributesCount) writer.uint32Field(0x20, event.droppedAttributesCount);
  writer.closeField(mark);
}

function encodeLink(writer: ProtoWriter, link: ReadableSpan["links"][number]): void {
  const context: SpanContext = link.context;
  const mark = writer.openField(0x6a);
  writer.hexField(0x0a, context.traceId);
  writer.hexField(0x12, context.spanId);
  const state = context.traceState?.serialize();
  if (state) writer.stringField(0x1a, state);
  if (link.attributes) encodeAttributes(writer, 0x22, link.attributes);
  if (link.droppedAttributesCount) writer.uint32Field(0x28, link.droppedAttributesCount);
  writer.fixed32Field(0x35, flagsOf(context.traceFlags, context.isRemote));
  writer.closeField(mark);
}

/** Trace flags in the low byte, then "it is known whether the parent is remote", then whether it is. */
function flagsOf(traceFlags: number, isRemote: boolean | undefined): number {
  return (traceFlags & 0xff) | 0x100 | (isRemote ? 0x200 : 0);
}

const INT64_END = 2 ** 63;

// Attribute keys repeat, so their bytes are made once. The bound keeps a program that makes up keys from filling memory.
const MAX_KEYS = 4096;
const keys = new Map<string, Uint8Array>();

function keyBytes(key: string): Uint8Array {
  const known = keys.get(key);
  if (known) return known;
  const writer = new ProtoWriter(key.length + 16);
  writer.stringField(0x0a, key);
  const encoded = writer.take();
  if (keys.size < MAX_KEYS && key.length <= 256) keys.set(key, encoded);
  return encoded;
}
