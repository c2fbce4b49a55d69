import { findMetric, type InstrumentKind } from "@dcmx-tracing/conventions";
import {
  type Attributes,
  type Counter,
  type Gauge,
  type Histogram,
  type MeterProvider,
  metrics,
  type UpDownCounter,
} from "@opentelemetry/api";
import type { HistogramInstrument, InstrumentDescriptor, NumberInstrument, Scope } from "./_instrument.ts";
import { countRefusal } from "./_self_counts.ts";
import type { HistogramSeries, NumberSeries } from "./_series.ts";
import { state } from "./_state.ts";
import type { MetricStore } from "./_store.ts";

/** A value of a measurement; a bigint, as chain values are, is rounded to a double. */
export type MetricValue = number | bigint;

/** What a recorder is made from. */
export interface RecorderDefinition {
  readonly name: string;
  readonly kind: InstrumentKind;
  readonly unit: string;
  readonly description: string;
  readonly bounds: readonly number[];
  /** Attributes that are taken; undefined takes all. */
  readonly labels?: ReadonlySet<string> | undefined;
}

/** Scope of everything that the functions of this package record. */
export const SCOPE: Scope = { name: "@dcmx-tracing/metrics", version: undefined, schemaUrl: undefined };

type ApiInstrument = Counter | UpDownCounter | Gauge | Histogram;

/**
 * Records into one metric, wherever it goes at the moment: into the store of the active set-up, or else into an
 * instrument of the MeterProvider that is registered globally. Both are looked up again when they change, so a
 * recorder that was made before the set-up is not lost.
 */
export class Recorder {
  readonly descriptor: InstrumentDescriptor;
  #store: MetricStore | undefined = undefined;
  #instrument: NumberInstrument | HistogramInstrument | undefined = undefined;
  #provider: MeterProvider | undefined = undefined;
  #api: ApiInstrument | undefined = undefined;

  constructor(definition: RecorderDefinition) {
    this.descriptor = { scope: SCOPE, ...definition };
  }

  /** Records a value that checkedValue() has let through. */
  record(value: number, attributes: Attributes | undefined): void {
    const store = state.store;
    if (store === undefined) {
      this.recordByApi(value, attributes);
      return;
    }
    if (store !== this.#store) this.#attach(store);
    const instrument = this.#instrument;
    // attach() makes the instrument that fits the kind.
    if (this.descriptor.kind === "histogram") (instrument as HistogramInstrument).record(value, attributes);
    else if (this.descriptor.kind === "gauge") (instrument as NumberInstrument).set(value, attributes);
    else (instrument as NumberInstrument).add(value, attributes);
  }

