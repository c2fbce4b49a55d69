import type { Call } from "./_call.ts";
import { patch } from "./_patch.ts";
import { type AnyFunction, activeContext, runIn } from "./_run_in.ts";

/**
 * Ends a call when a thenable settles that is not a plain promise: a query builder, a cancellable promise, a promise
 * of another realm. The thenable itself is returned to the caller, and its `then` is not called before the caller
 * does: a query builder sends its query then, and it does so in the context of the call.
 *
 * @returns `false` if the thenable does not let itself be observed.
 */
export function observeThenable(thenable: object, then: AnyFunction, call: Call): boolean {
  const restore = patch(
    thenable,
    "then",
    function (this: unknown, onValue: unknown, onReason: unknown): unknown {
      restore?.();
      // The callbacks belong to the caller, and see the caller's span as a promise's callbacks would.
      const caller = activeContext();
      const value = (result: unknown): unknown => {
        call.succeed(result);
        return isFunction(onValue) ? runIn(caller, onValue, undefined, [result]) : result;
      };
      const reason = (error: unknown): unknown => {
        call.fail(error);
        if (isFunction(onReason)) return runIn(caller, onReason, undefined, [error]);
        throw error;
      };
      try {
        return runIn(call.context, then, this, [value, reason]);
      } catch (error) {
        call.fail(error);
        throw error;
      }
    },
  );
  return restore !== undefined;
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function";
}
