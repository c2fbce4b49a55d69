import { attributes, headers } from "./_key_values.ts";
import { exporters, SAMPLERS, sampler, samplingRules } from "./_option_parsers.ts";
import { flag, listOf, number, oneOf, ratio, text } from "./_parsers.ts";
import { type SettingDefinitions, setting } from "./_setting_definition.ts";
import type { OtlpProtocol } from "./setting_values.ts";

const OTLP = "OTEL_EXPORTER_OTLP_";
const both = (name: string): string[] => [`${OTLP}TRACES_${name}`, `${OTLP}${name}`];
const count = number({ min: 0, unit: "spans" });
const ms = number({ min: 0, unit: "ms" });
const bytes = number({ min: 1024, unit: "byte" });
const limit = number({ min: 0 });
const noText: string | undefined = undefined;
const noNumber: number | undefined = undefined;

/** Protocols by the names that people use for them. */
const protocol = oneOf<OtlpProtocol>("protocol.unknown", ["http/protobuf", "http/json", "grpc"], {
  http: "http/protobuf",
  "http-protobuf": "http/protobuf",
  http_protobuf: "http/protobuf",
  protobuf: "http/protobuf",
  "http-json": "http/json",
  http_json: "http/json",
  json: "http/json",
  "grpc/protobuf": "grpc",
});

