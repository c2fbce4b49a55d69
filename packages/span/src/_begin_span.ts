import type { Context } from "@opentelemetry/api";
import { ContextWithSpan } from "./_context_with_span.ts";
import { openSpan, spanName } from "./_open_span.ts";
import { warnOnce } from "./_warn_once.ts";
import type { SpanPlan } from "./span_plan.ts";

/**
 * Starts the span of a call.
 *
 * @param plan How the call is traced.
 * @param parent The context whose span is the parent.
 * @param self `this` of the function that is going to be called.
 * @param args Its arguments; `undefined` if it gets the span.
 * @returns The context to call it in; `undefined` if there is no tracer any more or the SDK threw.
 */
export function beginSpan(
  plan: SpanPlan,
  parent: Context,
  self: unknown,
  args: ArrayLike<unknown> | undefined,
): ContextWithSpan | undefined {
  const tracer = plan.tracers.current();
  if (tracer === undefined) return undefined;
  const name = spanName(plan.name, plan.options, parent);
  const span = openSpan(tracer, name, plan.options, parent);
  if (span === undefined) return undefined;
  if (plan.onStart !== undefined && span.isRecording()) {
    try {
      plan.onStart(span, self, args ?? [span]);
    } catch (error) {
      warnOnce("attributes of a call could not be computed", error);
    }
  }
  return new ContextWithSpan(parent, span, name);
}
