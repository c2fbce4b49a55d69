import type { Attributes } from "@opentelemetry/api";

/** One series of an observed metric. */
export interface Series {
  readonly attributes: Attributes;
  value: number;
}

interface Gauges {
  readonly active: Map<string, Series>;
  readonly height: Map<string, Series>;
}

// Shared by all copies of this package in the process, like the registry.
const KEY = Symbol.for("@dcmx-tracing/ethers-instrumentation/gauges@1");

function shared(): Gauges {
  // Only this function writes the property.
  const holder = globalThis as typeof globalThis & { [KEY]?: Gauges };
  holder[KEY] ??= { active: new Map(), height: new Map() };
  return holder[KEY];
}

/** Values that are read when metrics are collected: calls in flight and block heights, by their attributes. */
export const GAUGES: Gauges = shared();

/** The series with these attributes; the same object for equal attributes. */
export function seriesOf(series: Map<string, Series>, attributes: Attributes): Series {
  const key = JSON.stringify(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)));
  let found = series.get(key);
  if (found === undefined) {
    found = { attributes, value: 0 };
    series.set(key, found);
  }
  return found;
}
