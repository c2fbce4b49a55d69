import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import {
  AggregationTemporality,
  type MetricProducer,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { invalidOption } from "./_invalid_option.ts";
import type { OtlpOptions } from "./otlp_options.ts";

/**
 * Makes the reader that pushes by OTLP at intervals; the store is one of its producers.
 *
 * @throws {MetricsSetupError} `option_invalid`.
 */
export function createOtlpReader(
  options: OtlpOptions,
  producer: MetricProducer,
): PeriodicExportingMetricReader {
  const { url, headers, timeoutMs = 10_000, intervalMs = 60_000, temporality } = options;
  checkDuration("intervalMs", intervalMs);
  checkDuration("timeoutMs", timeoutMs);
  if (url !== undefined && !isHttpUrl(url)) {
    invalidOption("push metrics", "otlp.url", "a URL that starts with http:// or https://", url);
  }
  if (temporality !== undefined && temporality !== "cumulative" && temporality !== "delta") {
    invalidOption("push metrics", "otlp.temporality", "'cumulative' or 'delta'", temporality);
  }
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

/** Longest time that a timer of the runtime can wait. */
const MAX_MS = 2 ** 31 - 1;

function checkDuration(option: string, value: number): void {
  if (!Number.isInteger(value) || value < 1 || value > MAX_MS) {
    invalidOption(
      "push metrics",
      `otlp.${option}`,
      `a whole number of milliseconds from 1 to ${MAX_MS}`,
      value,
    );
  }
}

function isHttpUrl(url: string): boolean {
  return URL.canParse(url) && /^https?:$/.test(new URL(url).protocol);
}
