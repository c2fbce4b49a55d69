import { diag } from "@opentelemetry/api";
import type { Counters } from "./_counters.ts";

/** Kinds of trouble that are told apart in the log. */
export type Trouble = "exporter" | "loss" | "rejected" | "spool" | "unreachable";

/**
 * Says in the log what goes wrong, for a person to read: one line at the first failure of a kind, one summary a
 * minute while it lasts, one line when delivery works again. However often a target changes its mind, no kind gets
 * more than two lines a minute.
 */
export class TroubleReporter {
  readonly #name: string;
  readonly #counters: Counters;
  readonly #now: () => number;
  readonly #log = diag.createComponentLogger({ namespace: "@dcmx-tracing/core" });
  readonly #saidAt = new Map<Trouble, number>();
  #since = 0;
  #failures = 0;
  #recoveredAt = Number.NEGATIVE_INFINITY;
  #lostBefore = 0;
  #timer: NodeJS.Timeout | undefined;

  /**
   * @param name How the target is called in the log; without secrets.
   * @param counters Read for the summaries.
   * @param now Milliseconds of a clock that does not jump. Default: `performance.now()`.
   */
  constructor(name: string, counters: Counters, now: () => number = () => performance.now()) {
    this.#name = name;
    this.#counters = counters;
    this.#now = now;
  }

  /**
   * Notes a failure and says it unless a line of its kind was said within the last minute.
   *
   * @param kind What went wrong.
   * @param message What happened and what becomes of the spans, in one line.
   */
  report(kind: Trouble, message: string): void {
    const now = this.#now();
    if (this.#failures++ === 0) this.#since = now;
    // Once a period of trouble, and once a minute over all periods.
    const saidAt = this.#saidAt.get(kind) ?? Number.NEGATIVE_INFINITY;
    if (saidAt < this.#since && now - saidAt >= MINUTE) {
      this.#saidAt.set(kind, now);
      this.#say("warn", message);
    }
    if (this.#timer) return;
    this.#timer = setInterval(() => this.#summarise(), MINUTE);
    this.#timer.unref();
  }

  /** Notes that spans were delivered; says so if trouble was said before. */
  delivered(): void {
    if (this.#failures === 0) return;
    const now = this.#now();
    const failures = this.#failures;
    this.#failures = 0;
    clearInterval(this.#timer);
    this.#timer = undefined;
    const lost = this.#lost() - this.#lostBefore;
    // The next period begins here and not at its first failure: what that one costs is counted before it is reported.
    this.#lostBefore += lost;
    if (now - this.#recoveredAt < MINUTE) return;
    this.#recoveredAt = now;
    const seconds = Math.max(1, Math.round((now - this.#since) / 1000));
    const fate = lost === 0 ? "no span was lost" : `${counted(lost, "span")} lost`;
    this.#say("info", `delivery works again after ${seconds} s and ${counted(failures, "failure")}; ${fate}`);
  }

  /** Stops the summaries. */
  close(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #summarise(): void {
    const { queued, queuedBytes, lastError } = this.#counters;
    const lost = this.#lost() - this.#lostBefore;
    const seconds = Math.round((this.#now() - this.#since) / 1000);
    const waiting = `${queued} waiting in memory (${(queuedBytes / 1e6).toFixed(1)} MB)`;
    this.#say(
      "warn",
      `still failing after ${seconds} s: ${counted(this.#failures, "failure")}, ` +
        `${counted(lost, "span")} lost, ${waiting}; last: ${lastError?.message ?? "unknown"}`,
    );
  }

  #say(level: "info" | "warn", message: string): void {
    try {
      this.#log[level](`${this.#name}: ${message}`);
    } catch {
      // The logger is the application's: if it throws, there is nobody left to tell, and span.end() must not.
    }
  }

  #lost(): number {
    const { dropped, failed } = this.#counters;
    return [...Object.values(dropped), ...Object.values(failed)].reduce((sum, count) => sum + count, 0);
  }
}

const MINUTE = 60_000;

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
