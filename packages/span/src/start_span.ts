import { INVALID_SPAN_CONTEXT, type Span, trace } from "@opentelemetry/api";
import { NO_OPTIONS, spanOf } from "./_open_span.ts";
import { activeContext } from "./_run_in.ts";
import type { AnyFunction } from "./any_function.ts";
import { callInSpan, parentToCallUnder } from "./call_in_span.ts";
import type { SpanOptions } from "./span_options.ts";
import type { SpanPlan } from "./span_plan.ts";
import { TracerSource } from "./tracer_source.ts";

const tracers = new TracerSource("@dcmx-tracing/span");

/** A function that runs inside a span. */
export type SpanFunction<T> = (span: Span) => T;

/**
 * Runs a function inside a new span, which ends when the function is done: on return, on throw, when a returned
 * promise or thenable settles. The span is active inside the function, so that spans started there are its children.
 *
 * A synchronous function stays synchronous. An error is recorded on the span and rethrown as it is. When tracing is
 * not set up, the function is called and nothing else happens; the span it gets then records nothing.
 *
 * Not for a span that begins and ends in different functions: use a tracer of the OpenTelemetry API for that.
 *
 * @param name Name of the span: low in variety, so ids belong into attributes.
 * @param fn The work. It gets the span and need not end it.
 * @returns What `fn` returns; for a plain promise, one that settles in the same way a microtask later.
 * @throws TypeError if `fn` is not a function; otherwise only what `fn` throws.
 *
 * @example Nest two spans
 * ```ts
 * import { setAttribute, startSpan } from "@dcmx-tracing/span";
 *
 * const tokenId = await startSpan("nft_minting", async (span) => {
 *   span.setAttribute("nft.edition", 1);
 *   return startSpan("nft_minting.blockchain_mint", () => {
 *     setAttribute("blockchain.network", "polygon");
 *     return 7;
 *   });
 * });
 * console.assert(tokenId === 7);
 * ```
 */
export function startSpan<T>(name: string, fn: SpanFunction<T>): T;
/**
 * Runs a function inside a new span, with options.
 *
 * @param name Name of the span.
 * @param options Attributes, kind, links and the like.
 * @param fn The work. It gets the span and need not end it.
 * @returns What `fn` returns.
 * @throws TypeError if `fn` is not a function; otherwise only what `fn` throws.
 */
export function startSpan<T>(name: string, options: SpanOptions, fn: SpanFunction<T>): T;
export function startSpan(
  name: string,
  second: SpanOptions | SpanFunction<unknown>,
  third?: SpanFunction<unknown>,
): unknown {
  const fn = third ?? second;
  if (typeof fn !== "function") {
    throw new TypeError(
      `Cannot start the span '${name}' as 'fn' must be a function: current value is ${typeof fn}`,
    );
  }
  // With a third argument the second one is the options: the signatures allow nothing else.
  const options = third === undefined ? NO_OPTIONS : ((second as SpanOptions | undefined) ?? NO_OPTIONS);
  if (tracers.current() === undefined) return fn(idleSpan());
  const plan: SpanPlan = { tracers, name, options };
  const parent = parentToCallUnder(plan);
  // The kernel calls any function; what comes back is what fn returned.
  return parent === undefined
    ? fn(idleSpan())
    : callInSpan(plan, parent, fn as AnyFunction, undefined, undefined);
}

/** For programs without tracing: it records nothing, so all may share it. */
const IDLE: Span = trace.wrapSpanContext(INVALID_SPAN_CONTEXT);

/** A span that records nothing and has the ids of the span above, if any. */
function idleSpan(): Span {
  const above = spanOf(activeContext());
  return above === undefined ? IDLE : trace.wrapSpanContext(above.spanContext());
}
