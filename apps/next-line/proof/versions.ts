// What this process really runs on, as told by what is loaded: not by a manifest that something else might have read.
import { createTestTracing } from "@dcmx-tracing/testing";
import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";

/** Versions that were read from loaded modules. */
export interface Versions {
  readonly node: string;
  /** Of the API that has registered the tracer provider. */
  readonly api: unknown;
  /** Of the SDK that has made a span. */
  readonly traces: unknown;
  /** Of the SDK that has collected metrics. */
  readonly metrics: unknown;
}

/** Makes a span and collects metrics, and says by what. */
export async function versions(): Promise<Versions> {
  const tracing = createTestTracing();
  tracing.tracer().startSpan("versions").end();
  const [span] = tracing.spans();
  // The place where every 1.x API keeps its globals, with the version of the one that was first.
  const api: { version?: string } | undefined = Reflect.get(globalThis, Symbol.for("opentelemetry.js.api.1"));
  const version = api?.version;
  await tracing.shutdown();
  const reader = new Reader();
  const provider = new MeterProvider({ readers: [reader] });
  const { resourceMetrics } = await reader.collect();
  await provider.shutdown();
  return {
    node: process.versions.node,
    api: version,
    traces: span?.resource.attributes["telemetry.sdk.version"],
    metrics: resourceMetrics.resource.attributes["telemetry.sdk.version"],
  };
}

class Reader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}
