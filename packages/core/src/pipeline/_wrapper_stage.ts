import { AsyncResource } from "node:async_hooks";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import { callExporter, messageOf } from "./_call_exporter.ts";
import type { Counters } from "./_counters.ts";
import { estimateBytes } from "./_span_collector.ts";
import type { TroubleReporter } from "./_trouble_reporter.ts";

/**
 * Hands spans to a wrapper, such as a redacting exporter, in small slices and off the caller's tick.
 *
 * Spans are large as objects and small once encoded, so this stage keeps few: from {@link RELIEF_SPANS} on, a caller
 * that ends spans without ever yielding does a slice of the work itself. A slow asynchronous wrapper fills the
 * stage up to the bound of the queue; then the oldest spans go.
 */
export class WrapperStage {
  readonly #exporter: SpanExporter;
  readonly #counters: Counters;
  readonly #trouble: TroubleReporter;
  readonly #maxBytes: number;
  readonly #maxSpans: number;
  readonly #scope = new AsyncResource("dcmx-tracing.wrapper");
  readonly #idle = new Set<() => void>();
  #spans: ReadableSpan[] = [];
  #sizes: number[] = [];
  #head = 0;
  #bytes = 0;
  #busy = false;
  #scheduled = false;
  #abandoned = false;

  constructor(
    exporter: SpanExporter,
    counters: Counters,
    trouble: TroubleReporter,
    limits: { readonly maxQueueBytes: number; readonly maxQueueSpans: number },
  ) {
    this.#exporter = exporter;
    this.#counters = counters;
    this.#trouble = trouble;
    // Half of the bound: the other half is for what comes out, which is smaller and worth more.
    this.#maxBytes = limits.maxQueueBytes / 2;
    this.#maxSpans = limits.maxQueueSpans;
  }

  get #length(): number {
    return this.#spans.length - this.#head;
  }

  /** @param span An ended span. */
  add(span: ReadableSpan): void {
    let size: number;
    try {
      size = estimateBytes(span);
    } catch (error) {
      this.#counters.dropped["encode-error"]++;
      this.#trouble.report("loss", `a span cannot be read and was dropped: ${messageOf(error)}`);
      return;
    }
    this.#spans.push(span);
    this.#sizes.push(size);
    this.#bytes += size;
    this.#counters.queue(1, size);
    if (this.#length >= RELIEF_SPANS && this.#length % RELIEF_SLICE === 0 && !this.#busy)
      this.#work(RELIEF_SLICE);
    while (this.#length > 0 && this.#isFull()) this.#dropOldest();
    this.#schedule();
  }

  /** Resolves when the stage is empty and the wrapper has answered for everything. */
  drained(): Promise<void> {
    if (!this.#busy && this.#length === 0) return Promise.resolve();
    return new Promise((resolve) => this.#idle.add(resolve));
  }

  /** Hands on everything at once, as far as the wrapper works synchronously. */
  rush(): void {
    while (!this.#busy && this.#length > 0) this.#work(SLICE);
  }

  /** Gives up what still waits, and what the wrapper has not answered for. @returns Spans given up. */
  abandon(): number {
    const waiting = this.#length;
    while (this.#length > 0) this.#shift();
    this.#abandoned = true;
    const count = waiting + this.#counters.forsake();
    this.#counters.dropped.shutdown += count;
    return count;
  }

  #isFull(): boolean {
    return this.#bytes > this.#maxBytes || this.#length > this.#maxSpans;
  }

  #dropOldest(): void {
    this.#shift();
    this.#counters.dropped["queue-full"]++;
    this.#trouble.report("loss", "the queue is full: the oldest waiting spans are dropped and counted");
  }

  #shift(): ReadableSpan {
    // Called only when something waits, so both arrays have a value at the head.
    const span = this.#spans[this.#head] as ReadableSpan;
    const size = this.#sizes[this.#head] as number;
    this.#counters.queue(-1, -size);
    this.#bytes -= size;
    this.#head++;
    if (this.#head > 1024 && this.#head * 2 > this.#spans.length) {
      this.#spans = this.#spans.slice(this.#head);
      this.#sizes = this.#sizes.slice(this.#head);
      this.#head = 0;
    }
    return span;
  }

  #schedule(): void {
    if (this.#scheduled || this.#busy || this.#length === 0) return;
    this.#scheduled = true;
    this.#scope.runInAsyncScope(setImmediate, undefined, () => {
      this.#scheduled = false;
      const end = performance.now() + TURN_MS;
      while (!this.#busy && this.#length > 0 && performance.now() < end) this.#work(SLICE);
      this.#schedule();
    });
  }

  #work(most: number): void {
    const count = Math.min(most, this.#length);
    const slice = Array.from({ length: count }, () => this.#shift());
    const counters = this.#counters;
    const before = counters.unwrapped;
    counters.wrapped += count;
    counters.inWrapper += count;
    this.#busy = true;
    callExporter(this.#exporter, slice, (outcome) => {
      this.#busy = false;
      counters.inWrapper = Math.max(0, counters.inWrapper - count);
      // What was abandoned was counted then.
      if (outcome.kind !== "accepted" && !this.#abandoned) {
        const stuck = Math.max(0, count - (counters.unwrapped - before));
        counters.wrapped -= stuck;
        counters.failed.exporter += stuck;
        counters.lastError = { message: outcome.message, at: Date.now() };
        this.#trouble.report("exporter", `the exporter given by 'wrapExporter' failed: ${outcome.message}`);
      }
      this.#schedule();
      if (this.#length > 0) return;
      for (const resolve of this.#idle) resolve();
      this.#idle.clear();
    });
  }
}

const RELIEF_SPANS = 1024;
/** Spans that a caller hands on itself, and spans handed on at once off the caller's tick. */
const RELIEF_SLICE = 16;
const SLICE = 64;
const TURN_MS = 1;