  /** Finds the series of a set of attributes in a store, for handles that keep it. */
  series(store: MetricStore, attributes: Attributes | undefined): NumberSeries | HistogramSeries {
    if (store !== this.#store) this.#attach(store);
    // attach() has just made it.
    return (this.#instrument as NumberInstrument | HistogramInstrument).index.find(attributes);
  }

  recordByApi(value: number, attributes: Attributes | undefined): void {
    const provider = metrics.getMeterProvider();
    if (provider !== this.#provider) {
      this.#api = createApiInstrument(provider, this.descriptor);
      this.#provider = provider;
    }
    const instrument = this.#api;
    // createApiInstrument() makes the instrument that fits the kind: counters add, the others record.
    if (this.descriptor.kind === "counter" || this.descriptor.kind === "updowncounter") {
      (instrument as Counter).add(value, attributes);
    } else {
      (instrument as Histogram).record(value, attributes);
    }
  }

  #attach(store: MetricStore): void {
    this.#instrument =
      this.descriptor.kind === "histogram" ? store.histogram(this.descriptor) : store.number(this.descriptor);
    this.#store = store;
  }
}

function createApiInstrument(provider: MeterProvider, descriptor: InstrumentDescriptor): ApiInstrument {
  const meter = provider.getMeter(SCOPE.name);
  const { name, unit, description } = descriptor;
  switch (descriptor.kind) {
    case "counter":
      return meter.createCounter(name, { unit, description });
    case "updowncounter":
      return meter.createUpDownCounter(name, { unit, description });
    case "gauge":
      return meter.createGauge(name, { unit, description });
    case "histogram":
      return meter.createHistogram(name, {
        unit,
        description,
        advice: { explicitBucketBoundaries: [...descriptor.bounds] },
      });
  }
}

/** A recorder as it is found by a name, with the conversion that belongs to the name. */
export interface NamedRecorder {
  readonly recorder: Recorder;
  readonly factor: number;
  /** Whether it was made from a first use, so that a definition may replace it. */
  readonly implicit?: boolean;
}

/** Buckets of histograms whose definition has none: those of the OpenTelemetry specification. */
export const DEFAULT_BOUNDS: readonly number[] = [
  0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000,
];
/** Names that get a recorder; a program that makes up names must not fill the memory. */
const MAX_NAMES = 10_000;
const VALID_NAME = /^[a-z][a-z0-9_.\-/]{0,254}$/i;

/** Whether OpenTelemetry allows a name for an instrument. */
export function isValidName(name: unknown): name is string {
  return typeof name === "string" && VALID_NAME.test(name);
}

const recorders = new Map<string, NamedRecorder>();

/** Finds or makes the recorder of a name; undefined when the name is not valid or of another kind. */
export function recorderOf(name: string, kind: InstrumentKind): NamedRecorder | undefined {
  const known = recorders.get(name) ?? createNamed(name, kind);
  if (known === undefined || known.recorder.descriptor.kind === kind) return known;
  const { kind: actual, name: canonical } = known.recorder.descriptor;
  const as = canonical === name ? "" : ` (an alias of '${canonical}')`;
  countRefusal(
    state.counts,
    canonical,
    "wrong_kind",
    `Cannot record '${name}'${as} as a ${kind} as it is a ${actual}: use the record function of a ${actual}`,
  );
  return undefined;
}

/** Makes a recorder known under a name; it replaces one that was made from a first use only. */
export function defineRecorder(name: string, named: NamedRecorder): NamedRecorder {
  const known = recorders.get(name);
  if (known !== undefined && known.implicit !== true && sameDefinition(known, named)) return known;
  recorders.set(name, named);
  return named;
}

// A module that is loaded twice defines the same twice: its metrics stay one.
function sameDefinition(one: NamedRecorder, other: NamedRecorder): boolean {
  const text = ({ recorder, factor }: NamedRecorder) =>
    JSON.stringify([recorder.descriptor, [...(recorder.descriptor.labels ?? [])], factor]);
  return text(one) === text(other);
}

function keep(name: string, named: NamedRecorder): NamedRecorder {
  recorders.set(name, named);
  return named;
}

function createNamed(name: string, kind: InstrumentKind): NamedRecorder | undefined {
  if (!isValidName(name) || recorders.size >= MAX_NAMES) {
    const shown = String(name).slice(0, 80);
    const rule =
      recorders.size >= MAX_NAMES
        ? `there are ${MAX_NAMES} names already`
        : "a metric name starts with a letter and holds letters, digits, '_', '.', '-' and '/' only, at most 255";
    countRefusal(state.counts, "_OTHER", "name", `Cannot record '${shown}' as ${rule}`);
    return undefined;
  }
  const found = findMetric(name);
  if (found === undefined) {
    const recorder = new Recorder({ name, kind, unit: "", description: "", bounds: DEFAULT_BOUNDS });
    return keep(name, { recorder, factor: 1, implicit: true });
  }
  const { metric, factor } = found;
  const canonical = recorders.get(metric.name)?.recorder ?? recorderFrom(metric);
  keep(metric.name, { recorder: canonical, factor: 1 });
  return keep(name, { recorder: canonical, factor });
}

function recorderFrom(metric: NonNullable<ReturnType<typeof findMetric>>["metric"]): Recorder {
  const { name, instrument, unit, description, buckets } = metric;
  return new Recorder({ name, kind: instrument, unit, description, bounds: buckets ?? DEFAULT_BOUNDS });
}