/** Every setting. The order is that of the README's table, of error messages and of the doctor. */
export const DEFINITIONS: SettingDefinitions = {
  disabled: setting("Turns everything off: no provider is registered.", "boolean", false, flag, {
    env: ["OTEL_SDK_DISABLED"],
  }),
  serviceName: setting("Name of the service.", "text", "unknown_service:node", text, {
    env: ["OTEL_SERVICE_NAME"],
  }),
  serviceVersion: setting("Version of the service.", "text", noText, text),
  serviceInstanceId: setting("Identity of this process; a random UUID unless given.", "text", noText, text),
  environment: setting("Deployment environment, such as `production`.", "text", noText, text),
  resourceAttributes: setting("Further facts about this process.", "attributes", {}, attributes, {
    env: ["OTEL_RESOURCE_ATTRIBUTES"],
  }),
  resourceDetectors: setting(
    "Facts to detect: host, os, process, container, kubernetes, all, none.",
    "list",
    ["all"],
    // `env` and `serviceinstance` are names of the stock SDK for what is always done here.
    listOf("resource.detector", [
      "all",
      "none",
      "host",
      "os",
      "process",
      "container",
      "kubernetes",
      "env",
      "serviceinstance",
    ]),
    { env: ["OTEL_NODE_RESOURCE_DETECTORS"] },
  ),
  exporter: setting(
    "Where spans go: otlp, console, none, objects, or several.",
    "exporters",
    ["otlp"],
    exporters,
    {
      env: ["OTEL_TRACES_EXPORTER"],
    },
  ),
  otlpEndpoint: setting("Base URL of the collector.", "URL", "http://localhost:4318", text, {
    env: [`${OTLP}ENDPOINT`],
    alias: ["OTLP_ENDPOINT"],
  }),
  tracesUrl: setting(
    "Full URL for spans, used as it is; otherwise made from the base.",
    "URL",
    "http://localhost:4318/v1/traces",
    text,
    { env: [`${OTLP}TRACES_ENDPOINT`] },
  ),
  protocol: setting("http/protobuf, http/json or grpc.", "choice", "http/protobuf", protocol, {
    env: both("PROTOCOL"),
  }),
  headers: setting("Request headers, such as an API key.", "headers", {}, headers, {
    env: both("HEADERS"),
    secret: true,
  }),
  compression: setting("gzip or none.", "choice", "none", oneOf("compression.unknown", ["gzip", "none"]), {
    env: both("COMPRESSION"),
  }),
  exportTimeoutMs: setting("Bound of one export request.", "number", 10_000, number({ min: 1, unit: "ms" }), {
    env: both("TIMEOUT"),
    unit: "ms",
  }),
  "tls.caFile": setting("PEM file of the authority to trust.", "file", noText, text, {
    env: both("CERTIFICATE"),
  }),
  "tls.certFile": setting("PEM file of the client certificate (mTLS).", "file", noText, text, {
    env: both("CLIENT_CERTIFICATE"),
  }),
  "tls.keyFile": setting("PEM file of the client key (mTLS).", "file", noText, text, {
    env: both("CLIENT_KEY"),
  }),
  sampler: setting(
    `A sampler object or ${SAMPLERS.join(", ")}.`,
    "sampler",
    "parentbased_always_on",
    sampler,
    {
      env: ["OTEL_TRACES_SAMPLER"],
    },
  ),
  sampleRate: setting("Share of traces to keep, 0 to 1.", "number", 1, ratio, {
    env: ["OTEL_TRACES_SAMPLER_ARG"],
  }),
  samplingRules: setting("Rates by span name or attribute.", "rules", [], samplingRules),
  "tail.keepErrors": setting("Keeps traces with an error that the sampler dropped.", "boolean", false, flag, {
    env: ["DCMX_TRACING_KEEP_ERRORS"],
  }),
  "tail.slowMs": setting("Keeps traces whose root lasts at least this long.", "number", noNumber, ms, {
    env: ["DCMX_TRACING_KEEP_SLOWER_THAN"],
    unit: "ms",
  }),
  "tail.maxSpans": setting("Spans held while their trace is undecided.", "number", 5000, count, {
    unit: "spans",
  }),
  "tail.maxAgeMs": setting("Longest time a trace stays undecided.", "number", 60_000, ms, { unit: "ms" }),
  propagators: setting(
    "tracecontext, baggage, b3, b3multi, jaeger, none.",
    "list",
    ["tracecontext", "baggage"],
    listOf("propagators.unknown", ["tracecontext", "baggage", "b3", "b3multi", "jaeger", "none"]),
    { env: ["OTEL_PROPAGATORS"] },
  ),
  "limits.attributes": setting("Attributes of a span.", "number", 128, limit, {
    env: ["OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT", "OTEL_ATTRIBUTE_COUNT_LIMIT"],
  }),
  "limits.attributeLength": setting(
    "Length of a text attribute.",
    "number",
    Number.POSITIVE_INFINITY,
    limit,
    {
      env: ["OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT", "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT"],
      unit: "characters",
    },
  ),
  "limits.events": setting("Events of a span.", "number", 128, limit, {
    env: ["OTEL_SPAN_EVENT_COUNT_LIMIT"],
  }),
  "limits.links": setting("Links of a span.", "number", 128, limit, { env: ["OTEL_SPAN_LINK_COUNT_LIMIT"] }),
  "limits.attributesPerEvent": setting("Attributes of an event.", "number", 128, limit, {
    env: ["OTEL_EVENT_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_ATTRIBUTE_PER_EVENT_COUNT_LIMIT"],
  }),
  "limits.attributesPerLink": setting("Attributes of a link.", "number", 128, limit, {
    env: ["OTEL_LINK_ATTRIBUTE_COUNT_LIMIT", "OTEL_SPAN_ATTRIBUTE_PER_LINK_COUNT_LIMIT"],
  }),
  "batch.maxQueueBytes": setting("Memory for spans that wait.", "number", 33_554_432, bytes, {
    env: ["DCMX_TRACING_MAX_QUEUE_BYTES"],
    unit: "byte",
  }),
  "batch.maxQueueSpans": setting(
    "Spans that may wait.",
    "number",
    Number.POSITIVE_INFINITY,
    number({ min: 1, unit: "spans" }),
    { env: ["OTEL_BSP_MAX_QUEUE_SIZE"], unit: "spans" },
  ),
  "batch.maxBatchSpans": setting("Spans in one request.", "number", 512, number({ min: 1, unit: "spans" }), {
    env: ["OTEL_BSP_MAX_EXPORT_BATCH_SIZE"],
    unit: "spans",
  }),
  "batch.maxBatchBytes": setting("Bytes in one request.", "number", 262_144, bytes, { unit: "byte" }),
  "batch.scheduleDelayMs": setting("Longest wait of a span before it is sent.", "number", 1000, ms, {
    env: ["OTEL_BSP_SCHEDULE_DELAY"],
    unit: "ms",
  }),
  "batch.concurrency": setting(
    "Requests in flight at the same time.",
    "number",
    4,
    number({ min: 1, max: 64 }),
  ),
  "retry.initialDelayMs": setting("Wait before the first retry.", "number", 500, ms, { unit: "ms" }),
  "retry.maxDelayMs": setting("Longest wait between two attempts.", "number", 5000, ms, { unit: "ms" }),
  "retry.maxAgeMs": setting("Age at which an undelivered batch is given up.", "number", 300_000, ms, {
    env: ["OTEL_BSP_EXPORT_TIMEOUT"],
    unit: "ms",
  }),
  "spool.directory": setting("Directory for spans that cannot be delivered now.", "directory", noText, text, {
    env: ["DCMX_TRACING_SPOOL_DIRECTORY"],
  }),
  "spool.maxBytes": setting("Size of the spool.", "number", 67_108_864, bytes, {
    env: ["DCMX_TRACING_SPOOL_MAX_BYTES"],
    unit: "byte",
  }),
  exitHandlers: setting("Flushes when the process ends.", "boolean", true, flag, {
    env: ["DCMX_TRACING_EXIT_HANDLERS"],
  }),
  shutdownTimeoutMs: setting("Bound of flush and shutdown, and of the wait at exit.", "number", 5000, ms, {
    env: ["DCMX_TRACING_SHUTDOWN_TIMEOUT"],
    unit: "ms",
  }),
  exceptionSignal: setting(
    "Exceptions as span events, as logs, or logs/dup for both.",
    "choice",
    "events",
    oneOf("exceptions.signal", ["events", "logs", "logs/dup"]),
    { env: ["OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN"] },
  ),
  logLevel: setting(
    "What is said on standard error: none, error, warn, info, debug, verbose, all.",
    "choice",
    "info",
    oneOf("log.level", ["none", "error", "warn", "info", "debug", "verbose", "all"]),
    { env: ["OTEL_LOG_LEVEL"] },
  ),
};
