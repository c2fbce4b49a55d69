/**
 * Metrics in one line each, with a Prometheus pull exporter and OTLP push.
 *
 * @example Record, and let Prometheus read it
 * ```ts
 * import { initMetrics, recordCounter, recordHistogram } from "@dcmx-tracing/metrics";
 *
 * const metrics = await initMetrics({ serviceName: "dcmx", prometheus: { port: 0 } });
 * recordCounter("nft.mints.total", 1);
 * recordHistogram("watermark.confidence_score", 0.98);
 * console.assert((await metrics.collect()).includes("nft_mints_total"));
 * await metrics.shutdown();
 * ```
 *
 * @module
 */
export type { FastifyReplyLike, FastifyRequestLike, PrometheusHandler } from "./_handler.ts";
export type { MetricValue } from "./_recorder.ts";
export { type BoundCounter, bindCounter } from "./bind_counter.ts";
export { type BoundGauge, bindGauge } from "./bind_gauge.ts";
export { type BoundHistogram, bindHistogram } from "./bind_histogram.ts";
export { type BoundUpDown, bindUpDown } from "./bind_up_down.ts";
export {
  type CounterMetric,
  type DefinedMetrics,
  defineMetrics,
  type GaugeMetric,
  type HistogramMetric,
  type MetricSpec,
  type UpDownMetric,
} from "./define_metrics.ts";
export { initMetrics, type Metrics } from "./init_metrics.ts";
export type { MetricsOptions } from "./metrics_options.ts";
export { type MetricsSetupCode, MetricsSetupError } from "./metrics_setup_error.ts";
export type { OtlpOptions } from "./otlp_options.ts";
export { type PrometheusNameInput, prometheusName } from "./prometheus_name.ts";
export type { PrometheusOptions } from "./prometheus_options.ts";
export { recordCounter } from "./record_counter.ts";
export { recordGauge } from "./record_gauge.ts";
export { recordHistogram } from "./record_histogram.ts";
export { recordUpDown } from "./record_up_down.ts";
