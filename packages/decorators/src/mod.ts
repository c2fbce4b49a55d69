/**
 * Spans around functions and methods, as a function wrapper and as decorators in both forms, standard and legacy.
 *
 * @example Trace a class's method
 * ```ts
 * import { tracedMethod } from "@dcmx-tracing/decorators";
 *
 * class Royalties {
 *   @tracedMethod({ includeArgs: ["tokenId"], includeResult: true })
 *   distribute(tokenId: number, price: number): number {
 *     return price * 0.05;
 *   }
 * }
 * console.assert(new Royalties().distribute(7, 200) === 10);
 * ```
 *
 * @module
 */
export type { CaptureLimits } from "./capture_limits.ts";
export { traced } from "./traced.ts";
export {
  type AnyClass,
  type MemberSelection,
  type TracedClassDecorator,
  type TracedClassOptions,
  tracedClass,
} from "./traced_class.ts";
export { type TracedMethodDecorator, tracedMethod } from "./traced_method.ts";
export type { Capture, TracedOptions } from "./traced_options.ts";
export { type UntracedDecorator, untraced } from "./untraced.ts";
