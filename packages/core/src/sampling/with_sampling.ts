import { type Context, context, createContextKey } from "@opentelemetry/api";

/** A wish about sampling: keep what starts here, or drop it. */
export type SamplingHint = "keep" | "drop";

/**
 * Runs a function in which new traces are kept or dropped whatever the sampler's rate is.
 *
 * `"keep"` also keeps a trace that a remote caller did not sample, from here on. `"drop"` also drops the spans below
 * a sampled one. Under a local span that is not sampled, `"keep"` changes nothing: the trace would have no beginning.
 *
 * @param hint The wish.
 * @param fn The function; its result is returned.
 * @returns What `fn` returns.
 *
 * @example Keep every trace of one customer
 * ```ts
 * import { startSpan, withSampling } from "@dcmx-tracing/core";
 *
 * const total = withSampling("keep", () => startSpan("checkout", () => 42));
 * if (total !== 42) throw new Error("the result passes through");
 * ```
 */
export function withSampling<T>(hint: SamplingHint, fn: () => T): T {
  return context.with(context.active().setValue(HINT, hint), fn);
}

/** The wish that applies in a context. */
export function samplingHint(active: Context): SamplingHint | undefined {
  // Only withSampling writes under this key.
  return active.getValue(HINT) as SamplingHint | undefined;
}

const HINT = createContextKey("dcmx-tracing.sampling-hint");
