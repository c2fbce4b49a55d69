import {
  AggregationTemporality,
  type DataPoint,
  DataPointType,
  type ExponentialHistogram,
  type Histogram,
  type MetricData,
  type ResourceMetrics,
  type ScopeMetrics,
} from "@opentelemetry/sdk-metrics";
import { exponentialToExplicit } from "./_exponential_histogram.ts";
import type { Scope } from "./_instrument.ts";
import type { LabelWriter } from "./_label_writer.ts";
import { newLabelWriter, newMemberCache } from "./_members.ts";
import type { HistogramPoint, Member, MemberCache } from "./_page_model.ts";
import { sayOnce } from "./_say_once.ts";

/** Makes members of what an SDK has collected; keeps what it has learnt of the labels of each metric. */
export class CollectedMembers {
  readonly #labels = new Map<string, LabelWriter>();

  of(collected: ResourceMetrics): Member[] {
    const members: Member[] = [];
    for (const { scope, metrics } of collected.scopeMetrics) {
      for (const metric of metrics) {
        // A sum since the last collection is not the total that Prometheus takes it for.
        if (
          metric.aggregationTemporality === AggregationTemporality.DELTA &&
          metric.dataPointType !== DataPointType.GAUGE
        ) {
          sayOnce(
            `delta ${metric.descriptor.name}`,
            `Left '${metric.descriptor.name}' out of the page as it has delta temporality: Prometheus needs cumulative metrics`,
          );
          continue;
        }
        members.push(this.#member(scope, metric));
      }
    }
    return members;
  }

  #member(scope: ScopeMetrics["scope"], metric: MetricData): Member {
    const { name, unit, description } = metric.descriptor;
    const from: Scope = { name: scope.name, version: scope.version, schemaUrl: scope.schemaUrl };
    const additive = metric.dataPointType === DataPointType.SUM;
    const base = { name, unit, description, scope: from, additive };
    switch (metric.dataPointType) {
      case DataPointType.SUM:
      case DataPointType.GAUGE: {
        const type = metric.dataPointType === DataPointType.SUM && metric.isMonotonic ? "counter" : "gauge";
        return { ...base, cache: this.#cache(from, name, false), type, points: metric.dataPoints };
      }
      case DataPointType.HISTOGRAM:
        return {
          ...base,
          cache: this.#cache(from, name, true),
          type: "histogram",
          points: metric.dataPoints.map(explicit),
        };
      case DataPointType.EXPONENTIAL_HISTOGRAM:
        return {
          ...base,
          cache: this.#cache(from, name, true),
          type: "histogram",
          points: metric.dataPoints.map(exponential),
        };
    }
  }

  #cache(scope: Scope, name: string, histogram: boolean): MemberCache {
    const key = JSON.stringify([scope.name, scope.version, scope.schemaUrl, name, histogram]);
    let labels = this.#labels.get(key);
    if (labels === undefined) {
      labels = newLabelWriter(histogram);
      this.#labels.set(key, labels);
    }
    // Points are new at each collection, so only the names of the labels are kept.
    return newMemberCache(labels);
  }
}

function explicit({ attributes, value }: DataPoint<Histogram>): HistogramPoint {
  const { boundaries, counts } = value.buckets;
  return { attributes, bounds: boundaries, counts, count: value.count, sum: value.sum };
}

function exponential({ attributes, value }: DataPoint<ExponentialHistogram>): HistogramPoint {
  return { attributes, ...exponentialToExplicit(value) };
}
