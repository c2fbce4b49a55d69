import { formatValue } from "./_format_attributes.ts";
import type { ReadableSpan } from "./_sdk.ts";

/** One text of a span, and where it stands. */
export interface SpanText {
  readonly field: string;
  readonly text: string;
  /** The attribute's key, when the text is the value of an attribute. */
  readonly key?: string;
}

/** Every text that an exporter could send for this span: names, keys, values, states, messages. */
export function* spanTexts(span: ReadableSpan): Generator<SpanText> {
  yield { field: "name", text: span.name };
  yield* optional("status.message", span.status.message);
  yield* optional("traceState", span.spanContext().traceState?.serialize());
  yield* optional("parent traceState", span.parentSpanContext?.traceState?.serialize());
  yield* attributeTexts("attributes", span.attributes);
  for (const [index, event] of span.events.entries()) {
    yield { field: `events[${index}].name`, text: event.name };
    yield* attributeTexts(`events[${index}].attributes`, event.attributes);
  }
  for (const [index, link] of span.links.entries()) {
    yield* optional(`links[${index}].traceState`, link.context.traceState?.serialize());
    yield* attributeTexts(`links[${index}].attributes`, link.attributes);
  }
  yield* attributeTexts("resource.attributes", span.resource.attributes);
  yield { field: "instrumentationScope.name", text: span.instrumentationScope.name };
  yield* optional("instrumentationScope.version", span.instrumentationScope.version);
}

function* optional(field: string, text: string | undefined): Generator<SpanText> {
  if (text !== undefined) yield { field, text };
}

function* attributeTexts(
  field: string,
  attributes: Readonly<Record<string, unknown>> | undefined,
): Generator<SpanText> {
  for (const [key, value] of Object.entries(attributes ?? {})) {
    yield { field: `a key of ${field}`, text: key };
    const texts = typeof value === "string" ? [value] : Array.isArray(value) ? value.filter(isText) : [];
    // The joined form finds what is spread over the elements of a list: words of a phrase, bytes of a key.
    if (typeof value !== "string") texts.push(formatValue(value));
    for (const text of texts) yield { field: `${field}[${JSON.stringify(key)}]`, text, key };
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string";
}
