import type { AnyFunction } from "@dcmx-tracing/span/kernel";
import { wrapFunction } from "./_wrap_function.ts";
import type { AnyTracedOptions, TracedOptions } from "./traced_options.ts";

/**
 * Makes the traced form of a function: every call runs inside a span of its own, which ends when the result is
 * complete. `this`, arguments, result and errors pass through; a synchronous function stays synchronous.
 *
 * Tracing a traced function replaces its options. Not for methods: `@tracedMethod` knows their class.
 *
 * @param fn The function. It is not changed.
 * @returns A function of exactly the same type, name, length and properties.
 * @throws TypeError if `fn` is not a function; otherwise only what `fn` throws.
 *
 * @example Trace a function
 * ```ts
 * import { traced } from "@dcmx-tracing/decorators";
 *
 * const royaltyOf = traced(function royaltyOf(price: number): number {
 *   return price * 0.05;
 * });
 * console.assert(royaltyOf(200) === 10);
 * ```
 */
export function traced<F extends AnyFunction>(fn: F): F;
/**
 * Makes the traced form of a function, with options.
 *
 * @param options Name, attributes, and what is recorded.
 * @param fn The function. It is not changed.
 * @returns A function of exactly the same type, name, length and properties.
 * @throws TypeError if `fn` is not a function; otherwise only what `fn` throws.
 *
 * @example Record an argument by name
 * ```ts
 * import { traced } from "@dcmx-tracing/decorators";
 *
 * const mint = traced(
 *   { operationName: "nft_minting.mint", includeArgs: ["tokenId"], includeDuration: true },
 *   async (tokenId: bigint, owner: string) => `${owner}/${tokenId}`,
 * );
 * console.assert((await mint(7n, "alice")) === "alice/7");
 * ```
 */
export function traced<F extends AnyFunction>(
  options: TracedOptions<ThisParameterType<F>, Parameters<F>, Awaited<ReturnType<F>>>,
  fn: F,
): F;
export function traced(first: AnyTracedOptions | AnyFunction, second?: AnyFunction): AnyFunction {
  const fn = second ?? first;
  if (typeof fn !== "function") {
    throw new TypeError(`Cannot trace as 'fn' must be a function: current value is ${typeof second}`);
  }
  // With a second argument the first one is the options: the signatures allow nothing else.
  const options = second === undefined ? {} : (first as AnyTracedOptions);
  return wrapFunction(fn, options, () => fn.name || "anonymous");
}
