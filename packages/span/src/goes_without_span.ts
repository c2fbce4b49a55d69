import { type Context, trace } from "@opentelemetry/api";
import { isUnsampledLocal } from "./_open_span.ts";

/**
 * Tells whether a span in this context is known to be unsampled before it is started: its local parent is unsampled
 * and the sampler follows parents. For instrumentations that are given a provider; others have `TracerSource`.
 *
 * @param parent The context whose span would be the parent.
 * @param inherits What {@linkcode inheritsUnsampled} says of the provider; it costs too much to be asked each time.
 * @returns `false` when in doubt.
 *
 * @example Leave out what would be dropped
 * ```ts
 * import { goesWithoutSpan, inheritsUnsampled } from "@dcmx-tracing/span/kernel";
 * import { ROOT_CONTEXT, trace } from "@opentelemetry/api";
 *
 * const provider = trace.getTracerProvider();
 * const tracer = provider.getTracer("my-library");
 * const inherits = inheritsUnsampled(provider, tracer);
 * console.assert(!goesWithoutSpan(ROOT_CONTEXT, inherits)); // a root span is the sampler's to decide
 * ```
 */
export function goesWithoutSpan(parent: Context, inherits: boolean): boolean {
  if (!inherits) return false;
  const above = trace.getSpan(parent);
  return above !== undefined && isUnsampledLocal(above);
}
