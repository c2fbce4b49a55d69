import type { Call } from "./_call.ts";
import { observePromise } from "./_observe_promise.ts";
import { type AnyMethod, methodOf, patchMethods } from "./_patch.ts";
import { runIn } from "./_run_in.ts";

/** Iterators of built-in collections: no work is left to be done in them, so they are values. */
const COLLECTION_ITERATORS: ReadonlySet<unknown> = new Set(
  [[].values(), new Map().values(), new Set().values(), "".matchAll(/x/g), ""[Symbol.iterator]()].map(
    (iterator) => Object.getPrototypeOf(iterator),
  ),
);

/** Whether the object is an iterator, sync or async, that does work when it is asked for the next item. */
export function isWorkingIterator(object: object): boolean {
  const iterable = methodOf(object, Symbol.iterator) ?? methodOf(object, Symbol.asyncIterator);
  if (iterable === undefined || methodOf(object, "next") === undefined) return false;
  return !COLLECTION_ITERATORS.has(Object.getPrototypeOf(object));
}

/**
 * Ends a call when an iterator is done, is left by `break`, or fails; each step runs in the context of the call. The
 * iterator itself stays what it is: its methods are replaced on this one object until the call is over.
 *
 * @param iterator The iterator.
 * @param begin Gives the call; it is asked at the first step.
 * @returns `false` if the iterator does not let itself be observed.
 */
export function observeIterator(iterator: object, begin: () => Call): boolean {
  const next = methodOf(iterator, "next");
  if (next === undefined) return false;
  let call: Call | undefined;
  const take = (original: AnyMethod, starts: boolean): AnyMethod =>
    function (this: unknown): unknown {
      if (starts) call ??= begin();
      // biome-ignore lint/complexity/noArguments: a step passes on exactly what it was given
      const args = arguments;
      return call === undefined || call.over
        ? Reflect.apply(original, this, args)
        : step(call, original, this, args, restore);
    };
  const ways = { next: take(next, true) } as Record<string, AnyMethod>;
  const throwing = methodOf(iterator, "throw");
  if (throwing !== undefined) ways.throw = take(throwing, false);
  // Without a `return`, a loop that is left early could not be told from one that rests.
  const returning =
    methodOf(iterator, "return") ?? defaultReturn(methodOf(iterator, Symbol.asyncIterator) !== undefined);
  ways.return = take(returning, false);
  const restore = patchMethods(iterator, ways);
  return restore !== undefined;
}

function defaultReturn(isAsync: boolean): AnyMethod {
  return (value?: unknown): unknown => {
    const result = { done: true, value };
    return isAsync ? Promise.resolve(result) : result;
  };
}

function step(
  call: Call,
  original: AnyMethod,
  self: unknown,
  args: ArrayLike<unknown>,
  restore: (() => void) | undefined,
): unknown {
  call.touch();
  let result: unknown;
  try {
    result = runIn(call.context, original, self, args);
  } catch (error) {
    call.fail(error);
    restore?.();
    throw error;
  }
  const look = (value: unknown): void => {
    call.touch();
    if (!isDone(value)) return;
    call.succeed(doneValue(value));
    restore?.();
  };
  const promise = observePromise(result, call, look);
  if (promise !== undefined) return promise;
  look(result);
  return result;
}

function isDone(result: unknown): boolean {
  // Anything that is no result object ends a loop with a TypeError.
  if (typeof result !== "object" || result === null) return true;
  try {
    return (result as { readonly done?: unknown }).done === true;
  } catch {
    return true; // the loop that reads it next fails in the same way
  }
}

function doneValue(result: unknown): unknown {
  try {
    // Its type has been looked at by isDone; a value that cannot be read is none.
    return (result as { readonly value?: unknown } | undefined)?.value;
  } catch {
    return undefined;
  }
}

/**
 * Ends a call when the iteration over an async iterable is over: an object that gives iterators without being one.
 *
 * @returns `false` if the object does not let itself be observed.
 */
export function observeAsyncIterable(iterable: object, open: AnyMethod, call: Call): boolean {
  const restore = patchMethods(iterable, {
    [Symbol.asyncIterator](this: unknown, ...args: unknown[]): unknown {
      const iterator = runIn(call.context, open, this, args);
      restore?.();
      if (!call.over && typeof iterator === "object" && iterator !== null)
        observeIterator(iterator, () => call);
      return iterator;
    },
  });
  return restore !== undefined;
}
