import { ATTR_OTEL_METRIC_OVERFLOW, type InstrumentKind } from "@dcmx-tracing/conventions";
import type { Attributes, Context } from "@opentelemetry/api";
import { HistogramSeries, NumberSeries } from "./_series.ts";
import { SeriesIndex } from "./_series_index.ts";

/** Name and version of who makes an instrument. */
export interface Scope {
  readonly name: string;
  readonly version: string | undefined;
  readonly schemaUrl: string | undefined;
}

/** What is known of an instrument when it is made. */
export interface InstrumentDescriptor {
  readonly scope: Scope;
  readonly name: string;
  readonly kind: InstrumentKind;
  readonly unit: string;
  readonly description: string;
  /** Upper bounds of the buckets; used by histograms only. */
  readonly bounds: readonly number[];
  /** Attributes that are taken; undefined takes all. */
  readonly labels?: ReadonlySet<string> | undefined;
}

/** What an instrument asks of the store that holds it. */
export interface InstrumentHooks {
  readonly limit: number;
  clean(descriptor: InstrumentDescriptor, attributes: Attributes): Attributes;
  overflowed(descriptor: InstrumentDescriptor): void;
}

/** The one series that takes what exceeds the limit of an instrument. */
const OVERFLOW: Attributes = { [ATTR_OTEL_METRIC_OVERFLOW]: true };

/** A counter, an up-down counter or a gauge with its series. */
export class NumberInstrument {
  readonly descriptor: InstrumentDescriptor;
  readonly index: SeriesIndex<NumberSeries>;
  readonly startTime: number = Date.now();

  constructor(descriptor: InstrumentDescriptor, hooks: InstrumentHooks) {
    this.descriptor = descriptor;
    this.index = indexOf(descriptor, hooks, (attributes) => new NumberSeries(attributes));
  }

  add(delta: number, attributes: Attributes | undefined, ctx?: Context): void {
    this.index.find(attributes).add(delta, ctx);
  }

  set(value: number, attributes: Attributes | undefined, ctx?: Context): void {
    this.index.find(attributes).set(value, ctx);
  }
}

/** A histogram with its series. */
export class HistogramInstrument {
  readonly descriptor: InstrumentDescriptor;
  readonly index: SeriesIndex<HistogramSeries>;
  readonly startTime: number = Date.now();

  constructor(descriptor: InstrumentDescriptor, hooks: InstrumentHooks) {
    this.descriptor = descriptor;
    this.index = indexOf(
      descriptor,
      hooks,
      (attributes) => new HistogramSeries(attributes, descriptor.bounds),
    );
  }

  record(value: number, attributes: Attributes | undefined, ctx?: Context): void {
    this.index.find(attributes).record(value, ctx);
  }
}

/** Any instrument of the store. */
export type Instrument = NumberInstrument | HistogramInstrument;

function indexOf<S>(
  descriptor: InstrumentDescriptor,
  hooks: InstrumentHooks,
  create: (attributes: Attributes) => S,
): SeriesIndex<S> {
  let overflow: S | undefined;
  const index: SeriesIndex<S> = new SeriesIndex<S>({
    limit: hooks.limit,
    clean: (attributes) => hooks.clean(descriptor, attributes),
    create,
    overflowed() {
      if (overflow === undefined) {
        overflow = create(OVERFLOW);
        index.all.push(overflow);
      }
      hooks.overflowed(descriptor);
      return overflow;
    },
  });
  return index;
}
