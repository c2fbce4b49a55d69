import type { Context } from "@opentelemetry/api";
import { beginSpan } from "./_begin_span.ts";
import { Call } from "./_call.ts";
import type { SpanPlan } from "./span_plan.ts";

/**
 * Starts a call with a span.
 *
 * @param plan How the call is traced.
 * @param parent The context whose span is the parent.
 * @param self `this` of the function that is going to be called.
 * @param args Its arguments.
 * @returns The call; `undefined` if there is no tracer any more or the SDK threw.
 */
export function beginCall(
  plan: SpanPlan,
  parent: Context,
  self: unknown,
  args: ArrayLike<unknown>,
): Call | undefined {
  const context = beginSpan(plan, parent, self, args);
  return context === undefined ? undefined : new Call(plan, context.span, context);
}
