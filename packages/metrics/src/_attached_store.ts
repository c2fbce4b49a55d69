import type { MetricStore } from "./_store.ts";

const stores = new WeakMap<object, MetricStore>();

/** Lets an exporter read a store as well; `initMetrics()` does, and nobody else needs to. */
export function attachStore(exporter: object, store: MetricStore): void {
  stores.set(exporter, store);
}

/** The store that an exporter reads; undefined when it reads a MeterProvider only. */
export function attachedStore(exporter: object): MetricStore | undefined {
  return stores.get(exporter);
}
