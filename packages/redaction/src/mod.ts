/**
 * Keeps private keys, mnemonics and credentials out of exported telemetry, and leaves addresses, transaction hashes
 * and token ids readable.
 *
 * @example Redact what is exported
 * ```ts
 * import { InMemorySpanExporter } from "@opentelemetry/sdk-trace-base";
 * import { redactingExporter } from "@dcmx-tracing/redaction";
 *
 * const exporter = redactingExporter(new InMemorySpanExporter());
 * await exporter.shutdown();
 * ```
 *
 * @module
 */
export type { RedactionListener, RedactionStats, RedactionSurface, RedactionTimer } from "./_audit.ts";
export { createRedactor, type RedactionFinding, type Redactor, type SpanLike } from "./create_redactor.ts";
export type { CustomRule } from "./custom_rule.ts";
export { recordRedaction } from "./record_redaction.ts";
export { redactExporter } from "./redact_exporter.ts";
export { type MetricAttributesRedactor, redactMetricAttributes } from "./redact_metric_attributes.ts";
export { redactResource } from "./redact_resource.ts";
export { type RedactedTelemetryOptions, redactTelemetry, type TelemetryOptions } from "./redact_telemetry.ts";
export { type RedactingSpanExporter, redactingExporter } from "./redacting_exporter.ts";
export {
  type LogProcessorLike,
  type LogRecordLike,
  redactingLogProcessor,
} from "./redacting_log_processor.ts";
export {
  type DataPointLike,
  type MetricExporterLike,
  type MetricLike,
  type MetricsLike,
  redactingMetricExporter,
} from "./redacting_metric_exporter.ts";
export { redactingProcessor } from "./redacting_processor.ts";
export { type PropagatorRules, redactingPropagator } from "./redacting_propagator.ts";
export type { RedactionLimits, RedactionOptions, RedactionPack } from "./redaction_options.ts";
export { RedactionSpanProcessor } from "./redaction_span_processor.ts";
