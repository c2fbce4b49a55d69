/**
 * The one file that imports the OpenTelemetry SDK at run time, besides the pipeline's encoder. A move to the next SDK
 * line starts here.
 */

export { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
export {
  CompositePropagator,
  SDK_INFO,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from "@opentelemetry/core";
export { resourceFromAttributes } from "@opentelemetry/resources";
export { ConsoleSpanExporter, NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
