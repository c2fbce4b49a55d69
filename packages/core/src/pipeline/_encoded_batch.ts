import { deflateRawSync, inflateRawSync } from "node:zlib";
import type { Resource } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { encodeAttributes } from "./_encode_span.ts";
import { ProtoWriter } from "./_proto_writer.ts";

/** Encoded spans that travel together: one request, one record of the spool. */
export interface EncodedBatch {
  readonly spans: number;
  /** Bytes held in memory. */
  readonly bytes: number;
  /** Makes the body of the request. Asynchronous resource attributes have to be there by then. */
  body(): Buffer;
  /** Compresses what is held, where that can be done. @returns Bytes saved. */
  pack?(): number;
}

/** Spans of one scope, encoded. */
export interface EncodedGroup {
  readonly resource: Resource;
  readonly scope: ReadableSpan["instrumentationScope"];
  /** The repeated field of their ScopeSpans message. */
  readonly bytes: Buffer;
}

/** A batch that was gathered in this process. */
export class SpanBytes implements EncodedBatch {
  readonly spans: number;
  bytes: number;
  #groups: readonly EncodedGroup[];
  #packed: Buffer | undefined;

  /**
   * @param groups The spans, those of one resource next to each other.
   * @param spans Number of spans.
   * @param bytes Bytes of them.
   */
  constructor(groups: readonly EncodedGroup[], spans: number, bytes: number) {
    this.#groups = groups;
    this.spans = spans;
    this.bytes = bytes;
  }

  body(): Buffer {
    return this.#packed ? inflateRawSync(this.#packed) : encodeRequest(this.#groups);
  }

  pack(): number {
    if (this.#packed || this.#groups.some(({ resource }) => resource.asyncAttributesPending)) return 0;
    const packed = deflateRawSync(encodeRequest(this.#groups), { level: 1 });
    const saved = this.bytes - packed.length;
    if (saved <= 0) return 0;
    // The result of zlib may be a slice of a larger buffer, which would be held as well.
    this.#packed = packed.length === packed.buffer.byteLength ? packed : Buffer.from(packed);
    this.#groups = [];
    this.bytes = packed.length;
    return saved;
  }
}

/** An ExportTraceServiceRequest. Groups of one resource follow each other, as they come from a map by resource. */
function encodeRequest(groups: readonly EncodedGroup[]): Buffer {
  const size = groups.reduce((sum, { bytes }) => sum + bytes.length, 0);
  const writer = new ProtoWriter(size + 1024);
  for (let at = 0; at < groups.length; ) {
    const first = groups[at] as EncodedGroup; // `at` is below the length
    const mark = writer.openField(0x0a);
    const resourceMark = writer.openField(0x0a);
    encodeAttributes(writer, 0x0a, first.resource.attributes);
    writer.closeField(resourceMark);
    for (let group = groups[at]; group?.resource === first.resource; group = groups[++at]) {
      encodeScope(writer, group);
    }
    if (first.resource.schemaUrl) writer.stringField(0x1a, first.resource.schemaUrl);
    writer.closeField(mark);
  }
  return writer.bytes.subarray(0, writer.length);
}

function encodeScope(writer: ProtoWriter, { scope, bytes }: EncodedGroup): void {
  const mark = writer.openField(0x12);
  const scopeMark = writer.openField(0x0a);
  writer.stringField(0x0a, scope.name);
  if (scope.version) writer.stringField(0x12, scope.version);
  // The type of a scope lost and regained its attributes between releases; they are written when they are there.
  const { attributes } = scope as { readonly attributes?: Readonly<Record<string, unknown>> };
  if (attributes) encodeAttributes(writer, 0x1a, attributes);
  writer.closeField(scopeMark);
  writer.ensure(bytes.length);
  writer.raw(bytes);
  if (scope.schemaUrl) writer.stringField(0x1a, scope.schemaUrl);
  writer.closeField(mark);
}
