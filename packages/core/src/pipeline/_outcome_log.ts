import type { Counters } from "./_counters.ts";
import type { Outcome } from "./_read_answer.ts";
import type { TroubleReporter } from "./_trouble_reporter.ts";

/** Puts outcomes into the counters and, where a person should know, into the log. */
export class OutcomeLog {
  readonly #counters: Counters;
  readonly #trouble: TroubleReporter;
  readonly #place: string;

  /**
   * @param counters The counters.
   * @param trouble The log.
   * @param place Where spans wait for another attempt, in words.
   */
  constructor(counters: Counters, trouble: TroubleReporter, place: string) {
    this.#counters = counters;
    this.#trouble = trouble;
    this.#place = place;
  }

  /** The target has `spans`, or most of them. */
  accepted(spans: number, { rejected, bytes, message }: Outcome & { kind: "accepted" }): void {
    const counters = this.#counters;
    counters.exported += spans - rejected;
    counters.failed.partial += rejected;
    counters.sentBytes += bytes;
    if (rejected === 0) this.#trouble.delivered();
    if (rejected === 0 && !message) return;
    const text = `the collector refused ${rejected} of ${spans} spans: ${message || "no reason given"}`;
    this.#note(text);
    this.#trouble.report("rejected", text);
  }

  /** The target does not have `spans` and will not get them. */
  failed(spans: number, { message, reason, status }: Outcome & { kind: "failed" }): void {
    this.#counters.failed[reason] += spans;
    this.#note(message, status);
    const kind = reason === "exporter" ? "exporter" : "rejected";
    const fate = `${spans} spans are lost and counted, as a retry would not help`;
    this.#trouble.report(kind, `cannot deliver: ${message}; ${fate}`);
  }

  /** The target failed; the spans wait for another attempt. */
  again({ message, status }: Outcome & { kind: "retry" }): void {
    this.#note(message, status);
    const fate = `spans wait ${this.#place} and are tried again`;
    this.#trouble.report("unreachable", `cannot deliver: ${message}; ${fate}`);
  }

  #note(message: string, status?: number): void {
    this.#counters.lastError = { message, at: Date.now(), ...(status !== undefined && { status }) };
  }
}
