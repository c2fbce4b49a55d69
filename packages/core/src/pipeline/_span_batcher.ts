import { AsyncResource } from "node:async_hooks";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { messageOf } from "./_call_exporter.ts";
import type { Counters } from "./_counters.ts";
import { timerMs } from "./_timer_ms.ts";
import type { TroubleReporter } from "./_trouble_reporter.ts";

/** What travels together, whatever its form. */
export interface Batch {
  readonly spans: number;
  /** Bytes held in memory. */
  readonly bytes: number;
  /** Compresses what is held, where that can be done. @returns Bytes saved. */
  pack?(): number;
}

/** Something that gathers spans until they are taken as a batch. */
export interface Gatherer<B extends Batch> {
  readonly spans: number;
  readonly bytes: number;
  add(span: ReadableSpan): void;
  take(): B;
}

/** Bounds of one batch. */
export interface BatchLimits {
  readonly maxBatchSpans: number;
  readonly maxBatchBytes: number;
  readonly scheduleDelayMs: number;
}

/** Cuts the stream of ended spans into batches: by count, by bytes, and by age. */
export class SpanBatcher<B extends Batch> {
  readonly #gatherer: Gatherer<B>;
  readonly #limits: BatchLimits;
  readonly #counters: Counters;
  readonly #trouble: TroubleReporter;
  readonly #deliver: (batch: B) => void;
  // Timers are made in this scope, else each would keep the context of the request that ended the span.
  readonly #scope = new AsyncResource("dcmx-tracing.batcher");
  #timer: NodeJS.Timeout | undefined;

  constructor(
    gatherer: Gatherer<B>,
    limits: BatchLimits,
    counters: Counters,
    trouble: TroubleReporter,
    deliver: (batch: B) => void,
  ) {
    this.#gatherer = gatherer;
    this.#limits = limits;
    this.#counters = counters;
    this.#trouble = trouble;
    this.#deliver = deliver;
  }

  /**
   * Takes an ended span. It never throws.
   *
   * @param span The span.
   */
  add(span: ReadableSpan): void {
    const gatherer = this.#gatherer;
    const before = gatherer.bytes;
    try {
      gatherer.add(span);
    } catch (error) {
      this.#counters.dropped["encode-error"]++;
      this.#trouble.report("loss", `a span cannot be encoded and was dropped: ${messageOf(error)}`);
      return;
    }
    this.#counters.queue(1, gatherer.bytes - before);
    const { maxBatchSpans, maxBatchBytes, scheduleDelayMs } = this.#limits;
    if (gatherer.spans >= maxBatchSpans || gatherer.bytes >= maxBatchBytes) this.seal();
    else if (!this.#timer) {
      this.#timer = this.#scope.runInAsyncScope(
        setTimeout,
        undefined,
        () => this.seal(),
        timerMs(scheduleDelayMs),
      );
      this.#timer.unref();
    }
  }

  /** Hands on what was gathered so far. */
  seal(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#gatherer.spans > 0) this.#deliver(this.#gatherer.take());
  }
}
