/** What a flush waits for. */
export interface FlushMark {
  /** The last batch that existed when the flush began. */
  readonly sequence: number;
  /** Attempts that were made before the flush. */
  readonly attempts: number;
}

/** The flushes that wait, each for its own moment. */
export class FlushWaiters {
  #waiters: (FlushMark & { readonly resolve: () => void })[] = [];

  /** @returns A promise that {@link settle} resolves. */
  add(sequence: number, attempts: number): Promise<void> {
    return new Promise((resolve) => this.#waiters.push({ sequence, attempts, resolve }));
  }

  /** Resolves the flushes for which `isDone` holds. */
  settle(isDone: (mark: FlushMark) => boolean): void {
    if (this.#waiters.length === 0) return;
    this.#waiters = this.#waiters.filter((waiter) => {
      if (!isDone(waiter)) return true;
      waiter.resolve();
      return false;
    });
  }
}
