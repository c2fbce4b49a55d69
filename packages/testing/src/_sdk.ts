// The one place of this package that names SDK modules, so that a move to another SDK line touches one file.
export { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
export {
  CompositePropagator,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from "@opentelemetry/core";
export type { ReadableSpan, Sampler, SpanProcessor } from "@opentelemetry/sdk-trace-base";
export { AlwaysOnSampler, BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
