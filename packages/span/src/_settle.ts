import type { Call } from "./_call.ts";
import { isWorkingIterator, observeAsyncIterable, observeIterator } from "./_observe_iterator.ts";
import { isNodeStream, observeNodeStream } from "./_observe_node_stream.ts";
import { observePromise } from "./_observe_promise.ts";
import { observeThenable } from "./_observe_thenable.ts";
import { observeReadableStream, observeResponse } from "./_observe_web_stream.ts";
import { type AnyMethod, methodOf } from "./_patch.ts";

/**
 * Ends a call when its result is complete: now for a plain value; on settle for a promise or thenable; when it is
 * consumed for an iterator, a stream or a Response, also if a promise brings it.
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
  const promise = observePromise(result, call, settleValue);
  if (promise !== undefined) return promise;
  try {
    const then = Array.isArray(result) ? undefined : methodOf(result, "then");
    if (then !== undefined && observeThenable(result, then, call, (value) => settleValue(value, call))) {
      call.wait(result);
      return result;
    }
  } catch {
    // A getter or a Proxy that throws: what it is cannot be found out, so it is a value.
  }
  settleValue(result, call);
  return result;
}

/** Ends a call with a value that is no promise: later, if the value is there to be consumed. */
export function settleValue(value: unknown, call: Call): void {
  try {
    if (typeof value === "object" && value !== null && call.plan.options.until !== "settled") {
      if (observeConsumption(value, call)) {
        call.wait(value);
        return;
      }
    }
  } catch {
    // As above.
  }
  call.succeed(value);
}

function observeConsumption(value: object, call: Call): boolean {
  if (Array.isArray(value)) return false;
  // Most results are plain data. They are asked here, key by key, as the engine does that fastest.
  const { [Symbol.asyncIterator]: asyncIterator, [Symbol.iterator]: iterator } = value as PerhapsIterable;
  if (asyncIterator === undefined && iterator === undefined) {
    if (Object.getPrototypeOf(value) === Object.prototype) return false;
    return observeBody(value, call) ?? (isNodeStream(value) && observeNodeStream(value, call));
  }
  if (isNodeStream(value)) return observeNodeStream(value, call);
  if (isWorkingIterator(value)) return observeIterator(value, () => call);
  if (typeof asyncIterator !== "function") return false;
  return observeBody(value, call) ?? observeAsyncIterable(value, asyncIterator as AnyMethod, call);
}

/** Any object, looked at for what it may have. */
interface PerhapsIterable {
  readonly [Symbol.asyncIterator]?: unknown;
  readonly [Symbol.iterator]?: unknown;
}

/** Web streams and Responses, which the platform marks; `undefined` for anything else. */
function observeBody(value: object, call: Call): boolean | undefined {
  const tag = Reflect.get(value, Symbol.toStringTag);
  // What carries the mark without being one fails in its absence of methods, and is a value then.
  if (tag === "ReadableStream") return observeReadableStream(value as ReadableStream, call);
  if (tag !== "Response") return undefined;
  return observeResponse(value as Response, call, (body) => observeConsumption(body, call));
}
