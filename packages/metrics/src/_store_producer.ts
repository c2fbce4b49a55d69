import type { Attributes, HrTime } from "@opentelemetry/api";
import { ValueType } from "@opentelemetry/api";
import {
  AggregationTemporality,
  type CollectionResult,
  type DataPoint,
  DataPointType,
  type Histogram,
  type MetricData,
  type MetricProducer,
  type ResourceMetrics,
  type ScopeMetrics,
} from "@opentelemetry/sdk-metrics";
import { HistogramInstrument, type Instrument, type NumberInstrument, type Scope } from "./_instrument.ts";
import { selfMembers } from "./_members.ts";
import type { NumberPoint } from "./_page_model.ts";
import type { HistogramSeries, NumberSeries } from "./_series.ts";
import { state } from "./_state.ts";
import type { MetricStore } from "./_store.ts";

/** What a series was at the last push. */
interface Last {
  readonly value: number;
  readonly counts: readonly number[];
  readonly count: number;
}

/**
 * Hands the instruments of a store to a reader of the SDK, as totals or as what was added since the last time.
 * Minimum and maximum are left out of deltas: the store keeps them for the whole life of a series.
 */
export class StoreProducer implements MetricProducer {
  readonly #store: MetricStore;
  readonly #delta: boolean;
  readonly #resource: ResourceMetrics["resource"];
  readonly #last = new WeakMap<object, Last>();
  #since: HrTime = hrTime(Date.now());

  constructor(store: MetricStore, delta: boolean, resource: ResourceMetrics["resource"]) {
    this.#store = store;
    this.#delta = delta;
    this.#resource = resource;
  }

  collect(): Promise<CollectionResult> {
    const now = hrTime(Date.now());
    const byScope = new Map<string, { scope: Scope; metrics: MetricData[] }>();
    const push = (scope: Scope, metric: MetricData) => {
      const key = JSON.stringify([scope.name, scope.version, scope.schemaUrl]);
      const entry = byScope.get(key) ?? { scope, metrics: [] };
      byScope.set(key, entry);
      entry.metrics.push(metric);
    };
    for (const instrument of this.#store.instruments) {
      if (instrument.index.all.length > 0) push(instrument.descriptor.scope, this.#metric(instrument, now));
    }
    for (const { name, unit, description, scope, points } of selfMembers(state.counts)) {
      const descriptor = { name, unit, description, valueType: ValueType.DOUBLE };
      // The members about the package itself are counters.
      const dataPoints = (points as readonly NumberPoint[]).map((p) =>
        point(p.attributes, p.value, this.#since, now),
      );
      push(scope, { descriptor, ...CUMULATIVE_SUM, isMonotonic: true, dataPoints });
    }
    if (this.#delta) this.#since = now;
    const scopeMetrics: ScopeMetrics[] = [...byScope.values()].map(({ scope, metrics }) => ({
      scope: {
        name: scope.name,
        ...(scope.version === undefined ? {} : { version: scope.version }),
        ...(scope.schemaUrl === undefined ? {} : { schemaUrl: scope.schemaUrl }),
      },
      metrics,
    }));
    return Promise.resolve({ resourceMetrics: { resource: this.#resource, scopeMetrics }, errors: [] });
  }

  #metric(instrument: Instrument, now: HrTime): MetricData {
    const { name, unit, description, kind } = instrument.descriptor;
    const descriptor = { name, unit, description, valueType: ValueType.DOUBLE };
    // An up-down counter is a level: its changes alone say nothing to whoever starts to read later.
    const delta = this.#delta && kind !== "updowncounter" && kind !== "gauge";
    const start = delta ? this.#since : hrTime(instrument.startTime);
    const aggregationTemporality = delta ? AggregationTemporality.DELTA : AggregationTemporality.CUMULATIVE;
    if (instrument instanceof HistogramInstrument) {
      const dataPoints = instrument.index.all.map((series) =>
        point(series.attributes, this.#histogram(series, delta), start, now),
      );
      return { descriptor, aggregationTemporality, dataPointType: DataPointType.HISTOGRAM, dataPoints };
    }
    const dataPoints = this.#numbers(instrument, delta, start, now);
    if (kind === "gauge") {
      return { descriptor, aggregationTemporality, dataPointType: DataPointType.GAUGE, dataPoints };
    }
    const isMonotonic = kind === "counter";
    return { descriptor, aggregationTemporality, dataPointType: DataPointType.SUM, isMonotonic, dataPoints };
  }

  #numbers(instrument: NumberInstrument, delta: boolean, start: HrTime, now: HrTime): DataPoint<number>[] {
    return instrument.index.all.map((series: NumberSeries) => {
      const { attributes, value } = series;
      if (!delta) return point(attributes, value, start, now);
      const last = this.#last.get(series)?.value ?? 0;
      this.#last.set(series, { value, counts: [], count: 0 });
      return point(attributes, value - last, start, now);
    });
  }

  #histogram(series: HistogramSeries, delta: boolean): Histogram {
    const { sum, count, min, max } = series;
    const counts = [...series.counts];
    const boundaries = [...series.bounds];
    if (!delta) return { buckets: { boundaries, counts }, sum, count, min, max };
    const last = this.#last.get(series);
    this.#last.set(series, { value: sum, counts, count });
    if (last === undefined) return { buckets: { boundaries, counts }, sum, count };
    const added = counts.map((value, i) => value - (last.counts[i] ?? 0));
    return { buckets: { boundaries, counts: added }, sum: sum - last.value, count: count - last.count };
  }
}

const CUMULATIVE_SUM = {
  aggregationTemporality: AggregationTemporality.CUMULATIVE,
  dataPointType: DataPointType.SUM,
} as const;

function point<T>(attributes: Attributes, value: T, startTime: HrTime, endTime: HrTime): DataPoint<T> {
  return { attributes, value, startTime, endTime };
}

function hrTime(milliseconds: number): HrTime {
  return [Math.floor(milliseconds / 1000), (milliseconds % 1000) * 1_000_000];
}
