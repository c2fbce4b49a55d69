import { diag, TraceFlags } from "@opentelemetry/api";
import type { ReadableSpan, Span, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { type OpenTrace, OpenTraces } from "./_open_traces.ts";
import { renderWaterfall, type WaterfallOptions } from "./render_waterfall.ts";

/** Where {@linkcode treePrinter} prints to: `process.stdout`, or anything that has its `write`. */
export interface TreePrinterStream {
  /** Takes a piece of text. */
  write(text: string): unknown;
  /** Whether it is a terminal. */
  readonly isTTY?: boolean | undefined;
  /** The columns of the terminal. */
  readonly columns?: number | undefined;
  /** Whether the terminal shows colours; Node's streams say no when the environment has NO_COLOR. */
  hasColors?(): boolean;
}

/** Options of {@linkcode treePrinter}. */
export interface TreePrinterOptions extends WaterfallOptions {
  /** The columns of a line. @default the columns of the stream, or 100 */
  readonly width?: number;
  /** Paints with ANSI colours. @default whether the stream is a terminal that shows colours */
  readonly color?: boolean;
  /** Where the waterfalls go. @default process.stdout */
  readonly stream?: TreePrinterStream;
  /** How many unfinished traces are held; beyond it the oldest one is printed as it is. @default 100 */
  readonly maxTraces?: number;
  /** How many spans of unfinished traces are held; beyond it new spans are counted, not shown. @default 10000 */
  readonly maxSpans?: number;
}

/** What a {@linkcode TreePrinter} has done so far. */
export interface TreePrinterStats {
  /** Waterfalls that were printed. */
  readonly traces: number;
  /** Spans in them. */
  readonly spans: number;
  /** Sampled spans that were not shown: beyond a cap, or their waterfall could not be written. */
  readonly dropped: number;
  /** Traces that are held as they have open spans. */
  readonly openTraces: number;
}

/** A span processor that prints waterfalls. */
export interface TreePrinter extends SpanProcessor {
  /** What it has done so far. */
  stats(): TreePrinterStats;
}

/**
 * Makes a span processor that prints every finished trace as a waterfall, for development: no back end is needed. A
 * trace is finished when none of its sampled spans is open; spans that start later in the same trace are printed as
 * a waterfall of their own. Traces with open spans are printed by `shutdown()`, with a note.
 *
 * Not for production: it draws in the thread of the application. Its memory is bounded by `maxTraces` and
 * `maxSpans`. Put it behind a redacting processor or exporter where traces may hold secrets.
 *
 * @param options Where it prints to, and what `renderWaterfall()` draws.
 * @returns The span processor, with `stats()`.
 * @throws RangeError if the width or a cap is out of its range.
 *
 * @example Print the traces of an application
 * ```ts
 * import { BasicTracerProvider } from "@opentelemetry/sdk-trace-base";
 * import { treePrinter } from "@dcmx-tracing/viewer";
 * import { expect } from "vitest";
 *
 * let printed = "";
 * const stream = { write: (text: string) => (printed += text) }; // by default process.stdout
 * const provider = new BasicTracerProvider({ spanProcessors: [treePrinter({ stream })] });
 *
 * provider.getTracer("app").startSpan("nft_minting").setAttribute("nft.token_id", "7").end();
 *
 * expect(printed).toContain("nft_minting");
 * expect(printed).toContain("  nft.token_id=7");
 * ```
 */
export function treePrinter(options: TreePrinterOptions = {}): TreePrinter {
  const { maxTraces = 100, maxSpans = 10_000 } = options;
  checkCap("maxTraces", maxTraces);
  checkCap("maxSpans", maxSpans);
  // An impossible width is a mistake of the set-up, and must not wait for the first trace to be seen.
  renderWaterfall([], options);
  return new Printer(options, maxTraces, maxSpans);
}

function checkCap(name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return;
  throw new RangeError(
    `Cannot create the tree printer as '${name}' must be a whole number of 1 or more: current value is ${value}`,
  );
}

class Printer implements TreePrinter {
  readonly #options: TreePrinterOptions;
  readonly #maxTraces: number;
  readonly #maxSpans: number;
  readonly #traces = new OpenTraces();
  #printed = 0;
  #spans = 0;
  #dropped = 0;
  #warned = false;
  #closed = false;

  constructor(options: TreePrinterOptions, maxTraces: number, maxSpans: number) {
    this.#options = options;
    this.#maxTraces = maxTraces;
    this.#maxSpans = maxSpans;
  }

  onStart(span: Span): void {
    if (this.#closed || !isSampled(span)) return;
    const { traceId } = span.spanContext();
    if (this.#traces.get(traceId) === undefined && this.#traces.size >= this.#maxTraces) {
      this.#print(this.#traces.ids()[0] ?? "");
    }
    const trace = this.#traces.begin(traceId);
    // Over the cap the span stays unknown, and its end counts it.
    if (this.#traces.held < this.#maxSpans) this.#traces.start(trace, span);
  }

  onEnd(span: ReadableSpan): void {
    if (this.#closed || !isSampled(span)) return;
    const { traceId } = span.spanContext();
    const trace = this.#traces.get(traceId);
    if (trace === undefined || !this.#traces.finish(trace, span)) {
      this.#dropped++;
      if (trace !== undefined) trace.dropped++;
    }
    if (trace?.open.size === 0) this.#print(traceId);
  }

  stats(): TreePrinterStats {
    const openTraces = this.#traces.size;
    return { traces: this.#printed, spans: this.#spans, dropped: this.#dropped, openTraces };
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  shutdown(): Promise<void> {
    for (const traceId of this.#traces.ids()) this.#print(traceId);
    this.#closed = true;
    return Promise.resolve();
  }

  #print(traceId: string): void {
    const trace = this.#traces.take(traceId);
    if (trace === undefined || trace.finished.length === 0) return;
    try {
      const { stream = process.stdout } = this.#options;
      const width = Math.max(40, this.#options.width ?? stream.columns ?? 100);
      const color = this.#options.color ?? (stream.isTTY === true && stream.hasColors?.() === true);
      const drawing = renderWaterfall(trace.finished, { ...this.#options, width, color });
      stream.write(`${drawing}\n${noteOf(trace)}\n`);
      this.#printed++;
      this.#spans += trace.finished.length;
    } catch (error) {
      this.#dropped += trace.finished.length;
      if (!this.#warned) diag.warn("@dcmx-tracing/viewer: a waterfall could not be printed", error);
      this.#warned = true;
    }
  }
}

function isSampled(span: ReadableSpan): boolean {
  return (span.spanContext().traceFlags & TraceFlags.SAMPLED) !== 0;
}

function noteOf({ open, dropped }: OpenTrace): string {
  const notes = [
    ...(open.size === 0 ? [] : [`${open.size} still open`]),
    ...(dropped === 0 ? [] : [`${dropped} not shown, as too many spans were held`]),
  ];
  return notes.length === 0 ? "" : `(spans: ${notes.join("; ")})\n`;
}
