import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";

/** A trace that has open spans. */
export interface OpenTrace {
  /** The finished spans by the place of their start, so that they can be drawn in that order. */
  readonly finished: ReadableSpan[];
  /** The ids of the spans that are open, in start order. */
  readonly open: Map<string, number>;
  /** Spans that ended or started beyond a cap, and are not shown. */
  dropped: number;
}

/** The traces that are not finished yet, in the order of their start; bounded by its callers. */
export class OpenTraces {
  readonly #traces = new Map<string, OpenTrace>();
  readonly #places = new WeakMap<ReadableSpan, number>();
  #started = 0;
  /** How many spans are held, open ones and finished ones. */
  held = 0;

  get size(): number {
    return this.#traces.size;
  }

  get(traceId: string): OpenTrace | undefined {
    return this.#traces.get(traceId);
  }

  /** The trace of this id, begun when it is new. */
  begin(traceId: string): OpenTrace {
    const known = this.#traces.get(traceId);
    if (known !== undefined) return known;
    const trace: OpenTrace = { finished: [], open: new Map(), dropped: 0 };
    this.#traces.set(traceId, trace);
    return trace;
  }

  start(trace: OpenTrace, span: ReadableSpan): void {
    this.#places.set(span, this.#started);
    trace.open.set(span.spanContext().spanId, this.#started++);
    this.held++;
  }

  /** Moves a span from the open ones to the finished ones; false when it is not among the open ones. */
  finish(trace: OpenTrace, span: ReadableSpan): boolean {
    if (!trace.open.delete(span.spanContext().spanId)) return false;
    trace.finished.push(span);
    return true;
  }

  /** Takes a trace out; its finished spans in the order of their start. */
  take(traceId: string): OpenTrace | undefined {
    const trace = this.#traces.get(traceId);
    if (trace === undefined) return undefined;
    this.#traces.delete(traceId);
    this.held -= trace.open.size + trace.finished.length;
    trace.finished.sort((a, b) => (this.#places.get(a) ?? 0) - (this.#places.get(b) ?? 0));
    return trace;
  }

  /** The ids of the traces, the oldest first. */
  ids(): string[] {
    return [...this.#traces.keys()];
  }
}
