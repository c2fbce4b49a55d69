import type { Context } from "@opentelemetry/api";

/** What the code knows about the worth of a span: to be kept, or to be dropped, whatever the rate. */
export type SampleHint = "keep" | "drop";

const HINT = Symbol.for("dcmx-tracing.sample-hint");

/**
 * Reads the hint that the span about to be started was given: for samplers, which get the context in `shouldSample`.
 * The hint is about this one span; its children follow it as they follow any parent.
 *
 * @param context The context that the sampler was given.
 * @returns The hint, or `undefined`.
 *
 * @example A sampler that listens to hints
 * ```ts
 * import { sampleHint } from "@dcmx-tracing/span/kernel";
 * import { type Context, ROOT_CONTEXT } from "@opentelemetry/api";
 *
 * const keeps = (context: Context): boolean => sampleHint(context) === "keep" || Math.random() < 0.1;
 * console.assert(sampleHint(ROOT_CONTEXT) === undefined && typeof keeps(ROOT_CONTEXT) === "boolean");
 * ```
 */
export function sampleHint(context: Context): SampleHint | undefined {
  const hint = context.getValue(HINT);
  return hint === "keep" || hint === "drop" ? hint : undefined;
}

/** The context in which a sampler finds the hint. */
export function withSampleHint(context: Context, hint: SampleHint | undefined): Context {
  return hint === undefined ? context : context.setValue(HINT, hint);
}
