import type { Context } from "@opentelemetry/api";
import type { ReadableSpan, Span, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { overwriteSpan } from "./_overwrite_span.ts";
import { redactorOf } from "./_redactor_of.ts";
import type { Redactor } from "./create_redactor.ts";
import type { RedactionOptions } from "./redaction_options.ts";

/**
 * Redacts spans when they end, before any processor or exporter sees them, whatever the order of registration.
 * It needs an SDK that calls `onEnding` (2.x, experimental there); keep {@link redactingExporter} as the last line,
 * since another processor may still add attributes after this one.
 *
 * @example Redact for all processors at once
 * ```ts
 * import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
 * import { RedactionSpanProcessor } from "@dcmx-tracing/redaction";
 *
 * const provider = new BasicTracerProvider({ spanProcessors: [new RedactionSpanProcessor()] });
 * await provider.shutdown();
 * ```
 */
export class RedactionSpanProcessor implements SpanProcessor {
  /** The redactor in use, for its counters. */
  readonly redactor: Redactor;

  /**
   * @param options Options of redaction, or a redactor to share.
   * @throws RangeError when an option cannot be meant.
   */
  constructor(options: RedactionOptions | Redactor = {}) {
    this.redactor = redactorOf(options);
  }

  /** Does nothing: values are read when the span ends. */
  onStart(_span: Span, _parentContext: Context): void {}

  /** Redacts the span in place. Never throws. */
  onEnding(span: Span): void {
    overwriteSpan(span, this.redactor);
  }

  /** Does nothing: the span was redacted while it could still be written to. */
  onEnd(_span: ReadableSpan): void {}

  /** Nothing is held back. */
  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  /** Nothing is held. */
  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
