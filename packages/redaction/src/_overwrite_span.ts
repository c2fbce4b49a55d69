import { diag } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { blankParts } from "./_redact_span.ts";
import type { Redactor, SpanLike } from "./create_redactor.ts";

/** The parts of a span as its class holds them: readable to others, writable in truth. */
type Writable = { -readonly [K in keyof SpanLike]: SpanLike[K] };

/** Redacts a span in place. Never throws: a span that cannot be redacted is blanked. */
export function overwriteSpan(span: ReadableSpan, redactor: Redactor): void {
  try {
    const redacted = redactor.redactSpan(span);
    if (redacted !== span) assign(span, redacted);
  } catch (error) {
    blank(span, error);
  }
}

function assign(span: SpanLike, parts: SpanLike): void {
  // The class of the SDK declares these members readonly for others; setters would cut and count again.
  const target = span as Writable;
  target.name = parts.name;
  target.status = parts.status;
  for (const key of Object.keys(target.attributes)) delete target.attributes[key];
  Object.assign(target.attributes, parts.attributes);
  target.events.splice(0, target.events.length, ...parts.events);
  if (target.links !== undefined) target.links.splice(0, target.links.length, ...(parts.links ?? []));
}

function blank(span: SpanLike, error: unknown): void {
  try {
    const { events, links, ...rest } = blankParts();
    assign(span, { ...rest, events: [...events], links: [...links] });
  } catch {
    // Nothing can be written to it; the exporter wrapper is the last line.
    diag.error(`Redaction could not write to a span: ${error instanceof Error ? error.name : typeof error}`);
  }
}
