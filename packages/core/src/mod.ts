/**
 * Tracing set-up in one call: validated configuration, export, sampling and lifecycle.
 *
 * @example Start, trace, stop
 * ```ts
 * import { initTracing, startSpan } from "@dcmx-tracing/core";
 *
 * const tracing = initTracing({ serviceName: "dcmx", exporter: "none" });
 * await startSpan("artist_onboarding", async (span) => {
 *   span.setAttribute("artist.id", "artist_123");
 * });
 * const receipt = await tracing.shutdown();
 * if (receipt.ended !== 1) throw new Error("one span ended");
 * ```
 *
 * @module
 */
export {
  activeSpan,
  activeTraceId,
  addEvent,
  type HeaderRecord,
  injectContext,
  recordError,
  type SpanAttributes,
  type SpanAttributeValue,
  type SpanFunction,
  type SpanOptions,
  setAttribute,
  setAttributes,
  startSpan,
  withContext,
} from "@dcmx-tracing/span";
export type { Environment } from "./config/_read_settings.ts";
export type { ConfigNote } from "./config/config_note.ts";
export { describeConfig, type SettingDescription } from "./config/describe_config.ts";
export { maskValue } from "./config/mask_value.ts";
export { type ResolvedConfig, resolveConfig } from "./config/resolve_config.ts";
export type { Setting, SettingSource } from "./config/setting.ts";
export type {
  ExceptionSignal,
  ExporterChoice,
  ExporterName,
  LogLevel,
  OtlpProtocol,
  PropagatorName,
  ResourceDetectorName,
  SamplerName,
  SettingName,
  SettingValues,
} from "./config/setting_values.ts";
export { type ConfigProblem, TracingConfigError } from "./config/tracing_config_error.ts";
export { type DiagnoseOptions, diagnose } from "./doctor/diagnose.ts";
export type { DoctorReport, Finding, FindingLevel, SentTrace } from "./doctor/doctor_report.ts";
export { type DoctorRun, runDoctor } from "./doctor/run_doctor.ts";
export { initTracing } from "./init_tracing.ts";
export { createPipeline } from "./pipeline/create_pipeline.ts";
export type { Pipeline } from "./pipeline/pipeline.ts";
export type {
  BatchOptions,
  ExporterTarget,
  OtlpHttpTarget,
  PipelineOptions,
  PipelineTarget,
  RetryOptions,
  SpoolOptions,
  TlsMaterial,
} from "./pipeline/pipeline_options.ts";
export type {
  DropReason,
  FailReason,
  PipelineError,
  PipelineStats,
  SpoolStats,
} from "./pipeline/pipeline_stats.ts";
export type { SamplingStats } from "./sampling/_decision_counts.ts";
export type { SamplingMatch, SamplingRule } from "./sampling/sampling_rule.ts";
export { type SamplingHint, withSampling } from "./sampling/with_sampling.ts";
export type { TargetStats, Tracing, TracingReceipt, TracingStats, TracingTrouble } from "./tracing.ts";
export type {
  ExceptionLoggerProvider,
  LimitOptions,
  TailOptions,
  TlsOptions,
  TracingInstrumentation,
  TracingOptions,
} from "./tracing_options.ts";
