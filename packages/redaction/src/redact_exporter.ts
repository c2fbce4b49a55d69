import type { SpanExporter } from "@opentelemetry/sdk-trace-base";
import type { Redactor } from "./create_redactor.ts";
import { type RedactingSpanExporter, redactingExporter } from "./redacting_exporter.ts";
import type { RedactionOptions } from "./redaction_options.ts";

/**
 * The curried form of {@link redactingExporter}, for the option `wrapExporter` of `initTracing`.
 *
 * @param options Options of redaction, or a redactor to share with other wrappers.
 * @returns A function that wraps an exporter.
 *
 * @example Wrap whatever exporter there will be
 * ```ts
 * import { InMemorySpanExporter } from "@opentelemetry/sdk-trace-base";
 * import { redactExporter } from "@dcmx-tracing/redaction";
 *
 * const wrapExporter = redactExporter({ signatures: "keep" });
 * await wrapExporter(new InMemorySpanExporter()).shutdown();
 * ```
 */
export function redactExporter(
  options: RedactionOptions | Redactor = {},
): (exporter: SpanExporter) => RedactingSpanExporter {
  return (exporter) => redactingExporter(exporter, options);
}
