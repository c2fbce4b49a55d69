import { backoffMs, type RetryPolicy } from "./_backoff.ts";

/** Whether a target answers, and when it may be tried again. Times are those of `performance.now()`. */
export class TargetHealth {
  readonly #policy: RetryPolicy;
  #failures = 0;
  #stale = 0;
  #blockedUntil = 0;
  #lastAttemptAt = Number.NEGATIVE_INFINITY;
  #asked = false;

  constructor(policy: RetryPolicy) {
    this.#policy = policy;
  }

  /** Whether the last answer was a failure worth a retry. */
  get failing(): boolean {
    return this.#failures > 0;
  }

  /** Milliseconds until the next attempt is allowed; 0 or less: now. */
  waitMs(now: number): number {
    return this.#blockedUntil - now;
  }

  /** Notes that a request leaves. */
  attempted(now: number): void {
    this.#lastAttemptAt = now;
  }

  /** Notes that the target answered, with a success or with a refusal. */
  answered(): void {
    this.#failures = 0;
    this.#stale = 0;
    this.#blockedUntil = 0;
    this.#asked = false;
  }

  /** Notes that the target failed. @param retryAfterMs What it asked for, else 0. */
  failed(now: number, retryAfterMs: number): void {
    // Requests that were in flight together fail together: that is one failure of the target.
    if (now >= this.#blockedUntil) this.#failures++;
    this.#asked = retryAfterMs > 0;
    const wait = backoffMs(this.#policy, this.#failures, retryAfterMs);
    this.#blockedUntil = Math.max(this.#blockedUntil, now + wait);
  }

  /**
   * Notes that a kept connection was found closed.
   *
   * @param connections Connections that can be in that state at once.
   * @returns Whether that explains it; from then on it counts as a failure.
   */
  isStale(connections: number): boolean {
    return this.#stale++ < connections;
  }

  /**
   * Lets the next attempt be soon, for somebody who waits; a wait that the collector asked for stays. It is not at
   * once: a program that flushes after each request must not hammer a collector that is down.
   */
  hurry(): void {
    if (this.#asked) return;
    this.#blockedUntil = Math.min(this.#blockedUntil, this.#lastAttemptAt + this.#policy.initialDelayMs);
  }
}
