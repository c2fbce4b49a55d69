import { DEFINITIONS } from "./_definitions.ts";
import { didYouMean } from "./_did_you_mean.ts";
import type { Environment } from "./_read_settings.ts";
import type { ConfigNote } from "./config_note.ts";

const OTLP_PARTS = [
  "ENDPOINT",
  "PROTOCOL",
  "HEADERS",
  "COMPRESSION",
  "TIMEOUT",
  "CERTIFICATE",
  "CLIENT_CERTIFICATE",
  "CLIENT_KEY",
  "INSECURE",
];

// Names of the specification and of the Node packages that somebody else reads: known, so never a spelling mistake.
const READ_BY_OTHERS = [
  "OTEL_METRICS_EXPORTER",
  "OTEL_LOGS_EXPORTER",
  "OTEL_METRIC_EXPORT_INTERVAL",
  "OTEL_METRIC_EXPORT_TIMEOUT",
  "OTEL_METRICS_EXEMPLAR_FILTER",
  "OTEL_EXPORTER_PROMETHEUS_HOST",
  "OTEL_EXPORTER_PROMETHEUS_PORT",
  "OTEL_BLRP_SCHEDULE_DELAY",
  "OTEL_BLRP_EXPORT_TIMEOUT",
  "OTEL_BLRP_MAX_QUEUE_SIZE",
  "OTEL_BLRP_MAX_EXPORT_BATCH_SIZE",
  "OTEL_LOGRECORD_ATTRIBUTE_COUNT_LIMIT",
  "OTEL_LOGRECORD_ATTRIBUTE_VALUE_LENGTH_LIMIT",
  "OTEL_SEMCONV_STABILITY_OPT_IN",
  "OTEL_NODE_ENABLED_INSTRUMENTATIONS",
  "OTEL_NODE_DISABLED_INSTRUMENTATIONS",
  "OTEL_CONFIG_FILE",
  "OTEL_EXPERIMENTAL_CONFIG_FILE",
  "OTEL_ENTITIES",
  ...["METRICS_", "LOGS_", "PROFILES_"].flatMap((signal) =>
    OTLP_PARTS.map((part) => `OTEL_EXPORTER_OTLP_${signal}${part}`),
  ),
  "OTEL_EXPORTER_OTLP_INSECURE",
  "OTEL_EXPORTER_OTLP_TRACES_INSECURE",
  "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
  "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION",
];

const OWN = Object.values(DEFINITIONS).flatMap(({ env, alias }) => [...env, ...alias]);
const READ_ELSEWHERE = ["DCMX_TRACING_INSTRUMENTATIONS", "DCMX_TRACING_DOCTOR_FILE"];

/**
 * Notes for variables that look like a known one and are not, and for exporters that were removed from OpenTelemetry.
 *
 * @param env The variables.
 */
export function unknownVariableNotes(env: Environment): ConfigNote[] {
  const known = new Set([...OWN, ...READ_BY_OTHERS, ...READ_ELSEWHERE]);
  const notes: ConfigNote[] = [];
  for (const name of Object.keys(env).sort()) {
    if (!/^(OTEL|OTLP|DCMX_TRACING)_/i.test(name) || known.has(name) || !env[name]) continue;
    if (/^OTEL_EXPORTER_(JAEGER|ZIPKIN)_/.test(name)) {
      notes.push(
        note(
          "removed",
          name,
          `${name} belongs to an exporter that OpenTelemetry removed: send OTLP, which Jaeger and Zipkin's collectors take, with OTEL_EXPORTER_OTLP_ENDPOINT`,
        ),
      );
      continue;
    }
    const guess = didYouMean(name, known);
    if (guess !== undefined)
      notes.push(note("unknown", name, `${name} is not a known variable: did you mean ${guess}?`));
  }
  return notes;
}

function note(code: string, setting: string, message: string): ConfigNote {
  return { code: `variable.${code}`, level: "warn", setting, message };
}
