import { findMetric, type InstrumentKind } from "@dcmx-tracing/conventions";
import {
  type Attributes,
  type BatchObservableCallback,
  type Context,
  type Counter,
  createNoopMeter,
  type Gauge,
  type Histogram,
  type Meter,
  type MeterOptions,
  type MeterProvider,
  type MetricOptions,
  type Observable,
  type ObservableCounter,
  type ObservableGauge,
  type ObservableUpDownCounter,
  type UpDownCounter,
} from "@opentelemetry/api";
import { checkedValue } from "./_checked_value.ts";
import type { HistogramInstrument, InstrumentDescriptor, NumberInstrument, Scope } from "./_instrument.ts";
import { DEFAULT_BOUNDS, isValidName } from "./_recorder.ts";
import { sayOnce } from "./_say_once.ts";
import { countRefusal } from "./_self_counts.ts";
import { state } from "./_state.ts";
import type { MetricStore } from "./_store.ts";

/**
 * A MeterProvider whose counters, gauges and histograms record into a store, so that instrumentations which know
 * the OpenTelemetry API only are as fast as the record functions and leave exemplars too. Observable instruments
 * are those of the SDK.
 */
export class StoreMeterProvider implements MeterProvider {
  readonly #store: MetricStore;
  readonly #sdk: MeterProvider;

  constructor(store: MetricStore, sdk: MeterProvider) {
    this.#store = store;
    this.#sdk = sdk;
  }

  getMeter(name: string, version?: string, options?: MeterOptions): Meter {
    const scope: Scope = { name, version, schemaUrl: options?.schemaUrl };
    return new StoreMeter(this.#store, this.#sdk.getMeter(name, version, options), scope);
  }
}

class StoreMeter implements Meter {
  readonly #store: MetricStore;
  readonly #sdk: Meter;
  readonly #scope: Scope;

  constructor(store: MetricStore, sdk: Meter, scope: Scope) {
    this.#store = store;
    this.#sdk = sdk;
    this.#scope = scope;
  }

  createCounter(name: string, options?: MetricOptions): Counter {
    const descriptor = this.#describe(name, "counter", options);
    return descriptor === undefined
      ? createNoopMeter().createCounter(name)
      : adder(this.#store.number(descriptor));
  }

  createUpDownCounter(name: string, options?: MetricOptions): UpDownCounter {
    const descriptor = this.#describe(name, "updowncounter", options);
    if (descriptor === undefined) return createNoopMeter().createUpDownCounter(name);
    return adder(this.#store.number(descriptor));
  }

  createGauge(name: string, options?: MetricOptions): Gauge {
    const descriptor = this.#describe(name, "gauge", options);
    return descriptor === undefined
      ? createNoopMeter().createGauge(name)
      : setter(this.#store.number(descriptor));
  }

  createHistogram(name: string, options?: MetricOptions): Histogram {
    const descriptor = this.#describe(name, "histogram", options);
    if (descriptor === undefined) return createNoopMeter().createHistogram(name);
    return recorder(this.#store.histogram(descriptor));
  }

  createObservableCounter(name: string, options?: MetricOptions): ObservableCounter {
    return this.#sdk.createObservableCounter(name, options);
  }

  createObservableUpDownCounter(name: string, options?: MetricOptions): ObservableUpDownCounter {
    return this.#sdk.createObservableUpDownCounter(name, options);
  }

  createObservableGauge(name: string, options?: MetricOptions): ObservableGauge {
    return this.#sdk.createObservableGauge(name, options);
  }

  addBatchObservableCallback(callback: BatchObservableCallback, observables: Observable[]): void {
    this.#sdk.addBatchObservableCallback(callback, observables);
  }

  removeBatchObservableCallback(callback: BatchObservableCallback, observables: Observable[]): void {
    this.#sdk.removeBatchObservableCallback(callback, observables);
  }

  #describe(
    name: string,
    kind: InstrumentKind,
    options: MetricOptions = {},
  ): InstrumentDescriptor | undefined {
    if (!isValidName(name)) {
      countRefusal(
        state.counts,
        "_OTHER",
        "name",
        `Cannot make the instrument '${String(name).slice(0, 80)}' as its name is not valid`,
      );
      return undefined;
    }
    const found = findMetric(name)?.metric;
    const known = found?.name === name && found.instrument === kind ? found : undefined;
    return {
      scope: this.#scope,
      name,
      kind,
      unit: options.unit ?? known?.unit ?? "",
      description: options.description ?? known?.description ?? "",
      bounds: boundsOf(options.advice?.explicitBucketBoundaries) ?? known?.buckets ?? DEFAULT_BOUNDS,
    };
  }
}

function boundsOf(advised: readonly number[] | undefined): readonly number[] | undefined {
  if (!Array.isArray(advised) || advised.length === 0) return undefined;
  const finite = advised.filter((bound) => Number.isFinite(bound)).sort((a, b) => a - b);
  return finite.filter((bound, i) => bound !== finite[i - 1]);
}

/** Records without ever throwing: attributes may have getters that do. */
function guarded(name: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    sayOnce(`record ${name}`, `Could not record '${name}': ${String(error)}`);
  }
}

function adder(instrument: NumberInstrument): Counter {
  const { kind, name } = instrument.descriptor;
  return {
    add(value: number, attributes?: Attributes, context?: Context): void {
      const checked = checkedValue(value, 1, kind, name);
      if (checked !== undefined) guarded(name, () => instrument.add(checked, attributes, context));
    },
  };
}

function setter(instrument: NumberInstrument): Gauge {
  const { name } = instrument.descriptor;
  return {
    record(value: number, attributes?: Attributes, context?: Context): void {
      const checked = checkedValue(value, 1, "gauge", name);
      if (checked !== undefined) guarded(name, () => instrument.set(checked, attributes, context));
    },
  };
}

function recorder(instrument: HistogramInstrument): Histogram {
  const { name } = instrument.descriptor;
  return {
    record(value: number, attributes?: Attributes, context?: Context): void {
      const checked = checkedValue(value, 1, "histogram", name);
      if (checked !== undefined) guarded(name, () => instrument.record(checked, attributes, context));
    },
  };
}
