import { type Tracer, type TracerProvider, trace } from "@opentelemetry/api";
import type { ResolvedOptions } from "./_resolve_options.ts";
import { SCOPE_NAME, SCOPE_VERSION } from "./_scope.ts";

const tracers = new WeakMap<TracerProvider, Tracer>();

/** The tracer of the given or the global provider. */
export function tracerOf(options: ResolvedOptions): Tracer {
  const provider = options.tracerProvider ?? trace.getTracerProvider();
  let tracer = tracers.get(provider);
  if (tracer === undefined) {
    tracer = provider.getTracer(SCOPE_NAME, SCOPE_VERSION);
    tracers.set(provider, tracer);
  }
  return tracer;
}
