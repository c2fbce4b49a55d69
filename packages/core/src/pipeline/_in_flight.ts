import type { Counters } from "./_counters.ts";
import type { Item } from "./_memory_queue.ts";
import type { Batch } from "./_span_batcher.ts";

/** The batches that were sent and not answered for. */
export class InFlight<B extends Batch> {
  readonly #items: Set<Item<B>> = new Set();
  readonly #counters: Counters;

  constructor(counters: Counters) {
    this.#counters = counters;
  }

  /** Batches in flight. */
  get size(): number {
    return this.#items.size;
  }

  /** Those that came from memory, in the order they were sent. */
  get fromMemory(): Item<B>[] {
    return [...this.#items].filter(({ spooled }) => !spooled);
  }

  has(item: Item<B>): boolean {
    return this.#items.has(item);
  }

  add(item: Item<B>): void {
    this.#items.add(item);
    this.#counters.inFlight += item.batch.spans;
  }

  /** @returns Whether it was there: it is not when nobody waits for its answer any more. */
  remove(item: Item<B>): boolean {
    if (!this.#items.delete(item)) return false;
    this.#counters.inFlight -= item.batch.spans;
    return true;
  }

  /** Waits for no answer about these any more; whoever has them may send them again. */
  forget(items: readonly Item<B>[] = [...this.#items]): readonly Item<B>[] {
    for (const item of items) {
      if (this.remove(item)) this.#counters.maxDuplicates += item.batch.spans;
    }
    return items;
  }
}
