import type { Counters } from "./_counters.ts";
import type { Batch } from "./_span_batcher.ts";
import type { TroubleReporter } from "./_trouble_reporter.ts";

/** A batch on its way. */
export interface Item<B extends Batch> {
  readonly batch: B;
  /** Counts batches in the order they were added; 0 for those from the spool. */
  readonly sequence: number;
  readonly madeAt: number;
  readonly spooled: boolean;
  attempts: number;
}

/** A place beside the memory queue where batches wait out an outage: the spool. */
export interface Overflow<B extends Batch> {
  /** Spans that wait there. */
  readonly spans: number;
  /** Whether more may turn up there by itself. */
  readonly recovering: boolean;
  /** Takes a batch over. @returns Whether it did. */
  put(batch: B): boolean;
  /** The oldest batch that waits there, or `undefined`. It stays until {@link remove}. */
  peek(): B | undefined;
  /** Forgets the batch that {@link peek} gave. */
  remove(): void;
}

/** Batches that wait in memory, oldest first, within bounds: what does not fit moves to the overflow or is dropped. */
export class MemoryQueue<B extends Batch> {
  readonly #limits: { readonly maxQueueBytes: number; readonly maxQueueSpans: number };
  readonly #counters: Counters;
  readonly #trouble: TroubleReporter;
  readonly #overflow: Overflow<B> | undefined;
  #items: Item<B>[] = [];

  constructor(
    limits: { readonly maxQueueBytes: number; readonly maxQueueSpans: number },
    counters: Counters,
    trouble: TroubleReporter,
    overflow: Overflow<B> | undefined,
  ) {
    this.#limits = limits;
    this.#counters = counters;
    this.#trouble = trouble;
    this.#overflow = overflow;
  }

  /** Sequence of the oldest batch, infinite when there is none. */
  get oldest(): number {
    return this.#items[0]?.sequence ?? Number.POSITIVE_INFINITY;
  }

  /** Puts a batch in its place by sequence; its spans are counted as queued already. */
  add(item: Item<B>): void {
    // Many waiting batches mean a burst or an outage: then space is worth more than the time to compress.
    if (this.#counters.queuedBytes > PACK_BYTES) this.#counters.queue(0, -(item.batch.pack?.() ?? 0));
    const last = this.#items.at(-1);
    if (!last || last.sequence < item.sequence) this.#items.push(item);
    else {
      const at = this.#items.findIndex(({ sequence }) => sequence > item.sequence);
      this.#items.splice(at, 0, item);
    }
    this.#makeRoom();
  }

  /** Takes the oldest batch out; its spans stay counted until {@link release}. */
  shift(): Item<B> | undefined {
    return this.#items.shift();
  }

  /** Takes everything out. */
  clear(): Item<B>[] {
    const items = this.#items;
    this.#items = [];
    return items;
  }

  /** Counts a batch out of the queue it was in: memory or overflow. */
  release({ batch, spooled }: Item<B>): void {
    if (spooled) this.#overflow?.remove();
    else this.#counters.queue(-batch.spans, -batch.bytes);
  }

  /** Moves a batch that is not in the queue (any more) to the overflow. @returns Whether it is there now. */
  spill(item: Item<B>): boolean {
    if (!this.#overflow?.put(item.batch)) return false;
    this.release(item);
    return true;
  }

  /** Moves the oldest batch to the overflow. @returns Spans that were moved, 0 when there are none or it is full. */
  spillOldest(): number {
    const item = this.#items[0];
    if (!item || !this.spill(item)) return 0;
    this.#items.shift();
    return item.batch.spans;
  }

  /** Gives up batches made before `time`. */
  expire(time: number): void {
    for (let item = this.#items[0]; item && item.madeAt < time; item = this.#items[0]) {
      this.#items.shift();
      this.release(item);
      this.#counters.failed.expired += item.batch.spans;
      this.#trouble.report("loss", "spans older than the retry budget are given up and counted");
    }
  }

  #makeRoom(): void {
    const { maxQueueBytes, maxQueueSpans } = this.#limits;
    const counters = this.#counters;
    while (counters.queuedBytes > maxQueueBytes || counters.queued > maxQueueSpans) {
      const oldest = this.#items.shift();
      if (!oldest) return;
      if (this.spill(oldest)) continue;
      this.release(oldest);
      counters.dropped["queue-full"] += oldest.batch.spans;
      this.#trouble.report("loss", "the queue is full: the oldest waiting spans are dropped and counted");
    }
  }
}

/** From here on batches are compressed while they wait. */
const PACK_BYTES = 8 * 1024 * 1024;
