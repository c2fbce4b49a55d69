/**
 * The Prometheus page on its own: a reader for any MeterProvider, and a handler for any server.
 *
 * @example Replace the exporter of a set-up of your own
 * ```ts
 * import { MeterProvider } from "@opentelemetry/sdk-metrics";
 * import { PrometheusPullExporter } from "@dcmx-tracing/metrics/prometheus";
 *
 * const exporter = new PrometheusPullExporter({ port: 0 });
 * const provider = new MeterProvider({ readers: [await exporter.start()] });
 * await provider.shutdown();
 * ```
 *
 * @module
 */
export type { FastifyReplyLike, FastifyRequestLike, PrometheusHandler } from "./_handler.ts";
export { prometheusHandler } from "./prometheus_handler.ts";
export type { PrometheusOptions } from "./prometheus_options.ts";
export { PrometheusPullExporter } from "./prometheus_pull_exporter.ts";
