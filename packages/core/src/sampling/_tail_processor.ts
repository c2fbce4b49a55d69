import { type Context, isSpanContextValid, SpanStatusCode, TraceFlags, trace } from "@opentelemetry/api";
import type { ReadableSpan, Span, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { DecisionCounts } from "./_decision_counts.ts";

/** Bounds and rules of the tail decision. */
export interface TailRules {
  /** Keep traces in which a span ended with an error. */
  readonly keepErrors: boolean;
  /** Keep traces whose local root lasts at least so many milliseconds. */
  readonly slowMs: number | undefined;
  /** Spans held at most. */
  readonly maxSpans: number;
  /** Longest time a trace stays undecided, in milliseconds. */
  readonly maxAgeMs: number;
}

interface Undecided {
  readonly traceId: string;
  readonly since: number;
  readonly spans: ReadableSpan[];
  /** Local roots that have not ended; the last one to end decides. */
  roots: number;
  error: boolean;
  slow: boolean;
}

type Verdict = "tail-error" | "tail-slow" | "tail-evicted" | "tail-expired" | "tail-uninteresting";

/** Decided traces that are remembered for spans that end after their root. */
const REMEMBERED = 1000;

/**
 * Holds the recorded spans of traces that the sampler dropped until their local root ends, and passes on those that
 * had an error or were slow. What it holds is bounded by number and by age; what goes is counted by reason.
 *
 * Spans that were sampled pass straight through. Memory, not time, is what this option costs: an unsampled span is
 * recorded like a sampled one.
 */
export class TailProcessor implements SpanProcessor {
  readonly #next: readonly SpanProcessor[];
  readonly #rules: TailRules;
  readonly #counts: DecisionCounts;
  readonly #now: () => number;
  readonly #traces = new Map<string, Undecided>();
  readonly #decided = new Map<string, Verdict>();
  #held = 0;

  constructor(
    next: readonly SpanProcessor[],
    rules: TailRules,
    counts: DecisionCounts,
    now: () => number = () => performance.now(),
  ) {
    this.#next = next;
    this.#rules = rules;
    this.#counts = counts;
    this.#now = now;
  }

  /** Spans held now. */
  get held(): number {
    return this.#held;
  }

  onStart(span: Span, parent: Context): void {
    for (const processor of this.#next) processor.onStart(span, parent);
    if (isSampled(span) || !isLocalRoot(parent)) return;
    const { traceId } = span.spanContext();
    if (this.#decided.has(traceId)) return;
    const undecided = this.#traces.get(traceId);
    if (undecided !== undefined) undecided.roots++;
    else {
      this.#traces.set(traceId, {
        traceId,
        since: this.#now(),
        spans: [],
        roots: 1,
        error: false,
        slow: false,
      });
    }
  }

  onEnd(span: ReadableSpan): void {
    if (isSampled(span)) {
      this.#pass(span);
      return;
    }
    this.#expire();
    const { traceId } = span.spanContext();
    const undecided = this.#traces.get(traceId);
    if (undecided === undefined) {
      this.#settle(span, this.#decided.get(traceId) ?? "tail-expired");
      return;
    }
    undecided.spans.push(span);
    this.#held++;
    if (span.status.code === SpanStatusCode.ERROR) undecided.error = true;
    if (isRootOf(span)) this.#endRoot(undecided, span);
    if (this.#held > this.#rules.maxSpans) this.#evict();
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    for (const undecided of [...this.#traces.values()]) this.#decide(undecided, this.#verdict(undecided));
    return Promise.resolve();
  }

  #endRoot(undecided: Undecided, root: ReadableSpan): void {
    const { slowMs } = this.#rules;
    const durationMs = root.duration[0] * 1000 + root.duration[1] / 1e6;
    if (slowMs !== undefined && durationMs >= slowMs) undecided.slow = true;
    undecided.roots--;
    if (undecided.roots <= 0) this.#decide(undecided, this.#verdict(undecided));
  }

  #verdict(undecided: Undecided): Verdict {
    if (undecided.error && this.#rules.keepErrors) return "tail-error";
    return undecided.slow ? "tail-slow" : "tail-uninteresting";
  }

  #decide(undecided: Undecided, verdict: Verdict): void {
    const { traceId, spans } = undecided;
    this.#traces.delete(traceId);
    this.#held -= spans.length;
    this.#decided.set(traceId, verdict);
    if (this.#decided.size > REMEMBERED) this.#decided.delete(firstKey(this.#decided));
    for (const span of spans) this.#settle(span, verdict);
  }

  #settle(span: ReadableSpan, verdict: Verdict): void {
    if (verdict === "tail-error" || verdict === "tail-slow") {
      this.#counts.keep(verdict);
      this.#pass(asSampled(span));
    } else this.#counts.drop(verdict);
  }

  #pass(span: ReadableSpan): void {
    for (const processor of this.#next) processor.onEnd(span);
  }

  // The oldest traces go first. One that has an error already is kept at that: it would be kept anyway.
  #evict(): void {
    for (const undecided of this.#traces.values()) {
      if (this.#held <= this.#rules.maxSpans) return;
      const interesting = undecided.error && this.#rules.keepErrors;
      this.#decide(undecided, interesting ? "tail-error" : "tail-evicted");
    }
  }

  // Traces are in the order of their start, so the first one that is young enough ends the search.
  #expire(): void {
    const oldest = this.#now() - this.#rules.maxAgeMs;
    for (const undecided of this.#traces.values()) {
      if (undecided.since > oldest) return;
      const interesting = undecided.error && this.#rules.keepErrors;
      this.#decide(undecided, interesting ? "tail-error" : "tail-expired");
    }
  }
}

function isSampled(span: { spanContext(): { traceFlags: number } }): boolean {
  return (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
}

function isLocalRoot(parent: Context): boolean {
  const context = trace.getSpanContext(parent);
  return context === undefined || !isSpanContextValid(context) || context.isRemote === true;
}

function isRootOf(span: ReadableSpan): boolean {
  return span.parentSpanContext === undefined || span.parentSpanContext.isRemote === true;
}

// Exporters skip spans whose context is not sampled, so the span is seen through an object that says it is.
function asSampled(span: ReadableSpan): ReadableSpan {
  const context = { ...span.spanContext(), traceFlags: TraceFlags.SAMPLED };
  return Object.create(span, { spanContext: { value: () => context } });
}

function firstKey(map: ReadonlyMap<string, unknown>): string {
  for (const key of map.keys()) return key;
  return "";
}
