import { trace } from "@opentelemetry/api";
import { warnOnce } from "./_warn_once.ts";
import { plainAttributes } from "./plain_attributes.ts";
import type { SpanAttributes } from "./span_options.ts";

/**
 * Adds an event, a named moment, to the active span. Without an active span nothing happens. Not for errors: use
 * {@linkcode recordError}; not for work that takes time: give it a span of its own.
 *
 * @param name Name of the event.
 * @param attributes Values by key, as {@linkcode setAttribute} takes them.
 *
 * @example Note that a step is complete
 * ```ts
 * import { addEvent, startSpan } from "@dcmx-tracing/span";
 *
 * startSpan("artist_onboarding", () => addEvent("step_1_complete", { step: 1 }));
 * ```
 */
export function addEvent(name: string, attributes?: SpanAttributes): void {
  try {
    const span = trace.getActiveSpan();
    if (attributes === undefined) span?.addEvent(name);
    else span?.addEvent(name, plainAttributes(attributes));
  } catch (error) {
    warnOnce("an event could not be added", error);
  }
}
