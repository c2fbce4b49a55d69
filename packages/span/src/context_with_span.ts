import type { Context, Span } from "@opentelemetry/api";
import { ContextWithSpan } from "./_context_with_span.ts";

/**
 * Puts a span into a context, as `trace.setSpan()` does, at a fraction of its cost.
 *
 * @param context The context to add to; it is not changed.
 * @param span The span.
 * @returns A context that answers as the API's own would.
 *
 * @example Run what belongs to a span
 * ```ts
 * import { contextWithSpan } from "@dcmx-tracing/span/kernel";
 * import { INVALID_SPAN_CONTEXT, ROOT_CONTEXT, trace } from "@opentelemetry/api";
 *
 * const span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);
 * console.assert(trace.getSpan(contextWithSpan(ROOT_CONTEXT, span)) === span);
 * ```
 */
export function contextWithSpan(context: Context, span: Span): Context {
  return new ContextWithSpan(context, span);
}
