import { trace } from "@opentelemetry/api";
import { markFailed } from "./_mark_failed.ts";

/**
 * Records an error that was handled on the active span: an `exception` event, `error.type`, and the status ERROR.
 * Not needed for an error that leaves the function of a span: `startSpan` records it, and records it once if it was
 * recorded by hand before. Without an active span nothing happens.
 *
 * @param error Anything that was thrown or rejected with.
 *
 * @example Keep going, and show why
 * ```ts
 * import { recordError, startSpan } from "@dcmx-tracing/span";
 *
 * startSpan("royalty.distribute", () => {
 *   try {
 *     throw new RangeError("royalty above 100 %");
 *   } catch (error) {
 *     recordError(error);
 *   }
 * });
 * ```
 */
export function recordError(error: unknown): void {
  const span = trace.getActiveSpan();
  if (span !== undefined) markFailed(span, error);
}
