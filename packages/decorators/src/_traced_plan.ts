import type { SpanOptions } from "@dcmx-tracing/span";
import {
  type AnyFunction,
  type CallEnd,
  plainAttributes,
  type SpanPlan,
  TracerSource,
} from "@dcmx-tracing/span/kernel";
import type { Span } from "@opentelemetry/api";
import { type ArgsCapture, argsCapture, type ResultCapture, resultCapture } from "./_capture_call.ts";
import { durationRecorder } from "./_duration_histogram.ts";
import { DEFAULT_CAPTURE_LIMITS } from "./capture_limits.ts";
import type { AnyTracedOptions } from "./traced_options.ts";

const tracers = new TracerSource("@dcmx-tracing/decorators");

/** Finds the name of an operation from the `this` of its first call. */
export type Naming = (self: unknown) => string;

/** How the calls of one traced function are traced. */
export class TracedPlan implements SpanPlan {
  readonly tracers: TracerSource = tracers;
  readonly options: SpanOptions;
  readonly onStart: ArgsCapture | undefined;
  readonly onResult: ResultCapture | undefined;
  readonly onEnd: ((end: CallEnd) => void) | undefined;
  readonly #naming: Naming;
  name = "";

  constructor(fn: AnyFunction, options: AnyTracedOptions, naming: Naming) {
    const limits = { ...DEFAULT_CAPTURE_LIMITS, ...options.limits };
    this.#naming = naming;
    this.options = spanOptions(options);
    this.onStart = onStart(argsCapture(fn, options, limits), options);
    this.onResult = resultCapture(options, limits);
    this.onEnd = options.includeDuration === true ? durationRecorder(() => this.name) : undefined;
  }

  /** Finds the name. A method knows its class only when it is called. */
  findName(self: unknown): void {
    this.name = this.#naming(self);
  }
}

function onStart(capture: ArgsCapture | undefined, options: AnyTracedOptions): ArgsCapture | undefined {
  const { attributes, links } = options;
  if (capture === undefined && typeof attributes !== "function" && typeof links !== "function")
    return undefined;
  return (span: Span, self, args) => {
    if (typeof attributes === "function") {
      const computed = Reflect.apply(attributes, self, args);
      if (computed !== undefined) span.setAttributes(plainAttributes(computed));
    }
    if (typeof links === "function") span.addLinks([...(Reflect.apply(links, self, args) ?? [])]);
    capture?.(span, self, args);
  };
}

function spanOptions(options: AnyTracedOptions): SpanOptions {
  const { attributes, links, kind, naming, onError, requireParent, root, sampleHint, until } = options;
  return {
    ...(typeof attributes === "object" && { attributes }),
    ...(typeof links === "object" && { links }),
    ...(kind !== undefined && { kind }),
    ...(naming !== undefined && { naming }),
    ...(onError !== undefined && { onError }),
    ...(requireParent !== undefined && { requireParent }),
    ...(root !== undefined && { root }),
    ...(sampleHint !== undefined && { sampleHint }),
    ...(until !== undefined && { until }),
  };
}
