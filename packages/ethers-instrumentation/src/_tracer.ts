import { goesWithoutSpan, inheritsUnsampled, TracerSource } from "@dcmx-tracing/span/kernel";
import type { Context, Span, SpanOptions, Tracer, TracerProvider } from "@opentelemetry/api";
import type { ResolvedOptions } from "./_resolve_options.ts";
import { SCOPE_NAME, SCOPE_VERSION } from "./_scope.ts";

/** A tracer, and whether children of unsampled parents are known to be unsampled. */
interface KnownTracer {
  readonly tracer: Tracer;
  readonly skipsUnsampled: boolean;
}

/**
 * Starts a span of the given or the global provider.
 *
 * @returns Undefined if there is no provider, or if the span is known to be unsampled and would cost for nothing: the
 * context of its parent then says the same to whoever continues the trace.
 */
export function beginSpan(
  { tracerProvider }: ResolvedOptions,
  name: string,
  options: SpanOptions,
  parent: Context,
): Span | undefined {
  const known = tracerProvider === undefined ? globalTracer() : givenTracer(tracerProvider);
  if (known === undefined || goesWithoutSpan(parent, known.skipsUnsampled)) return undefined;
  return known.tracer.startSpan(name, options, parent);
}

const registered = new TracerSource(SCOPE_NAME, SCOPE_VERSION);
let latest: KnownTracer | undefined;

function globalTracer(): KnownTracer | undefined {
  const tracer = registered.current();
  if (tracer === undefined) return undefined;
  if (latest?.tracer !== tracer) latest = { tracer, skipsUnsampled: registered.skipsUnsampled };
  return latest;
}

const given = new WeakMap<TracerProvider, KnownTracer>();

function givenTracer(provider: TracerProvider): KnownTracer {
  let known = given.get(provider);
  if (known === undefined) {
    const tracer = provider.getTracer(SCOPE_NAME, SCOPE_VERSION);
    known = { tracer, skipsUnsampled: inheritsUnsampled(provider, tracer) };
    given.set(provider, known);
  }
  return known;
}
