import type { Context, Span } from "@opentelemetry/api";
import { endFailed, endWell, type SpanHooks } from "./_end_span.ts";
import { observeThenable } from "./_observe_thenable.ts";
import type { AnyFunction } from "./_run_in.ts";

/**
 * Ends a span when the result of its call is complete: now for a plain value, on settle for a promise or thenable.
 *
 * @param result What the call returned.
 * @param span The span, which records.
 * @param context The context in which the call ran.
 * @param hooks What to tell to whom.
 * @returns The result; for a plain promise one that settles alike, one microtask later.
 */
export function settle(result: unknown, span: Span, context: Context, hooks: SpanHooks): unknown {
  if ((typeof result !== "object" && typeof result !== "function") || result === null) {
    endWell(span, result, hooks);
    return result;
  }
  let then: unknown;
  try {
    if (Object.getPrototypeOf(result) === Promise.prototype) {
      // The prototype has just been compared; all that is used of the promise is `then`.
      return settlePromise(result as Promise<unknown>, span, hooks);
    }
    then = (result as { readonly then?: unknown }).then;
  } catch {
    // A Proxy or a getter that throws: what it is cannot be found out, so it is a value.
  }
  if (typeof then === "function" && observeThenable(result, then as AnyFunction, span, context, hooks))
    return result;
  endWell(span, result, hooks);
  return result;
}

/**
 * One `then` with two callbacks, and its promise goes to the caller. Listening aside and returning the original
 * would mark every rejection as handled and silence `unhandledRejection`.
 */
function settlePromise(promise: Promise<unknown>, span: Span, hooks: SpanHooks): Promise<unknown> {
  const derived = promise.then(
    (value) => {
      endWell(span, value, hooks);
      return value;
    },
    (error: unknown) => {
      endFailed(span, error, hooks);
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
