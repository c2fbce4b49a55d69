import type { Call } from "./_call.ts";
import { observeThenable } from "./_observe_thenable.ts";
import type { AnyFunction } from "./_run_in.ts";

/**
 * Ends a call when its result is complete: now for a plain value, on settle for a promise or thenable.
 *
 * @param result What the function returned.
 * @param call The call.
 * @returns The result; for a plain promise one that settles alike, one microtask later.
 */
export function settle(result: unknown, call: Call): unknown {
  if ((typeof result !== "object" && typeof result !== "function") || result === null) {
    call.succeed(result);
    return result;
  }
  let then: unknown;
  try {
    if (Object.getPrototypeOf(result) === Promise.prototype) {
      // The prototype has just been compared; all that is used of the promise is `then`.
      return settlePromise(result as Promise<unknown>, call);
    }
    then = (result as { readonly then?: unknown }).then;
  } catch {
    // A Proxy or a getter that throws: what it is cannot be found out, so it is a value.
  }
  // The type has just been looked at.
  if (typeof then === "function" && observeThenable(result, then as AnyFunction, call)) return result;
  call.succeed(result);
  return result;
}

/**
 * One `then` with two callbacks, and its promise goes to the caller. Listening aside and returning the original
 * would mark every rejection as handled and silence `unhandledRejection`.
 */
function settlePromise(promise: Promise<unknown>, call: Call): Promise<unknown> {
  const derived = promise.then(
    (value) => {
      call.succeed(value);
      return value;
    },
    (error: unknown) => {
      call.fail(error);
      throw error;
    },
  );
  for (const key in promise) {
    // Something like `cancel` was put on the promise: it goes along.
    const own = Object.getOwnPropertyDescriptor(promise, key);
    if (own !== undefined) void Object.defineProperty(derived, key, own);
  }
  return derived;
}
