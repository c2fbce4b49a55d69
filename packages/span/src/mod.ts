/**
 * Manual spans on the OpenTelemetry API. A span covers the run of a function and ends by itself; a synchronous
 * function stays synchronous. Without an SDK everything here is a few function calls.
 *
 * @example Trace a piece of work
 * ```ts
 * import { setAttribute, startSpan } from "@dcmx-tracing/span";
 *
 * const badge = await startSpan("artist_onboarding.award_badge", async () => {
 *   setAttribute("artist.id", "artist_123");
 *   return "gold";
 * });
 * console.assert(badge === "gold");
 * ```
 *
 * @module
 */
export { activeSpan } from "./active_span.ts";
export { activeTraceId } from "./active_trace_id.ts";
export { addEvent } from "./add_event.ts";
export { type HeaderRecord, injectContext } from "./inject_context.ts";
export { recordError } from "./record_error.ts";
export { setAttribute } from "./set_attribute.ts";
export { setAttributes } from "./set_attributes.ts";
export type { SpanAttributes, SpanAttributeValue, SpanOptions } from "./span_options.ts";
export { type SpanFunction, startSpan } from "./start_span.ts";
export { withContext } from "./with_context.ts";
