import { TraceFlags } from "@opentelemetry/api";
import { rememberCreation } from "./_creation_order.ts";
import type { ReadableSpan, SpanProcessor } from "./_sdk.ts";

/** Keeps every sampled span: the open ones in start order, the finished ones in end order. */
export class CollectingProcessor implements SpanProcessor {
  readonly #open = new Set<ReadableSpan>();
  #finished: ReadableSpan[] = [];

  onStart(span: ReadableSpan): void {
    rememberCreation(span);
    this.#open.add(span);
  }

  onEnd(span: ReadableSpan): void {
    this.#open.delete(span);
    // Exporters see sampled spans only: a span that is merely recorded stays invisible here as well.
    if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0) {
      this.#finished.push(span);
    }
  }

  finished(): ReadableSpan[] {
    return [...this.#finished];
  }

  open(): ReadableSpan[] {
    return [...this.#open];
  }

  reset(): void {
    this.#open.clear();
    this.#finished = [];
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }
}
