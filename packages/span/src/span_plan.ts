import type { Context, Span } from "@opentelemetry/api";
import type { SpanOptions } from "./span_options.ts";
import type { TracerSource } from "./tracer_source.ts";

/** How a call is traced: what {@linkcode callInSpan} needs to know, made once for many calls. */
export interface SpanPlan {
  /** Where the tracer comes from. */
  readonly tracers: TracerSource;
  /** Name of the span. */
  readonly name: string;
  /** Options of the span. */
  readonly options: SpanOptions;
  /** Called before the function, inside nothing, when the span records: the place to set computed attributes. */
  readonly onStart?: ((span: Span, self: unknown, args: ArrayLike<unknown>) => void) | undefined;
  /** Sees the settled result before the span ends, when the span records. */
  readonly onResult?: ((result: unknown, span: Span) => void) | undefined;
  /** Called for every call, traced or not, when it is over. */
  readonly onEnd?: ((end: CallEnd) => void) | undefined;
}

/** How a call went: what {@linkcode SpanPlan.onEnd} is told. */
export interface CallEnd {
  /** Duration in seconds. */
  readonly seconds: number;
  /** Whether it failed. */
  readonly failed: boolean;
  /** What it failed with; meaningless otherwise. */
  readonly error: unknown;
  /** Context of the call, with its span if it had one: what an exemplar refers to. */
  readonly context: Context;
}
