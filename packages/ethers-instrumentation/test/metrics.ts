import { type Attributes, metrics } from "@opentelemetry/api";
import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";

/** One series of one metric, as it would be exported. */
export interface Point {
  readonly attributes: Attributes;
  /** Sum of a counter or histogram, value of a gauge. */
  readonly value: number;
  /** Number of values of a histogram. */
  readonly count: number | undefined;
}

/** Metrics in memory, registered globally. */
export interface TestMetrics {
  /** The series of a metric. */
  points(name: string): Promise<Point[]>;
  /** Names of all metrics that have a series. */
  names(): Promise<string[]>;
  /** Number of all series. */
  seriesCount(): Promise<number>;
  shutdown(): Promise<void>;
}

class TestReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

/** Sets up the real metrics SDK, read by the test alone. */
export function createTestMetrics(): TestMetrics {
  const reader = new TestReader();
  const provider = new MeterProvider({ readers: [reader] });
  metrics.setGlobalMeterProvider(provider);
  const collect = async () => {
    const { resourceMetrics } = await reader.collect();
    return resourceMetrics.scopeMetrics.flatMap((scope) => scope.metrics);
  };
  const points = async (name: string): Promise<Point[]> => {
    const found = (await collect()).find(({ descriptor }) => descriptor.name === name);
    return (found?.dataPoints ?? []).map(({ attributes, value }) => {
      // A histogram's value has a sum and a count; the value of the others is a number.
      const isHistogram = typeof value === "object" && "count" in value;
      return {
        attributes,
        value: isHistogram ? ((value as { sum?: number }).sum ?? 0) : Number(value),
        count: isHistogram ? Number(value.count) : undefined,
      };
    });
  };
  return {
    points,
    names: async () => (await collect()).map(({ descriptor }) => descriptor.name).sort(),
    seriesCount: async () => (await collect()).reduce((sum, { dataPoints }) => sum + dataPoints.length, 0),
    async shutdown() {
      metrics.disable();
      await provider.shutdown();
    },
  };
}
