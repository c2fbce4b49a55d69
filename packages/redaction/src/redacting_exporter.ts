import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import { guardedExport } from "./_guarded_export.ts";
import { redactorOf } from "./_redactor_of.ts";
import type { Redactor } from "./create_redactor.ts";
import type { RedactionOptions } from "./redaction_options.ts";

/** An exporter that redacts, and tells how many values it removed: the receipt of a tracing set-up may add them up. */
export interface RedactingSpanExporter extends SpanExporter {
  /** Values removed by its redactor so far. */
  stats(): { readonly redacted: number };
}

/**
 * Wraps an exporter so that every span is redacted before it is exported. This is the last place before the
 * wire: nothing added later escapes it. Spans without a secret are handed on as they are, others as copies; the
 * span that other processors hold is not changed.
 *
 * It fails closed: a span that cannot be examined is exported blank, and if the self-test at start fails,
 * every export is refused.
 *
 * @param exporter The exporter that sends the spans.
 * @param options Options of redaction, or a redactor to share with other wrappers.
 * @returns An exporter with the same behaviour otherwise.
 * @throws RangeError when an option cannot be meant.
 *
 * @example Wrap an exporter
 * ```ts
 * import { InMemorySpanExporter } from "@opentelemetry/sdk-trace-base";
 * import { redactingExporter } from "@dcmx-tracing/redaction";
 *
 * const exporter = redactingExporter(new InMemorySpanExporter());
 * await exporter.shutdown();
 * ```
 */
export function redactingExporter(
  exporter: SpanExporter,
  options: RedactionOptions | Redactor = {},
): RedactingSpanExporter {
  const redactor = redactorOf(options);
  return {
    export: guardedExport<ReadableSpan[]>(
      redactor,
      (spans) => spans.map((span) => redactor.redactSpan(span)),
      (spans, done) => exporter.export(spans, done),
    ),
    shutdown: () => exporter.shutdown(),
    forceFlush: () => exporter.forceFlush?.() ?? Promise.resolve(),
    stats: () => ({ redacted: Object.values(redactor.stats().hits).reduce((sum, hits) => sum + hits, 0) }),
  };
}
