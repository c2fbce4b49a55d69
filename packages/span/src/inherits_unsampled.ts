import type { Tracer, TracerProvider } from "@opentelemetry/api";

const MARK = Symbol.for("dcmx-tracing.inherits-unsampled");

/**
 * Declares that every span of this provider whose local parent is not sampled is not sampled either, whatever its
 * name, kind, attributes or links: that its sampler is parent-based. Calls under such a parent then make no span.
 *
 * Not for providers whose sampler decides for each span anew, as a rule sampler without a parent rule does.
 *
 * @param provider The provider that was or will be registered.
 *
 * @example A provider with a parent-based sampler of one's own
 * ```ts
 * import { markInheritsUnsampled } from "@dcmx-tracing/span/kernel";
 * import { ProxyTracerProvider } from "@opentelemetry/api";
 *
 * const provider = new ProxyTracerProvider(); // stands for an SDK's provider
 * markInheritsUnsampled(provider);
 * ```
 */
export function markInheritsUnsampled(provider: TracerProvider): void {
  Object.defineProperty(provider, MARK, { value: true, configurable: true });
}

/**
 * Tells whether spans under an unsampled local parent are known to be unsampled: because the provider was marked, or
 * because it is a stock SDK whose sampler describes itself as parent-based with the default for local parents.
 *
 * @param registered The registered provider, as the API hands it out.
 * @param tracer A tracer of that provider.
 * @returns `false` when in doubt.
 *
 * @example Ask once, for a provider that one was given
 * ```ts
 * import { inheritsUnsampled } from "@dcmx-tracing/span/kernel";
 * import { trace } from "@opentelemetry/api";
 *
 * const provider = trace.getTracerProvider();
 * console.assert(!inheritsUnsampled(provider, provider.getTracer("my-library"))); // nothing is registered
 * ```
 */
export function inheritsUnsampled(registered: TracerProvider, tracer: Tracer): boolean {
  try {
    // Both casts only allow optional fields to be looked at; absent ones mean "in doubt".
    const { getDelegate } = registered as { getDelegate?: () => unknown };
    const provider = typeof getDelegate === "function" ? getDelegate.call(registered) : registered;
    if ((provider as { [MARK]?: unknown })[MARK] === true) return true;
    const sampler = (tracer as { _sampler?: { toString(): unknown } })._sampler;
    return /^ParentBased\{.*localParentNotSampled=AlwaysOffSampler\}$/.test(String(sampler));
  } catch {
    return false; // a provider that cannot even be looked at gets spans as usual
  }
}
