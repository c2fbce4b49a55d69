import { type Span, trace } from "@opentelemetry/api";

/**
 * Gives the span in whose context the caller runs.
 *
 * @returns The active span, or `undefined` when there is none, or when tracing is not set up.
 *
 * @example Name the span after what was found out later
 * ```ts
 * import { activeSpan, startSpan } from "@dcmx-tracing/span";
 *
 * startSpan("royalty.distribute", () => activeSpan()?.updateName("royalty.distribute_batch"));
 * ```
 */
export function activeSpan(): Span | undefined {
  return trace.getActiveSpan();
}
