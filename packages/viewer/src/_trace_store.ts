import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";

/** The newest traces, in memory, bounded by the number of spans: the traces that grew longest ago go first. */
export class TraceStore {
  readonly #maxSpans: number;
  readonly #traces = new Map<string, ReadableSpan[]>();
  #spans = 0;
  /** Spans that were let go to keep within the bound. */
  dropped = 0;

  constructor(maxSpans: number) {
    this.#maxSpans = maxSpans;
  }

  /** How many spans are held. */
  get spans(): number {
    return this.#spans;
  }

  /** Takes spans in; their traces become the newest ones. */
  add(spans: readonly ReadableSpan[]): void {
    for (const span of spans) {
      const { traceId } = span.spanContext();
      const trace = this.#traces.get(traceId) ?? [];
      trace.push(span);
      this.#traces.delete(traceId);
      this.#traces.set(traceId, trace);
      this.#spans++;
    }
    while (this.#spans > this.#maxSpans) this.#forgetOldest();
  }

  /** The spans of one trace in the order of their arrival. */
  get(traceId: string): readonly ReadableSpan[] | undefined {
    return this.#traces.get(traceId);
  }

  /** The traces, the newest first. */
  list(): (readonly ReadableSpan[])[] {
    return [...this.#traces.values()].reverse();
  }

  #forgetOldest(): void {
    const [oldest] = this.#traces;
    if (oldest === undefined) return;
    const [traceId, spans] = oldest;
    // One trace alone over the bound loses its first spans rather than itself.
    const gone = this.#traces.size > 1 ? spans.length : this.#spans - this.#maxSpans;
    if (gone === spans.length) this.#traces.delete(traceId);
    else spans.splice(0, gone);
    this.#spans -= gone;
    this.dropped += gone;
  }
}
