import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";

/** Spans as objects that travel together. */
export interface CollectedBatch {
  readonly spans: number;
  /** Estimated bytes held in memory. */
  readonly bytes: number;
  readonly items: readonly ReadableSpan[];
}

/** Gathers spans as they are, for exporters that encode themselves. */
export class SpanCollector {
  /** Estimated bytes of the spans added since the last {@link take}. */
  bytes = 0;
  #items: ReadableSpan[] = [];

  /** Spans added since the last {@link take}. */
  get spans(): number {
    return this.#items.length;
  }

  /** @param span An ended span. */
  add(span: ReadableSpan): void {
    this.bytes += estimateBytes(span);
    this.#items.push(span);
  }

  /** Takes what was gathered. */
  take(): CollectedBatch {
    const batch = { spans: this.#items.length, bytes: this.bytes, items: this.#items };
    this.#items = [];
    this.bytes = 0;
    return batch;
  }
}

/**
 * The heap bytes of an ended span, roughly: 0.9 KB were measured for one of the SDK without attributes.
 *
 * @param span An ended span.
 * @returns Bytes, right to about a third for spans of strings and numbers.
 */
export function estimateBytes(span: ReadableSpan): number {
  let bytes = 900 + span.name.length + attributeBytes(span.attributes) + span.links.length * 200;
  for (const event of span.events) bytes += 150 + attributeBytes(event.attributes ?? {});
  return bytes;
}

function attributeBytes(attributes: Readonly<Record<string, unknown>>): number {
  let bytes = 0;
  for (const key in attributes) {
    const value = attributes[key];
    bytes += 40;
    if (typeof value === "string") bytes += value.length;
    else if (typeof value === "object" && value !== null && "length" in value)
      bytes += Number(value.length) * 16;
  }
  return bytes;
}
