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

/** Told of each count: what happened, which rule, where. Never the value. */
export type RedactionListener = (
  kind: "hit" | "failure" | "truncated",
  rule: string,
  surface: string,
) => void;

/** Collects the counters and reports each cause of trouble once. */
export class Audit {
  readonly #hits = new Map<string, number>();
  readonly #reported = new Set<string>();
  #failures = 0;
  #truncated = 0;
  spans = 0;
  /** Called on each count; the metrics of redaction hang here. */
  listener: RedactionListener | undefined;

  hit(rule: string, surface: string): void {
    const name = `${rule} ${surface}`;
    this.#hits.set(name, (this.#hits.get(name) ?? 0) + 1);
    this.#tell("hit", rule, surface);
  }

  failure(rule: string, surface: string, error: unknown): void {
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

  truncation(surface: string): void {
    this.#truncated++;
    this.#tell("truncated", "length", surface);
  }

  /** A copy that tells nobody, for dry runs. */
  silent(): Audit {
    return new Audit();
  }

  stats(): RedactionStats {
    return {
      hits: Object.fromEntries(this.#hits),
      failures: this.#failures,
      truncated: this.#truncated,
      spans: this.spans,
    };
  }

  #tell(kind: "hit" | "failure" | "truncated", rule: string, surface: string): void {
    try {
      this.listener?.(kind, rule, surface);
    } catch {
      // A broken meter must not keep a secret from being removed.
    }
  }
}
