import type { Attributes } from "@opentelemetry/api";
import type { OtlpOptions } from "./otlp_options.ts";
import type { PrometheusOptions } from "./prometheus_options.ts";

/**
 * Options of {@link initMetrics}.
 *
 * @example Push and pull together
 * ```ts
 * import type { MetricsOptions } from "@dcmx-tracing/metrics";
 *
 * const options: MetricsOptions = { serviceName: "dcmx", prometheus: { port: 0 }, otlp: { intervalMs: 15_000 } };
 * console.assert(options.cardinalityLimit === undefined);
 * ```
 */
export interface MetricsOptions {
  /**
   * Name of the service on `target_info` and in pushed metrics.
   * @default `OTEL_SERVICE_NAME` or `OTEL_RESOURCE_ATTRIBUTES`, read by the SDK, else "unknown_service:node"
   */
  readonly serviceName?: string;
  /**
   * Further attributes of the resource; they win over those of the environment.
   * @default {}
   */
  readonly resourceAttributes?: Attributes;
  /**
   * The Prometheus page: `false` for none, `true` or options for one.
   * @default true
   */
  readonly prometheus?: boolean | PrometheusOptions;
  /**
   * Push by OTLP: `true` or options for it.
   * @default false
   */
  readonly otlp?: boolean | OtlpOptions;
  /**
   * Metrics of the process: event loop, heap, garbage collection, CPU, memory. Event loop, heap and garbage
   * collection need the package `@opentelemetry/instrumentation-runtime-node`.
   * @default false
   */
  readonly runtimeMetrics?: boolean;
  /**
   * Series that one instrument may have; further attributes share one series, counted and said once.
   * @default 2000
   */
  readonly cardinalityLimit?: number;
  /**
   * Limits of single metrics, by their OpenTelemetry name.
   * @default {}
   */
  readonly cardinalityLimits?: Readonly<Record<string, number>>;
  /**
   * Changes the attributes of a new series, for example to redact them; called once for each distinct set. When it
   * throws, the series has no attributes.
   * @default undefined
   */
  readonly attributeFilter?: (attributes: Attributes, metric: string) => Attributes;
  /**
   * Whether the MeterProvider is registered as the global one, so that instrumentations record into it.
   * @default true
   */
  readonly registerGlobal?: boolean;
}
