import { type Attributes, type Context, context, TraceFlags, trace } from "@opentelemetry/api";

/** A measurement together with the trace in which it was made. */
export interface Exemplar {
  readonly value: number;
  readonly traceId: string;
  readonly spanId: string;
  /** Milliseconds since the epoch. */
  readonly time: number;
}

/** After this many measurements outside of a sampled trace, one in so many looks for a trace. */
const MAX_SKIP = 16;
/** Larger than any number of measurements between two scrapes. */
const UNTIL_NEXT_SCRAPE = 2 ** 30;

/** One time series of a counter, an up-down counter or a gauge. */
export class NumberSeries {
  readonly attributes: Attributes;
  value = 0;
  exemplar: Exemplar | undefined = undefined;
  /** Measurements to go until the next one looks for a trace; a scrape sets it back to zero. */
  skip = 0;
  #misses = 0;

  constructor(attributes: Attributes) {
    this.attributes = attributes;
  }

  add(delta: number, ctx: Context | undefined): void {
    this.value += delta;
    if (this.skip-- === 0) this.sample(delta, ctx);
  }

  set(value: number, ctx: Context | undefined): void {
    this.value = value;
    if (this.skip-- === 0) this.sample(value, ctx);
  }

  private sample(value: number, ctx: Context | undefined): void {
    const exemplar = takeExemplar(value, ctx);
    if (exemplar === undefined) {
      this.skip = Math.min(++this.#misses, MAX_SKIP);
    } else {
      this.exemplar = exemplar;
      this.skip = UNTIL_NEXT_SCRAPE;
    }
  }

  /** Called by a scrape: the next measurement may leave a new exemplar. */
  rearm(): void {
    this.skip = 0;
    this.#misses = 0;
  }
}

/** One time series of a histogram; `counts` has one entry more than `bounds`, for what is above all bounds. */
export class HistogramSeries {
  readonly attributes: Attributes;
  readonly bounds: readonly number[];
  readonly counts: number[];
  /** The newest exemplar of each bucket; allocated with the first one. */
  exemplars: (Exemplar | undefined)[] | undefined = undefined;
  count = 0;
  sum = 0;
  min: number = Number.POSITIVE_INFINITY;
  max: number = Number.NEGATIVE_INFINITY;
  /** Scrapes so far; an exemplar that is older than the last scrape may be replaced. */
  #epoch = 0;
  #epochs: number[] | undefined = undefined;
  #skip = 0;
  #misses = 0;

  constructor(attributes: Attributes, bounds: readonly number[]) {
    this.attributes = attributes;
    this.bounds = bounds;
    this.counts = new Array<number>(bounds.length + 1).fill(0);
  }

  record(value: number, ctx: Context | undefined): void {
    const bucket = bucketOf(this.bounds, value);
    // The bucket is 0 to bounds.length, so the entry exists.
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
    this.count++;
    this.sum += value;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
    if (this.#epochs !== undefined && this.#epochs[bucket] === this.#epoch) return;
    if (this.#skip-- <= 0) this.#sample(bucket, value, ctx);
  }

  #sample(bucket: number, value: number, ctx: Context | undefined): void {
    const exemplar = takeExemplar(value, ctx);
    if (exemplar === undefined) {
      this.#skip = Math.min(++this.#misses, MAX_SKIP);
      return;
    }
    this.#skip = 0;
    this.exemplars ??= new Array<Exemplar | undefined>(this.counts.length).fill(undefined);
    this.#epochs ??= new Array<number>(this.counts.length).fill(-1);
    this.exemplars[bucket] = exemplar;
    this.#epochs[bucket] = this.#epoch;
  }

  /** Called by a scrape: the next measurement of each bucket may leave a new exemplar. */
  rearm(): void {
    this.#epoch++;
    this.#skip = 0;
    this.#misses = 0;
  }
}

/** Index of the first bound that is not below the value; `bounds.length` when there is none. */
export function bucketOf(bounds: readonly number[], value: number): number {
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    // `middle` is below bounds.length, so the bound exists.
    if (value <= (bounds[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

// Only sampled traces: the exemplar of a trace that nobody can open is a dead link.
function takeExemplar(value: number, ctx: Context | undefined): Exemplar | undefined {
  const spanContext = trace.getSpanContext(ctx ?? context.active());
  if (spanContext === undefined || (spanContext.traceFlags & TraceFlags.SAMPLED) === 0) return undefined;
  return { value, traceId: spanContext.traceId, spanId: spanContext.spanId, time: Date.now() };
}
