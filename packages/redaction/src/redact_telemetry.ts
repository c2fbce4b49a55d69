import type { Attributes, TextMapPropagator } from "@opentelemetry/api";
import type { SpanExporter, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { redactorOf } from "./_redactor_of.ts";
import type { Redactor } from "./create_redactor.ts";
import { recordRedaction } from "./record_redaction.ts";
import { redactResource } from "./redact_resource.ts";
import { redactingExporter } from "./redacting_exporter.ts";
import { redactingPropagator } from "./redacting_propagator.ts";
import type { RedactionOptions } from "./redaction_options.ts";
import { RedactionSpanProcessor } from "./redaction_span_processor.ts";

/** The options of a tracing set-up that redaction takes part in; those of `initTracing` fit. */
export interface TelemetryOptions {
  readonly spanProcessors?: readonly SpanProcessor[];
  readonly wrapExporter?: (exporter: SpanExporter) => SpanExporter;
  readonly wrapPropagator?: (propagator: TextMapPropagator) => TextMapPropagator;
  readonly resourceAttributes?: Readonly<Attributes>;
}

/** The same options with redaction in them; a value of the resource may have become another text. */
export type RedactedTelemetryOptions<T> = Omit<T, keyof TelemetryOptions> &
  Required<Pick<TelemetryOptions, "spanProcessors" | "wrapExporter" | "wrapPropagator">> &
  (T extends { readonly resourceAttributes: infer R }
    ? { readonly resourceAttributes: { readonly [K in keyof R]: R[K] extends string ? string : R[K] } }
    : unknown);

/**
 * Adds redaction to the options of `initTracing`: a span processor in front of all others, the exporter wrapper as
 * the last place before the wire, the wrapper of the propagator, so that no secret leaves in baggage or trace state,
 * and a redacted resource, with one redactor behind them, whose counts are recorded as metrics with the global meter
 * provider, if there is one. For logs and metrics, which have set-ups of their own, hand the same redactor to
 * {@link redactingLogProcessor} and {@link redactMetricAttributes}.
 *
 * @param options The options of the tracing set-up.
 * @param redaction Options of redaction, or a redactor to share with logs, metrics and propagators.
 * @returns The same options with redaction in them.
 * @throws RangeError when an option cannot be meant.
 *
 * @example Compose with a tracing set-up
 * ```ts
 * import { redactTelemetry } from "@dcmx-tracing/redaction";
 *
 * const options = redactTelemetry({ serviceName: "mint-api", resourceAttributes: { "api.key": "a8Kd02mfPq71Zx" } });
 * console.assert(options.serviceName === "mint-api" && options.resourceAttributes?.["api.key"] === "[REDACTED]");
 * ```
 */
export function redactTelemetry<const T extends object>(
  options: T & TelemetryOptions,
  redaction: RedactionOptions | Redactor = {},
): RedactedTelemetryOptions<T> {
  const redactor = redactorOf(redaction);
  recordRedaction(redactor);
  const { spanProcessors = [], resourceAttributes } = options;
  const { wrapExporter = (exporter) => exporter, wrapPropagator = (propagator) => propagator } = options;
  const redacted = {
    ...options,
    spanProcessors: [new RedactionSpanProcessor(redactor), ...spanProcessors],
    // Wrappers of the user stay outside, so that what they add is redacted too.
    wrapExporter: (exporter: SpanExporter) => wrapExporter(redactingExporter(exporter, redactor)),
    // What they write into headers passes here last.
    wrapPropagator: (propagator: TextMapPropagator) =>
      redactingPropagator(wrapPropagator(propagator), redactor),
    ...(resourceAttributes === undefined
      ? {}
      : { resourceAttributes: redactResource({ ...resourceAttributes }, redactor) }),
  };
  // What the resource holds has the same keys, and texts where texts were.
  return redacted as RedactedTelemetryOptions<T>;
}
