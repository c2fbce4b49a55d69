import type { Resource } from "@opentelemetry/resources";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { encodeSpan } from "./_encode_span.ts";
import { type EncodedGroup, SpanBytes } from "./_encoded_batch.ts";
import { ProtoWriter } from "./_proto_writer.ts";

type Scope = ReadableSpan["instrumentationScope"];

/** Spans of one scope, encoded as the repeated field of their ScopeSpans message. */
interface Group {
  readonly resource: Resource;
  readonly scope: Scope;
  readonly writer: ProtoWriter;
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
  take(): SpanBytes {
    const taken: EncodedGroup[] = [];
    for (const scopes of this.#groups.values()) {
      for (const { resource, scope, writer } of scopes.values()) {
        if (writer.length > 0) taken.push({ resource, scope, bytes: writer.take() });
      }
    }
    const batch = new SpanBytes(taken, this.spans, this.bytes);
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
