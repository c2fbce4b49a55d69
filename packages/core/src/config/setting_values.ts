import type { Sampler, SpanExporter } from "@opentelemetry/sdk-trace-base";
import type { PipelineTarget } from "../pipeline/pipeline_options.ts";
import type { SamplingRule } from "../sampling/sampling_rule.ts";

/** How spans travel: OTLP over HTTP with protobuf or JSON bodies, or over gRPC. */
export type OtlpProtocol = "http/protobuf" | "http/json" | "grpc";

/** The samplers that can be chosen by name. */
export type SamplerName =
  | "always_on"
  | "always_off"
  | "traceidratio"
  | "parentbased_always_on"
  | "parentbased_always_off"
  | "parentbased_traceidratio";

/** Exporters that can be chosen by name. */
export type ExporterName = "otlp" | "console" | "none";

/** One place spans go to: by name, an exporter object, or a further OTLP collector. */
export type ExporterChoice = ExporterName | SpanExporter | PipelineTarget;

/** Formats of the trace context between processes. */
export type PropagatorName = "tracecontext" | "baggage" | "b3" | "b3multi" | "jaeger" | "none";

/** Facts that can be added to the resource. */
export type ResourceDetectorName =
  | "host"
  | "os"
  | "process"
  | "container"
  | "kubernetes"
  | "env"
  | "serviceinstance"
  | "all"
  | "none";

/** How much is said on standard error. */
export type LogLevel = "none" | "error" | "warn" | "info" | "debug" | "verbose" | "all";

/** Where exceptions go: on spans as events (the default), to logs, or to both. */
export type ExceptionSignal = "events" | "logs" | "logs/dup";

/** The value of every setting by name; the name is the path of the option. Defaults and sources: the README's table. */
export interface SettingValues {
  readonly disabled: boolean;
  readonly serviceName: string;
  readonly serviceVersion: string | undefined;
  readonly serviceInstanceId: string | undefined;
  readonly environment: string | undefined;
  readonly resourceAttributes: Readonly<Record<string, string | number | boolean>>;
  readonly resourceDetectors: readonly ResourceDetectorName[];
  readonly exporter: readonly ExporterChoice[];
  readonly otlpEndpoint: string;
  readonly tracesUrl: string;
  readonly protocol: OtlpProtocol;
  readonly headers: Readonly<Record<string, string>>;
  readonly compression: "gzip" | "none";
  readonly exportTimeoutMs: number;
  readonly "tls.caFile": string | undefined;
  readonly "tls.certFile": string | undefined;
  readonly "tls.keyFile": string | undefined;
  readonly sampler: SamplerName | Sampler;
  readonly sampleRate: number;
  readonly samplingRules: readonly SamplingRule[];
  readonly "tail.keepErrors": boolean;
  readonly "tail.slowMs": number | undefined;
  readonly "tail.maxSpans": number;
  readonly "tail.maxAgeMs": number;
  readonly propagators: readonly PropagatorName[];
  readonly "limits.attributes": number;
  readonly "limits.attributeLength": number;
  readonly "limits.events": number;
  readonly "limits.links": number;
  readonly "limits.attributesPerEvent": number;
  readonly "limits.attributesPerLink": number;
  readonly "batch.maxQueueBytes": number;
  readonly "batch.maxQueueSpans": number;
  readonly "batch.maxBatchSpans": number;
  readonly "batch.maxBatchBytes": number;
  readonly "batch.scheduleDelayMs": number;
  readonly "batch.concurrency": number;
  readonly "retry.initialDelayMs": number;
  readonly "retry.maxDelayMs": number;
  readonly "retry.maxAgeMs": number;
  readonly "spool.directory": string | undefined;
  readonly "spool.maxBytes": number;
  readonly exitHandlers: boolean;
  readonly shutdownTimeoutMs: number;
  readonly exceptionSignal: ExceptionSignal;
  readonly logLevel: LogLevel;
}

/** The name of a setting. */
export type SettingName = keyof SettingValues;
