import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import {
  AggregationTemporality,
  type MetricProducer,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import type { OtlpOptions } from "./otlp_options.ts";

/** Makes the reader that pushes by OTLP at intervals; the store is one of its producers. */
export function createOtlpReader(
  options: OtlpOptions,
  producer: MetricProducer,
): PeriodicExportingMetricReader {
  const { url, headers, timeoutMs = 10_000, intervalMs = 60_000, temporality } = options;
  const exporter = new OTLPMetricExporter({
    ...(url === undefined ? {} : { url }),
    ...(headers === undefined ? {} : { headers: { ...headers } }),
    timeoutMillis: timeoutMs,
    ...(temporality === "delta" ? { temporalityPreference: AggregationTemporality.DELTA } : {}),
  });
  return new PeriodicExportingMetricReader({
    exporter,
    exportIntervalMillis: intervalMs,
    // The reader refuses a timeout that is longer than the interval.
    exportTimeoutMillis: Math.min(timeoutMs, intervalMs),
    metricProducers: [producer],
  });
}
