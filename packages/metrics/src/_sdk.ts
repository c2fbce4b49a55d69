import { ATTR_SERVICE_NAME } from "@dcmx-tracing/conventions";
import type { MeterProvider as ApiMeterProvider } from "@opentelemetry/api";
import {
  defaultResource,
  detectResources,
  envDetector,
  type Resource,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { type IMetricReader, MeterProvider } from "@opentelemetry/sdk-metrics";
import { attachStore } from "./_attached_store.ts";
import { createOtlpReader } from "./_otlp_reader.ts";
import { startRuntimeMetrics } from "./_runtime_metrics.ts";
import type { MetricStore } from "./_store.ts";
import { StoreMeterProvider } from "./_store_meter_provider.ts";
import { StoreProducer } from "./_store_producer.ts";
import type { MetricsOptions } from "./metrics_options.ts";
import { PrometheusPullExporter } from "./prometheus_pull_exporter.ts";

/** The SDK side of a set-up. */
export interface SdkSide {
  /** What is registered globally. */
  readonly provider: ApiMeterProvider;
  /** Writes the page; it listens only when the options say so. */
  readonly exporter: PrometheusPullExporter;
  flush(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Makes the SDK side of a set-up: the only code of `initMetrics()` that loads the OpenTelemetry SDK.
 *
 * @throws {MetricsSetupError} When an option is wrong, a package is missing or the port cannot be opened; nothing is
 * left open then.
 */
export async function createSdkSide(options: MetricsOptions, store: MetricStore): Promise<SdkSide> {
  const resource = createResource(options);
  const { prometheus = true, otlp = false, runtimeMetrics = false } = options;
  const page = typeof prometheus === "object" ? prometheus : {};
  const exporter = new PrometheusPullExporter(prometheus === false ? { listen: false } : page);
  attachStore(exporter, store);
  const readers: IMetricReader[] = [exporter];
  if (otlp !== false) {
    const push = otlp === true ? {} : otlp;
    readers.push(createOtlpReader(push, new StoreProducer(store, push.temporality === "delta", resource)));
  }
  const sdk = new MeterProvider({ resource, readers });
  const provider = new StoreMeterProvider(store, sdk);
  let stopRuntime: (() => void) | undefined;
  const stop = (): Promise<void> => {
    stopRuntime?.();
    return sdk.shutdown();
  };
  try {
    if (runtimeMetrics) stopRuntime = await startRuntimeMetrics(provider);
    await exporter.start();
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
  return { provider, exporter, flush: () => sdk.forceFlush(), stop };
}

function createResource({ serviceName, resourceAttributes = {} }: MetricsOptions): Resource {
  const given = resourceFromAttributes({
    ...resourceAttributes,
    ...(serviceName === undefined ? {} : { [ATTR_SERVICE_NAME]: serviceName }),
  });
  return defaultResource()
    .merge(detectResources({ detectors: [envDetector] }))
    .merge(given);
}
