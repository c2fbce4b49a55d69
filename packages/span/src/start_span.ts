import { INVALID_SPAN_CONTEXT, type Span, trace } from "@opentelemetry/api";
import { ContextWithSpan } from "./_context_with_span.ts";
import { endFailed } from "./_end_span.ts";
import { isUnsampledLocal, NO_OPTIONS, openSpan, spanName, spanOf } from "./_open_span.ts";
import { type AnyFunction, activeContext, runIn } from "./_run_in.ts";
import { settle } from "./_settle.ts";
import { TracerSource } from "./_tracer_source.ts";
import type { SpanOptions } from "./span_options.ts";

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
  return run(name, options, fn);
}

function run(name: string, options: SpanOptions, fn: SpanFunction<unknown>): unknown {
  const tracer = tracers.current();
  const parent = activeContext();
  const above = spanOf(parent);
  if (tracer === undefined) return fn(idleSpan(above));
  if (above === undefined ? options.requireParent === true : passesBy(above, options))
    return fn(idleSpan(above));
  const fullName = spanName(name, options, parent);
  const span = openSpan(tracer, fullName, options, parent);
  if (span === undefined) return fn(idleSpan(above));
  const context = new ContextWithSpan(parent, span, fullName);
  // runIn is about any function; what comes in here is what goes out to fn.
  const work = fn as AnyFunction;
  if (!span.isRecording()) return runIn(context, work, undefined, [span]);
  let result: unknown;
  try {
    result = runIn(context, work, undefined, [span]);
  } catch (error) {
    endFailed(span, error, options);
    throw error;
  }
  return settle(result, span, context, options);
}

/** Whether no span is made under this one. */
function passesBy(above: Span, options: SpanOptions): boolean {
  if (options.requireParent === true && !trace.isSpanContextValid(above.spanContext())) return true;
  return options.root !== true && tracers.skipsUnsampled && isUnsampledLocal(above);
}

/** A span that records nothing and has the ids of the span above, if any. */
function idleSpan(above: Span | undefined): Span {
  return trace.wrapSpanContext(above?.spanContext() ?? INVALID_SPAN_CONTEXT);
}
