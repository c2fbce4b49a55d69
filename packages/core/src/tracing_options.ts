import type { ContextManager, TextMapPropagator, TracerProvider } from "@opentelemetry/api";
import type { IdGenerator, Sampler, SpanExporter, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type {
  ExceptionSignal,
  ExporterChoice,
  LogLevel,
  OtlpProtocol,
  PropagatorName,
  ResourceDetectorName,
  SamplerName,
} from "./config/setting_values.ts";
import type { BatchOptions, RetryOptions, SpoolOptions } from "./pipeline/pipeline_options.ts";
import type { SamplingRule } from "./sampling/sampling_rule.ts";

/** The part of an OpenTelemetry instrumentation that core uses; every `InstrumentationBase` has it. */
export interface TracingInstrumentation {
  /** Name of the instrumentation. */
  readonly instrumentationName: string;
  /** Takes the provider whose tracers it uses. */
  setTracerProvider(provider: TracerProvider): void;
  /** Starts patching. */
  enable(): void;
  /** Stops patching. */
  disable(): void;
}

/** The part of an OpenTelemetry `LoggerProvider` that core uses for exceptions as logs. */
export interface ExceptionLoggerProvider {
  /** @param name Name of the instrumentation scope. */
  getLogger(name: string, version?: string): { emit(record: Record<string, unknown>): void };
}

/** TLS files, PEM encoded. */
export interface TlsOptions {
  /** Authority to trust in place of the system's. */
  readonly caFile?: string;
  /** Client certificate for mutual TLS; needs `keyFile`. */
  readonly certFile?: string;
  /** Key of the client certificate. */
  readonly keyFile?: string;
}

/** Keeps traces that the sampler dropped, decided when their local root ends. */
export interface TailOptions {
  /** Keeps traces in which a span ended with an error. @default false */
  readonly keepErrors?: boolean;
  /** Keeps traces whose local root lasts at least so many milliseconds. @default undefined */
  readonly slowMs?: number;
  /** Spans held while their trace is undecided; the oldest trace goes when it is full. @default 5000 */
  readonly maxSpans?: number;
  /** Longest time in milliseconds that a trace stays undecided. @default 60_000 */
  readonly maxAgeMs?: number;
}

/** Bounds of what one span may hold. */
export interface LimitOptions {
  /** Attributes of a span. @default 128 */
  readonly attributes?: number;
  /** Length of a text attribute in characters. @default Infinity */
  readonly attributeLength?: number;
  /** Events of a span. @default 128 */
  readonly events?: number;
  /** Links of a span. @default 128 */
  readonly links?: number;
  /** Attributes of an event. @default 128 */
  readonly attributesPerEvent?: number;
  /** Attributes of a link. @default 128 */
  readonly attributesPerLink?: number;
}

/** Options of {@link initTracing}. Every one of them wins over the variable of the same meaning. */
export interface TracingOptions {
  /** Turns everything off. @default false (`OTEL_SDK_DISABLED`) */
  readonly disabled?: boolean;
  /** Name of the service. @default "unknown_service:node" (`OTEL_SERVICE_NAME`) */
  readonly serviceName?: string;
  /** Version of the service. @default undefined (`service.version` in `OTEL_RESOURCE_ATTRIBUTES`) */
  readonly serviceVersion?: string;
  /** Identity of this process. @default a random UUID */
  readonly serviceInstanceId?: string;
  /** Deployment environment. @default undefined (`deployment.environment.name` in `OTEL_RESOURCE_ATTRIBUTES`) */
  readonly environment?: string;
  /** Further facts about this process; they win over detected ones. @default {} (`OTEL_RESOURCE_ATTRIBUTES`) */
  readonly resourceAttributes?: Readonly<Record<string, string | number | boolean>>;
  /** Which facts to detect. @default ["all"] (`OTEL_NODE_RESOURCE_DETECTORS`) */
  readonly resourceDetectors?: readonly ResourceDetectorName[];
  /** Where spans go; several are served independently. @default "otlp" (`OTEL_TRACES_EXPORTER`) */
  readonly exporter?: ExporterChoice | readonly ExporterChoice[];
  /** Base URL of the collector. @default "http://localhost:4318" (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTLP_ENDPOINT`) */
  readonly otlpEndpoint?: string;
  /** Full URL for spans, used as it is. @default otlpEndpoint + "/v1/traces" (`OTEL_EXPORTER_OTLP_TRACES_ENDPOINT`) */
  readonly tracesUrl?: string;
  /** How spans travel. @default "http/protobuf", or "grpc" on port 4317 (`OTEL_EXPORTER_OTLP_PROTOCOL`) */
  readonly protocol?: OtlpProtocol;
  /** Request headers. Never printed. @default {} (`OTEL_EXPORTER_OTLP_HEADERS`) */
  readonly headers?: Readonly<Record<string, string>>;
  /** Compression of request bodies. @default "none" (`OTEL_EXPORTER_OTLP_COMPRESSION`) */
  readonly compression?: "gzip" | "none";
  /** Bound of one export request in milliseconds. @default 10_000 (`OTEL_EXPORTER_OTLP_TIMEOUT`) */
  readonly exportTimeoutMs?: number;
  /** TLS files. @default {} (`OTEL_EXPORTER_OTLP_CERTIFICATE`, `..._CLIENT_CERTIFICATE`, `..._CLIENT_KEY`) */
  readonly tls?: TlsOptions;
  /** Sampler by name or as an object. @default "parentbased_always_on" (`OTEL_TRACES_SAMPLER`) */
  readonly sampler?: SamplerName | Sampler;
  /** Share of traces to keep; alone it means `parentbased_traceidratio`. @default 1 (`OTEL_TRACES_SAMPLER_ARG`) */
  readonly sampleRate?: number;
  /** Rates by span name or attribute, for local roots. @default [] */
  readonly samplingRules?: readonly SamplingRule[];
  /** Keeps errors and slow traces that the sampler dropped. @default {} */
  readonly tail?: TailOptions;
  /** Formats of the trace context between processes. @default ["tracecontext", "baggage"] (`OTEL_PROPAGATORS`) */
  readonly propagators?: readonly PropagatorName[];
  /** Bounds of what one span may hold. @default {} (`OTEL_SPAN_*_LIMIT`) */
  readonly limits?: LimitOptions;
  /** How spans are gathered and sent. @default {} (`OTEL_BSP_*`) */
  readonly batch?: BatchOptions;
  /** How long delivery is tried again. @default {} */
  readonly retry?: Pick<RetryOptions, "initialDelayMs" | "maxDelayMs" | "maxAgeMs">;
  /** Keeps undelivered spans on disk. @default none (`DCMX_TRACING_SPOOL_DIRECTORY`) */
  readonly spool?: Pick<SpoolOptions, "directory" | "maxBytes">;
  /** Flushes when the process ends. @default true (`DCMX_TRACING_EXIT_HANDLERS`) */
  readonly exitHandlers?: boolean;
  /** Bound of flush, shutdown and the wait at exit, in milliseconds. @default 5000 */
  readonly shutdownTimeoutMs?: number;
  /** Where exceptions go. @default "events" (`OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN`) */
  readonly exceptionSignal?: ExceptionSignal;
  /** Takes the exceptions when `exceptionSignal` names logs. @default the globally registered one */
  readonly loggerProvider?: ExceptionLoggerProvider;
  /** What is said on standard error, unless a `diag` logger is already set. @default "info" (`OTEL_LOG_LEVEL`) */
  readonly logLevel?: LogLevel;
  /** Instrumentations; they are given the provider and enabled before `initTracing` returns. @default [] */
  readonly instrumentations?: readonly (TracingInstrumentation | readonly TracingInstrumentation[])[];
  /** Processors that run before the export. @default [] */
  readonly spanProcessors?: readonly SpanProcessor[];
  /** Wraps every exporter, for example for redaction. @default the exporter itself */
  readonly wrapExporter?: (exporter: SpanExporter) => SpanExporter;
  /** A propagator object in place of `propagators`. @default undefined */
  readonly propagator?: TextMapPropagator;
  /** Wraps the propagator, for example so that no secret leaves in baggage. @default the propagator itself */
  readonly wrapPropagator?: (propagator: TextMapPropagator) => TextMapPropagator;
  /** Carries the active context. @default an AsyncLocalStorage context manager */
  readonly contextManager?: ContextManager;
  /** Makes trace and span ids. @default 128 and 64 random bits from the system's generator */
  readonly idGenerator?: IdGenerator;
}
