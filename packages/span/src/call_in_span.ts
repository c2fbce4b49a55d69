import { type Context, INVALID_SPAN_CONTEXT, trace } from "@opentelemetry/api";
import { beginSpan } from "./_begin_span.ts";
import { Call } from "./_call.ts";
import { isPlainPromise } from "./_observe_promise.ts";
import { isUnsampledLocal, spanOf } from "./_open_span.ts";
import { activeContext, runIn } from "./_run_in.ts";
import { settle } from "./_settle.ts";
import type { AnyFunction } from "./any_function.ts";
import type { SpanPlan } from "./span_plan.ts";

/**
 * Finds out whether a call is to get a span, as cheaply as possible and without touching the context manager unless
 * a tracer provider is registered.
 *
 * @param plan How the call is traced.
 * @returns The context whose span is to be the parent, or `undefined` if the call goes without a span: tracing is not
 * set up, a required parent is missing, or the local parent is unsampled and its children are known to be as well.
 *
 * @example Call a function directly when it goes without a span
 * ```ts
 * import { callInSpan, parentToCallUnder, TracerSource } from "@dcmx-tracing/span/kernel";
 *
 * const plan = { tracers: new TracerSource("my-library"), name: "hash", options: {} };
 * const hash = (text: string): number => text.length;
 * const parent = parentToCallUnder(plan);
 * const result = parent === undefined ? hash("abc") : callInSpan(plan, parent, hash, undefined, ["abc"]);
 * console.assert(result === 3);
 * ```
 */
export function parentToCallUnder(plan: SpanPlan): Context | undefined {
  if (plan.tracers.current() === undefined) return undefined;
  const parent = activeContext();
  const above = spanOf(parent);
  const { requireParent, root, sampleHint } = plan.options;
  if (above === undefined) return requireParent === true ? undefined : parent;
  if (root !== true && sampleHint === undefined && plan.tracers.skipsUnsampled && isUnsampledLocal(above))
    return undefined;
  if (requireParent === true && !trace.isSpanContextValid(above.spanContext())) return undefined;
  return parent;
}

/**
 * Calls a function inside a new span, which ends when the result is complete.
 *
 * @param plan How the call is traced.
 * @param parent What {@linkcode parentToCallUnder} returned.
 * @param fn The function.
 * @param self Its `this`.
 * @param args Its arguments; `undefined` to give it the span as its only argument.
 * @returns What the function returns; for a plain promise, one that settles in the same way a microtask later.
 * @throws Only what the function throws.
 *
 * @example Record an attribute before and a result after the call
 * ```ts
 * import { callInSpan, parentToCallUnder, TracerSource } from "@dcmx-tracing/span/kernel";
 * import { ROOT_CONTEXT, type Span } from "@opentelemetry/api";
 *
 * const plan = {
 *   tracers: new TracerSource("my-library"),
 *   name: "queue.take",
 *   options: {},
 *   onStart: (span: Span) => void span.setAttribute("queue.name", "sales"),
 *   onResult: (result: unknown, span: Span) => void span.setAttribute("queue.length", Number(result)),
 * };
 * const parent = parentToCallUnder(plan) ?? ROOT_CONTEXT;
 * console.assert(callInSpan(plan, parent, () => 3, undefined, []) === 3);
 * ```
 */
export function callInSpan(
  plan: SpanPlan,
  parent: Context,
  fn: AnyFunction,
  self: unknown,
  args: ArrayLike<unknown> | undefined,
): unknown {
  const context = beginSpan(plan, parent, self, args);
  if (context === undefined) {
    return callUntraced(plan, fn, self, args ?? [trace.wrapSpanContext(INVALID_SPAN_CONTEXT)]);
  }
  const { span } = context;
  const given = args ?? [span];
  if (plan.onEnd === undefined && !span.isRecording()) return runUnrecorded(plan, context, fn, self, given);
  return runCall(new Call(plan, span, context), fn, self, given);
}

/** The result is of interest only if work is left in it, which must inherit that it is not sampled. */
function runUnrecorded(
  plan: SpanPlan,
  context: Context,
  fn: AnyFunction,
  self: unknown,
  args: ArrayLike<unknown>,
): unknown {
  const result = runIn(context, fn, self, args);
  if ((typeof result !== "object" && typeof result !== "function") || result === null) return result;
  return isPlainPromise(result) ? result : settle(result, new Call(plan, undefined, context));
}

/**
 * Calls a function without a span; a plan that wants to know how calls go is told nevertheless.
 *
 * @param plan How the call is traced.
 * @param fn The function.
 * @param self Its `this`.
 * @param args Its arguments.
 * @returns What the function returns.
 * @throws Only what the function throws.
 *
 * @example Measure calls that have no span
 * ```ts
 * import { callUntraced, TracerSource } from "@dcmx-tracing/span/kernel";
 *
 * const seconds: number[] = [];
 * const plan = {
 *   tracers: new TracerSource("my-library"),
 *   name: "hash",
 *   options: {},
 *   onEnd: (end: { readonly seconds: number }) => void seconds.push(end.seconds),
 * };
 * console.assert(callUntraced(plan, () => 3, undefined, []) === 3 && seconds.length === 1);
 * ```
 */
export function callUntraced(
  plan: SpanPlan,
  fn: AnyFunction,
  self: unknown,
  args: ArrayLike<unknown>,
): unknown {
  if (plan.onEnd === undefined) return Reflect.apply(fn, self, args);
  return runCall(new Call(plan, undefined, activeContext()), fn, self, args);
}

function runCall(call: Call, fn: AnyFunction, self: unknown, args: ArrayLike<unknown>): unknown {
  let result: unknown;
  try {
    result = runIn(call.context, fn, self, args);
  } catch (error) {
    call.fail(error);
    throw error;
  }
  return settle(result, call);
}
