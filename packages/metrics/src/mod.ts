/**
 * Metrics in one line each, with a Prometheus pull exporter and OTLP push.
 *
 * @module
 */
export {};
