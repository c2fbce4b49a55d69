import { type ClassSelection, traceMembers } from "./_trace_members.ts";
import { tracedConstructor } from "./_traced_constructor.ts";
import type { AnyTracedOptions, TracedOptions } from "./traced_options.ts";

/** Which members of a class are meant: a list of names, or a function that decides. */
export type MemberSelection = readonly (string | symbol)[] | ((name: string | symbol) => boolean);

/** Options of {@linkcode tracedClass}: those of every traced method, and which methods are traced. */
export interface TracedClassOptions extends Omit<TracedOptions<never, never[], never>, "operationName"> {
  /** Members to trace; naming a symbol or accessor here traces it as well. @default every public method */
  readonly include?: MemberSelection;
  /** Members to leave alone. @default none */
  readonly exclude?: MemberSelection;
  /** Traces static methods too. @default true */
  readonly statics?: boolean;
  /** Traces getters and setters too. @default false */
  readonly accessors?: boolean;
  /** Traces `new` too; the class is then replaced by a Proxy of it. @default false */
  readonly construct?: boolean;
}

/** A class, abstract or not. */
export type AnyClass = abstract new (...args: never[]) => object;

/** What `tracedClass()` returns: a class decorator in both forms. */
export type TracedClassDecorator = (target: AnyClass, context?: ClassDecoratorContext) => void;

/**
 * Traces the methods that a class itself declares, instance and static ones: every call runs inside a span named
 * `Class.method`. Inherited methods are left to the class that declares them, so that a call has one span however
 * many classes of a hierarchy are traced. A method with its own `@tracedMethod()` keeps it. Private `#methods` cannot
 * be reached by a class decorator: use `@tracedMethod()` on them.
 *
 * The class is changed, not replaced: its identity, statics and metadata stay. Works as a standard and as a legacy
 * decorator, with and without parentheses, and as a plain function on a class of somebody else.
 *
 * @param options Which members are traced, and how.
 * @returns The decorator.
 *
 * @example Trace a class
 * ```ts
 * import { tracedClass } from "@dcmx-tracing/decorators";
 *
 * @tracedClass({ className: "NftMinter", exclude: ["toString"] })
 * class Minter {
 *   mint(tokenId: number): string {
 *     return `token ${tokenId}`;
 *   }
 * }
 * console.assert(new Minter().mint(7) === "token 7");
 * ```
 */
export function tracedClass(options?: TracedClassOptions): TracedClassDecorator;
/** Without parentheses. */
export function tracedClass(target: AnyClass, context?: ClassDecoratorContext): void;
export function tracedClass(first?: TracedClassOptions | AnyClass): unknown {
  if (typeof first === "function") return traceClass(first, {});
  return (target: AnyClass): unknown => traceClass(target, first ?? {});
}

function traceClass(target: AnyClass, options: TracedClassOptions): unknown {
  if (typeof target !== "function" || typeof target.prototype !== "object") {
    throw new TypeError(
      `Cannot trace as @tracedClass() must be on a class: current value is ${typeof target}`,
    );
  }
  const { include, exclude, statics = true, accessors = false, construct = false, ...rest } = options;
  // The options of any method; which one's arguments they are about cannot be known here.
  const shared = rest as AnyTracedOptions;
  const selection: ClassSelection = { include, exclude, accessors };
  traceMembers(target.prototype, selection, shared);
  if (statics) traceMembers(target, selection, shared);
  return construct ? tracedConstructor(target, shared) : undefined;
}
