import type { Call } from "./_call.ts";
import { patchMethods } from "./_patch.ts";
import { activeContext, runIn } from "./_run_in.ts";
import type { AnyFunction } from "./any_function.ts";

/**
 * Ends a call when a thenable settles that is not a plain promise: a query builder, a cancellable promise, a promise
 * of another realm. The thenable itself is returned to the caller, and its `then` is not called before the caller
 * does: a query builder sends its query then, and it does so in the context of the call.
 *
 * @param thenable The thenable.
 * @param then Its `then`.
 * @param call The call.
 * @param onValue Ends the call with the value.
 * @returns `false` if the thenable does not let itself be observed.
 */
export function observeThenable(
  thenable: object,
  then: AnyFunction,
  call: Call,
  onValue: (value: unknown) => void,
): boolean {
  const restore = patchMethods(thenable, {
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is being observed
    then(this: unknown, onFulfilled: unknown, onRejected: unknown, ...more: unknown[]): unknown {
      restore?.();
      call.touch();
      // The callbacks belong to the caller, and see the caller's span as a promise's callbacks would.
      const caller = activeContext();
      const value = (result: unknown): unknown => {
        onValue(result);
        return isFunction(onFulfilled) ? runIn(caller, onFulfilled, undefined, [result]) : result;
      };
      const reason = (error: unknown): unknown => {
        call.fail(error);
        if (isFunction(onRejected)) return runIn(caller, onRejected, undefined, [error]);
        throw error;
      };
      try {
        return runIn(call.context, then, this, [value, reason, ...more]);
      } catch (error) {
        call.fail(error);
        throw error;
      }
    },
  });
  return restore !== undefined;
}

function isFunction(value: unknown): value is AnyFunction {
  return typeof value === "function";
}
