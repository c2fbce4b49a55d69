/**
 * What the other packages open and end spans with. For authors of instrumentations: applications want `startSpan`.
 *
 * @example Trace a function of a library under its own scope
 * ```ts
 * import { callInSpan, callUntraced, parentToCallUnder, TracerSource } from "@dcmx-tracing/span/kernel";
 *
 * const plan = { tracers: new TracerSource("my-library", "1.0.0"), name: "queue.publish", options: {} };
 * function publish(body: string): number {
 *   const parent = parentToCallUnder(plan);
 *   if (parent === undefined) return send(body);
 *   return callInSpan(plan, parent, send, undefined, [body]) as number;
 * }
 * function send(body: string): number {
 *   return body.length;
 * }
 * console.assert(publish("sold") === 4 && callUntraced(plan, send, undefined, ["sold"]) === 4);
 * ```
 *
 * @module
 */
export type { AnyFunction } from "./any_function.ts";
export { callGenerator } from "./call_generator.ts";
export { callInSpan, callUntraced, parentToCallUnder } from "./call_in_span.ts";
export { callWithCallback } from "./call_with_callback.ts";
export { contextWithSpan } from "./context_with_span.ts";
export { endWaitingCalls } from "./end_waiting_calls.ts";
export { errorType } from "./error_type.ts";
export { goesWithoutSpan } from "./goes_without_span.ts";
export { inheritsUnsampled, markInheritsUnsampled } from "./inherits_unsampled.ts";
export { plainAttributes } from "./plain_attributes.ts";
export { type SampleHint, sampleHint } from "./sample_hint.ts";
export type { CallEnd, SpanPlan } from "./span_plan.ts";
export { TracerSource } from "./tracer_source.ts";
export { type WaitingStats, waitingStats } from "./waiting_stats.ts";
