import type { Context } from "@opentelemetry/api";
import { beginCall } from "./_begin_call.ts";
import { Call } from "./_call.ts";
import { observeIterator } from "./_observe_iterator.ts";
import { activeContext } from "./_run_in.ts";
import type { AnyFunction } from "./any_function.ts";
import type { SpanPlan } from "./span_plan.ts";

/**
 * Calls a generator function so that the span covers the work of the generator: from the first `next` until it is
 * done. The parent is the span that is active at the call, wherever the generator is consumed. A generator that is
 * never asked for anything has no span.
 *
 * @param plan How the call is traced.
 * @param parent What {@linkcode parentToCallUnder} returned.
 * @param fn The generator function, sync or async.
 * @param self Its `this`.
 * @param args Its arguments.
 * @returns The very generator that the function returns.
 * @throws Only what the function throws, which is what the initial values of its parameters throw.
 *
 * @example Cover the work of a generator
 * ```ts
 * import { callGenerator, TracerSource } from "@dcmx-tracing/span/kernel";
 * import { ROOT_CONTEXT } from "@opentelemetry/api";
 *
 * const plan = { tracers: new TracerSource("my-library"), name: "pages", options: {} };
 * const pages = function* (): Generator<number> {
 *   yield 1;
 *   yield 2;
 * };
 * const items = callGenerator(plan, ROOT_CONTEXT, pages, undefined, []) as Generator<number>;
 * console.assert([...items].length === 2);
 * ```
 */
export function callGenerator(
  plan: SpanPlan,
  parent: Context,
  fn: AnyFunction,
  self: unknown,
  args: ArrayLike<unknown>,
): unknown {
  const begin = (): Call => beginCall(plan, parent, self, args) ?? new Call(plan, undefined, activeContext());
  let generator: unknown;
  try {
    generator = Reflect.apply(fn, self, args);
  } catch (error) {
    begin().fail(error);
    throw error;
  }
  if (typeof generator !== "object" || generator === null) return generator;
  const held = generator;
  observeIterator(held, () => {
    const call = begin();
    call.wait(held);
    return call;
  });
  return generator;
}
