import { isStandardContext, type MemberContext } from "./_decorator_context.ts";
import { markFunction, markMember } from "./_untraced_marks.ts";

/** What `untraced()` returns: a decorator for methods and accessors, in both forms. */
export interface UntracedDecorator {
  /** As a standard (TC39) decorator. */
  (value: unknown, context: MemberContext): void;
  /** As a legacy (`experimentalDecorators`) decorator. */
  (target: object, key: string | symbol, descriptor?: PropertyDescriptor): void;
}

/**
 * Keeps a method or accessor out of what `@tracedClass()` traces. Without `@tracedClass()` it has no effect. Works as
 * a standard and as a legacy decorator, with and without parentheses.
 *
 * @returns The decorator.
 *
 * @example Leave a cheap getter alone
 * ```ts
 * import { tracedClass, untraced } from "@dcmx-tracing/decorators";
 *
 * @tracedClass()
 * class Wallet {
 *   connect(): string {
 *     return this.label();
 *   }
 *   @untraced()
 *   label(): string {
 *     return "metamask";
 *   }
 * }
 * console.assert(new Wallet().connect() === "metamask");
 * ```
 */
export function untraced(): UntracedDecorator;
/** As a standard decorator without parentheses. */
export function untraced(value: unknown, context: MemberContext): void;
/** As a legacy decorator without parentheses. */
export function untraced(target: object, key: string | symbol, descriptor?: PropertyDescriptor): void;
export function untraced(...given: unknown[]): unknown {
  if (given.length >= 2) return mark(given);
  return (...args: unknown[]): void => mark(args);
}

function mark([value, second, descriptor]: readonly unknown[]): void {
  if (isStandardContext(second)) {
    markFunction(value);
    return;
  }
  // What is not standard is legacy: a prototype or class, a name and a descriptor.
  markMember(value as object, second as string | symbol);
  for (const fn of Object.values((descriptor ?? {}) as PropertyDescriptor)) markFunction(fn);
}
