import { diag } from "@opentelemetry/api";

/** Counters of a redactor: how often, by rule and place; never what. */
export interface RedactionStats {
  /** Removals, by `rule surface`. */
  readonly hits: Readonly<Record<string, number>>;
  /** Faults that made a value or a span blank. */
  readonly failures: number;
  /** Values whose tail was dropped unread. */
  readonly truncated: number;
  /** Spans that were read. */
  readonly spans: number;
}

/** Where a text stood; `value` is one that a program handed to the engine itself. */
export type RedactionSurface =
  | "attribute"
  | "baggage"
  | "event"
  | "link"
  | "log"
  | "metric"
  | "name"
  | "resource"
  | "scope"
  | "status"
  | "tracestate"
  | "value";

/** Told of each count: what happened, which rule, where. Never the value. */
export type RedactionListener = (
  kind: "hit" | "failure" | "truncated",
  rule: string,
  surface: RedactionSurface,
) => void;

/** Told how long the redaction of a span took, in seconds: of one span in sixty-one. */
export type RedactionTimer = (seconds: number) => void;

/** Who is told. */
interface Observer {
  readonly listener: RedactionListener;
  readonly timer: RedactionTimer | undefined;
}

/** Odd, so that a span that is read twice, by a processor and by an exporter, is not always timed in the same place. */
const TIMED = 61;

/** Collects the counters and reports each cause of trouble once. */
export class Audit {
  readonly #hits = new Map<string, number>();
  readonly #reported = new Set<string>();
  #failures = 0;
  #truncated = 0;
  readonly #observers = new Set<Observer>();
  spans = 0;

  /** Tells somebody of each count, until the returned function is called. */
  observe(listener: RedactionListener, timer: RedactionTimer | undefined): () => void {
    const observer = { listener, timer };
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  /** Counts a span; true when its time is wanted. The clock is too dear to be asked for each. */
  span(): boolean {
    return this.spans++ % TIMED === 0 && this.#observers.size > 0;
  }

  /** Tells the time that a span took. */
  time(seconds: number): void {
    this.#each(({ timer }) => timer?.(seconds));
  }

  hit(rule: string, surface: RedactionSurface): void {
    const name = `${rule} ${surface}`;
    this.#hits.set(name, (this.#hits.get(name) ?? 0) + 1);
    this.#tell("hit", rule, surface);
  }

  failure(rule: string, surface: RedactionSurface, error: unknown): void {
    this.#failures++;
    this.#tell("failure", rule, surface);
    const type = error instanceof Error ? error.name : typeof error;
    const cause = `${rule} ${surface} ${type}`;
    if (this.#reported.has(cause) || this.#reported.size > 100) return;
    this.#reported.add(cause);
    // The message of the error may quote the value, so only its type is told.
    diag.warn(
      `Redaction failed closed: rule ${rule}, ${surface}, ${type}. Further failures of this kind are only counted.`,
    );
  }

  truncation(surface: RedactionSurface): void {
    this.#truncated++;
    this.#tell("truncated", "length", surface);
  }

  stats(): RedactionStats {
    return {
      hits: Object.fromEntries(this.#hits),
      failures: this.#failures,
      truncated: this.#truncated,
      spans: this.spans,
    };
  }

  #tell(...count: Parameters<RedactionListener>): void {
    this.#each(({ listener }) => listener(...count));
  }

  #each(tell: (observer: Observer) => void): void {
    for (const observer of this.#observers) {
      try {
        tell(observer);
      } catch {
        // A broken meter must neither keep a secret from being removed nor blank a span.
      }
    }
  }
}
