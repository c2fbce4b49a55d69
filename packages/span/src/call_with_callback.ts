import type { Context } from "@opentelemetry/api";
import { beginCall } from "./_begin_call.ts";
import { Call } from "./_call.ts";
import { activeContext, runIn } from "./_run_in.ts";
import type { AnyFunction } from "./any_function.ts";
import { callInSpan, callUntraced } from "./call_in_span.ts";
import type { SpanPlan } from "./span_plan.ts";

/**
 * Calls a function that gives its result to a callback `(error, result)`: the span ends when the callback is called.
 * The callback runs in the context of the caller, as if the function were not traced.
 *
 * @param plan How the call is traced.
 * @param parent What {@linkcode parentToCallUnder} returned; `undefined` for a call that goes without a span.
 * @param fn The function.
 * @param self Its `this`.
 * @param args Its arguments.
 * @param position Where the callback is among them; when there is no function, the result counts as always.
 * @returns What the function returns.
 * @throws Only what the function throws.
 *
 * @example Trace a function of the old kind
 * ```ts
 * import { callWithCallback, parentToCallUnder, TracerSource } from "@dcmx-tracing/span/kernel";
 *
 * type Done = (error: unknown, size?: number) => void;
 * const plan = { tracers: new TracerSource("my-library"), name: "file.size", options: {} };
 * const sizeOf = (name: string, done: Done): void => done(null, name.length);
 * let size: number | undefined;
 * const args = ["a.wav", (_error: unknown, found?: number) => void (size = found)];
 * callWithCallback(plan, parentToCallUnder(plan), sizeOf, undefined, args, 1);
 * console.assert(size === 5);
 * ```
 */
export function callWithCallback(
  plan: SpanPlan,
  parent: Context | undefined,
  fn: AnyFunction,
  self: unknown,
  args: ArrayLike<unknown>,
  position: number,
): unknown {
  const callback = args[position];
  if (typeof callback !== "function") {
    return parent === undefined
      ? callUntraced(plan, fn, self, args)
      : callInSpan(plan, parent, fn, self, args);
  }
  const begun = parent === undefined ? undefined : beginCall(plan, parent, self, args);
  const call = begun ?? new Call(plan, undefined, activeContext());
  const given = Array.from(args);
  if (call.watched) {
    const observed = observedCallback(call, callback as AnyFunction, parent ?? call.context);
    given[position] = observed;
    call.wait(observed);
  }
  try {
    return runIn(call.context, fn, self, given);
  } catch (error) {
    call.fail(error);
    throw error;
  }
}

function observedCallback(call: Call, callback: AnyFunction, caller: Context): AnyFunction {
  const observed = function (this: unknown, error: unknown, result: unknown): unknown {
    if (error === null || error === undefined) call.succeed(result);
    else call.fail(error);
    // biome-ignore lint/complexity/noArguments: the callback gets exactly what it would have got
    return runIn(caller, callback, this, arguments);
  };
  const { prototype: _own, ...like } = Object.getOwnPropertyDescriptors(callback) as PropertyDescriptorMap;
  return Object.defineProperties(observed, like);
}
