import { isStandardContext, type MemberContext } from "./_decorator_context.ts";
import { traceLegacyMember } from "./_legacy_member.ts";
import { traceStandardMember } from "./_standard_member.ts";
import type { AnyTracedOptions, TracedOptions } from "./traced_options.ts";

/** What `tracedMethod()` returns: a decorator for methods, accessors and fields that hold functions, in both forms. */
export interface TracedMethodDecorator {
  /** As a standard (TC39) decorator. */
  <V>(value: V, context: MemberContext): V;
  /** As a legacy (`experimentalDecorators`) decorator. */
  (target: object, key: string | symbol, descriptor?: PropertyDescriptor): void;
}

/**
 * Traces a method: every call runs inside a span named `Class.method`. Works as a standard and as a legacy decorator,
 * with and without parentheses, on instance, static and private methods, on getters, setters and `accessor`s, and
 * (as a standard decorator) on fields that hold a function. Metadata of other decorators is kept, whatever the order.
 *
 * Not for functions outside classes: use `traced`.
 *
 * @param options Name, attributes, and what is recorded.
 * @returns The decorator.
 * @throws TypeError if a legacy decorator is put on a field, which it cannot reach.
 *
 * @example Trace a method
 * ```ts
 * import { tracedMethod } from "@dcmx-tracing/decorators";
 *
 * class Minter {
 *   @tracedMethod({ operationName: "nft_minting.mint", includeResult: true })
 *   async mint(tokenId: number): Promise<string> {
 *     return `token ${tokenId}`;
 *   }
 * }
 * console.assert((await new Minter().mint(7)) === "token 7");
 * ```
 */
export function tracedMethod<This = never, Args extends readonly unknown[] = never[], Result = never>(
  options?: TracedOptions<This, Args, Result>,
): TracedMethodDecorator;
/** As a standard decorator without parentheses. */
export function tracedMethod<V>(value: V, context: MemberContext): V;
/** As a legacy decorator without parentheses. */
export function tracedMethod(target: object, key: string | symbol, descriptor?: PropertyDescriptor): void;
export function tracedMethod(...given: unknown[]): unknown {
  if (given.length >= 2) return decorate({}, given);
  // With a single argument only the first signature is left.
  const options = (given[0] ?? {}) as AnyTracedOptions;
  return (...args: unknown[]): unknown => decorate(options, args);
}

function decorate(options: AnyTracedOptions, args: readonly unknown[]): unknown {
  const [value, second, descriptor] = args;
  if (isStandardContext(second)) return traceStandardMember(value, second as MemberContext, options);
  // What is not standard is legacy: a prototype or class, a name and, except for fields, a descriptor.
  traceLegacyMember(
    value as object,
    second as string | symbol,
    descriptor as PropertyDescriptor | undefined,
    options,
  );
  return undefined;
}
