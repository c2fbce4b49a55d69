import type { SpanAttributes, SpanOptions } from "@dcmx-tracing/span";
import type { Link } from "@opentelemetry/api";
import type { CaptureLimits } from "./capture_limits.ts";

/**
 * What is captured of arguments or of a result: nothing, everything, the named parts, or what a function makes of
 * them.
 */
export type Capture<F> = boolean | readonly string[] | F;

/**
 * Options of `traced`, `@tracedMethod` and `@tracedClass`. The type parameters are those of the traced function;
 * `traced(options, fn)` finds them by itself.
 */
export interface TracedOptions<This = unknown, Args extends readonly unknown[] = unknown[], Result = unknown>
  extends Pick<
    SpanOptions,
    "kind" | "naming" | "onError" | "requireParent" | "root" | "sampleHint" | "until"
  > {
  /** Name of the span. @default `Class.method`, or the name of the function */
  readonly operationName?: string;
  /** Stands for the class in the default name: minifiers rename classes, but not this. @default the class's name */
  readonly className?: string;
  /**
   * Records arguments as `code.args.<name>`. A list holds parameter names, positions or paths into them (`tokenId`,
   * `0`, `order.price`); a function gets the arguments and returns an object of what is to be recorded.
   *
   * @default false
   */
  readonly includeArgs?: Capture<(this: This, ...args: Args) => object | undefined>;
  /**
   * Records the settled result as `code.result`. A list holds paths into it, recorded as `code.result.<path>`; a
   * function gets the result and returns what is to be recorded.
   *
   * @default false
   */
  readonly includeResult?: Capture<(result: Result) => unknown>;
  /**
   * Records every call in the histogram `<operation>.duration`, in seconds, with `error.type` when it failed, whether
   * its span is sampled or not.
   *
   * @default false
   */
  readonly includeDuration?: boolean;
  /** Attributes of the span, or a function of `this` and the arguments that computes them. @default {} */
  readonly attributes?: SpanAttributes | ((this: This, ...args: Args) => SpanAttributes | undefined);
  /** Spans that this one refers to, or a function of `this` and the arguments that finds them. @default [] */
  readonly links?: readonly Link[] | ((this: This, ...args: Args) => readonly Link[] | undefined);
  /**
   * For functions that give their result to a callback `(error, result)`: `true` if it is the last argument, or its
   * position. The span ends when the callback is called.
   *
   * @default false
   */
  readonly callback?: boolean | number;
  /** Bounds of what `includeArgs` and `includeResult` record. */
  readonly limits?: Partial<CaptureLimits>;
}

/** Options of which nothing is known but that they are some. */
// biome-ignore lint/suspicious/noExplicitAny: the only type to which the options of every function can be assigned
export type AnyTracedOptions = TracedOptions<any, any, any>;
