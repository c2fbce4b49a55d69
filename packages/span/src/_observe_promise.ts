import type { Call } from "./_call.ts";

/**
 * Looks at how a plain promise settles; a rejection fails the call. One `then` with two callbacks, and its promise
 * goes to the caller: listening aside and returning the original would mark every rejection as handled and silence
 * `unhandledRejection`.
 *
 * @param result What may be a promise.
 * @param call The call.
 * @param onValue Told of the value and the call; must not throw.
 * @returns A promise that settles alike, one microtask later, with what had been put on the original; `undefined` if
 * the result is no plain promise.
 */
export function observePromise(
  result: unknown,
  call: Call,
  onValue: (value: unknown, call: Call) => void,
): Promise<unknown> | undefined {
  if (!isPlainPromise(result)) return undefined;
  const derived = result.then(
    (value) => {
      onValue(value, call);
      return value;
    },
    (error: unknown) => {
      call.fail(error);
      throw error;
    },
  );
  for (const key in result) {
    // Something like `cancel` was put on the promise: it goes along.
    const own = Object.getOwnPropertyDescriptor(result, key);
    if (own !== undefined) void Object.defineProperty(derived, key, own);
  }
  return derived;
}

/** Whether it is a promise of this realm, not of a subclass. Never throws. */
export function isPlainPromise(result: unknown): result is Promise<unknown> {
  if (typeof result !== "object" || result === null) return false;
  try {
    return Object.getPrototypeOf(result) === Promise.prototype;
  } catch {
    return false; // a Proxy that refuses
  }
}
