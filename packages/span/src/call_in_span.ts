import { type Context, INVALID_SPAN_CONTEXT, trace } from "@opentelemetry/api";
import { Call } from "./_call.ts";
import { ContextWithSpan } from "./_context_with_span.ts";
import { isUnsampledLocal, openSpan, spanName, spanOf } from "./_open_span.ts";
import { type AnyFunction, activeContext, runIn } from "./_run_in.ts";
import { settle } from "./_settle.ts";
import { warnOnce } from "./_warn_once.ts";
import type { SpanPlan } from "./span_plan.ts";

/**
 * Finds out whether a call is to get a span, as cheaply as possible and without touching the context manager unless
 * a tracer provider is registered.
 *
 * @param plan How the call is traced.
 * @returns The context whose span is to be the parent, or `undefined` if the call goes without a span: tracing is not
 * set up, a required parent is missing, or the local parent is unsampled and its children are known to be as well.
 */
export function parentToCallUnder(plan: SpanPlan): Context | undefined {
  if (plan.tracers.current() === undefined) return undefined;
  const parent = activeContext();
  const above = spanOf(parent);
  const { requireParent, root } = plan.options;
  if (above === undefined) return requireParent === true ? undefined : parent;
  if (root !== true && plan.tracers.skipsUnsampled && isUnsampledLocal(above)) return undefined;
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
 */
export function callInSpan(
  plan: SpanPlan,
  parent: Context,
  fn: AnyFunction,
  self: unknown,
  args: ArrayLike<unknown> | undefined,
): unknown {
  const tracer = plan.tracers.current();
  const name = spanName(plan.name, plan.options, parent);
  const span = tracer === undefined ? undefined : openSpan(tracer, name, plan.options, parent);
  if (span === undefined)
    return callUntraced(plan, fn, self, args ?? [trace.wrapSpanContext(INVALID_SPAN_CONTEXT)]);
  const context = new ContextWithSpan(parent, span, name);
  const given = args ?? [span];
  if (!span.isRecording()) {
    if (plan.onEnd !== undefined) return runCall(new Call(plan, undefined, context), fn, self, given);
    return runIn(context, fn, self, given);
  }
  if (plan.onStart !== undefined) {
    try {
      plan.onStart(span, self, given);
    } catch (error) {
      warnOnce("attributes of a call could not be computed", error);
    }
  }
  return runCall(new Call(plan, span, context), fn, self, given);
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
