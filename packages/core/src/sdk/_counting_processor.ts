import type { ReadableSpan, SpanProcessor } from "@opentelemetry/sdk-trace-base";

/** Counts the spans that are handed to the exporters. */
export class CountingProcessor implements SpanProcessor {
  /** Spans that ended and are exported. */
  ended = 0;

  onStart(): void {}

  onEnd(span: ReadableSpan): void {
    if (span.spanContext().traceFlags & 1) this.ended++;
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
