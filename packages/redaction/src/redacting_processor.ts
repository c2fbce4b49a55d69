import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { redactorOf } from "./_redactor_of.ts";
import type { Redactor } from "./create_redactor.ts";
import type { RedactionOptions } from "./redaction_options.ts";

/**
 * Wraps a span processor so that it receives redacted spans. For SDKs without `onEnding`, and for one processor
 * that must not see secrets while others may.
 *
 * @param processor The processor that exports.
 * @param options Options of redaction, or a redactor to share.
 * @returns A processor with the same behaviour otherwise.
 * @throws RangeError when an option cannot be meant.
 *
 * @example Wrap a processor
 * ```ts
 * import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
 * import { redactingProcessor } from "@dcmx-tracing/redaction";
 *
 * const processor = redactingProcessor(new SimpleSpanProcessor(new InMemorySpanExporter()));
 * await processor.shutdown();
 * ```
 */
export function redactingProcessor(
  processor: SpanProcessor,
  options: RedactionOptions | Redactor = {},
): SpanProcessor {
  const redactor = redactorOf(options);
  return {
    onStart: (span, context) => processor.onStart(span, context),
    ...(processor.onEnding === undefined ? {} : { onEnding: (span) => processor.onEnding?.(span) }),
    onEnd: (span: ReadableSpan) => processor.onEnd(redactor.redactSpan(span)),
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  };
}
