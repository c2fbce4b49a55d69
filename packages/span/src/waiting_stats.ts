import { copies } from "./_copies.ts";

/** What {@linkcode waitingStats} counts. */
export interface WaitingStats {
  /** Spans that are open because the result of their function is not consumed yet. */
  readonly waiting: number;
  /** Spans that were ended because nobody went on consuming the result, since the program began. */
  readonly abandoned: number;
}

/**
 * Counts the spans that wait for the consumer of a result, and those that waited in vain. A result counts as abandoned
 * when it was garbage collected, was not touched for five minutes, or when more than 10,000 wait.
 *
 * @returns The counts.
 *
 * @example Watch for results that nobody consumes
 * ```ts
 * import { waitingStats } from "@dcmx-tracing/span/kernel";
 *
 * console.assert(waitingStats().abandoned === 0);
 * ```
 */
export function waitingStats(): WaitingStats {
  const stats = { waiting: 0, abandoned: 0 };
  for (const copy of copies()) {
    const { waiting, abandoned } = copy.countCalls();
    stats.waiting += waiting;
    stats.abandoned += abandoned;
  }
  return stats;
}
