import type { ReadableSpan } from "./_sdk.ts";

// Span clocks tick in milliseconds, so siblings often share a start time. The order in which spans were started is
// remembered per span context object: copies of a span (a redacted one, say) keep that object.
const orders = new WeakMap<object, number>();
let next = 0;

/** Remembers that this span was started now, after all that were remembered before. */
export function rememberCreation(span: ReadableSpan): void {
  orders.set(span.spanContext(), next++);
}

/** The place of the span among all remembered ones; undefined when it was started elsewhere. */
export function creationOrder(span: ReadableSpan): number | undefined {
  return orders.get(span.spanContext());
}
