import { trace } from "@opentelemetry/api";

/**
 * Gives the id of the active trace, for a log line or an error page.
 *
 * @returns 32 hexadecimal digits, or `undefined` when no span is active or its ids are not valid.
 *
 * @example Answer with the trace id
 * ```ts
 * import { activeTraceId, startSpan } from "@dcmx-tracing/span";
 *
 * const body = startSpan("checkout", () => ({ error: "mint failed", trace: activeTraceId() }));
 * console.assert(body.error === "mint failed");
 * ```
 */
export function activeTraceId(): string | undefined {
  const context = trace.getActiveSpan()?.spanContext();
  return context !== undefined && trace.isSpanContextValid(context) ? context.traceId : undefined;
}
