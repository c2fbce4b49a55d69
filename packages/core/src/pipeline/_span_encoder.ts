import type { Resource } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { encodeAttributes, encodeSpan } from "./_encode_span.ts";
import { ProtoWriter } from "./_proto_writer.ts";

type Scope = ReadableSpan["instrumentationScope"];

/** Spans of one scope, encoded as the repeated field of their ScopeSpans message. */
interface Group {
  readonly resource: Resource;
  readonly scope: Scope;
  readonly writer: ProtoWriter;
}

/** Encoded spans that travel together: one request, one record of the spool. */
export interface EncodedBatch {
  readonly spans: number;
  /** Bytes held in memory. */
  readonly bytes: number;
  /** Makes the body of the request. Asynchronous resource attributes have to be there by then. */
  readonly body: () => Buffer;
}

/**
 * Gathers spans as OTLP bytes: each span is encoded when it is added, and dies young.
 *
 * Spans are kept apart by resource and scope, so a request names each of them once.
 */
export class SpanEncoder {
  /** Spans added since the last {@link take}. */
  spans = 0;
  /** Encoded bytes of them. */
  bytes = 0;
  readonly #groups = new Map<Resource, Map<Scope, Group>>();
  #last: Group | undefined;

  /**
   * Encodes a span. When it throws, nothing of the span is kept.
   *
   * @param span An ended span.
   */
  add(span: ReadableSpan): void {
    const { writer } = this.#groupOf(span);
    const before = writer.length;
    try {
      encodeSpan(writer, span);
    } catch (error) {
      writer.length = before;
      throw error;
    }
    this.spans++;
    this.bytes += writer.length - before;
  }

  /** Takes what was gathered. The encoder is empty afterwards and keeps its buffers. */
  take(): EncodedBatch {
    const taken: EncodedGroup[] = [];
    for (const scopes of this.#groups.values()) {
      for (const { resource, scope, writer } of scopes.values()) {
        if (writer.length > 0) taken.push({ resource, scope, bytes: writer.take() });
      }
    }
    const batch = { spans: this.spans, bytes: this.bytes, body: () => encodeRequest(taken) };
    this.spans = 0;
    this.bytes = 0;
    // A program that makes scopes without end must not make us keep their buffers.
    if (
      this.#groups.size > MAX_GROUPS ||
      (this.#last && this.#scopesOf(this.#last.resource).size > MAX_GROUPS)
    ) {
      this.#groups.clear();
      this.#last = undefined;
    }
    return batch;
  }

  #groupOf({ resource, instrumentationScope: scope }: ReadableSpan): Group {
    if (this.#last?.scope === scope && this.#last.resource === resource) return this.#last;
    const scopes = this.#scopesOf(resource);
    const group = scopes.get(scope) ?? { resource, scope, writer: new ProtoWriter() };
    scopes.set(scope, group);
    this.#last = group;
    return group;
  }

  #scopesOf(resource: Resource): Map<Scope, Group> {
    const scopes = this.#groups.get(resource) ?? new Map<Scope, Group>();
    this.#groups.set(resource, scopes);
    return scopes;
  }
}

const MAX_GROUPS = 200;

interface EncodedGroup {
  readonly resource: Resource;
  readonly scope: Scope;
  readonly bytes: Buffer;
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
