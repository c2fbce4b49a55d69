/** Sampling decisions by reason. */
export interface SamplingStats {
  /** Decisions to record and export. */
  readonly kept: Readonly<Record<string, number>>;
  /** Decisions not to export, including those of the tail option. */
  readonly dropped: Readonly<Record<string, number>>;
}

/** Counts decisions. Reasons are few and fixed by the configuration, so the maps stay small. */
export class DecisionCounts {
  readonly #kept = new Map<string, number>();
  readonly #dropped = new Map<string, number>();
  /** Spans that reached the sampler. */
  started = 0;
  #keptTotal = 0;
  #droppedTotal = 0;

  keep(reason: string, count = 1): void {
    this.#kept.set(reason, (this.#kept.get(reason) ?? 0) + count);
    this.#keptTotal += count;
  }

  drop(reason: string, count = 1): void {
    this.#dropped.set(reason, (this.#dropped.get(reason) ?? 0) + count);
    this.#droppedTotal += count;
  }

  get kept(): number {
    return this.#keptTotal;
  }

  get dropped(): number {
    return this.#droppedTotal;
  }

  stats(): SamplingStats {
    return { kept: Object.fromEntries(this.#kept), dropped: Object.fromEntries(this.#dropped) };
  }
}
