import type { PrometheusHandler } from "./_handler.ts";
import { newSelfCounts, type SelfCounts } from "./_self_counts.ts";
import type { MetricStore } from "./_store.ts";

/** What the record functions look at on every call. */
export interface MetricsState {
  /** The store of the active set-up; undefined when there is none, or when it is another one's. */
  store: MetricStore | undefined;
  /** What serves the page of the active set-up. */
  handler: PrometheusHandler | undefined;
  /** Counts of this package about itself, of the process. */
  readonly counts: SelfCounts;
}

const KEY = Symbol.for("@dcmx-tracing/metrics state 1");

// The ESM and the CommonJS copy of this package, both loaded in one process, share one state.
const holder = globalThis as { [KEY]?: MetricsState };
holder[KEY] ??= { store: undefined, handler: undefined, counts: newSelfCounts() };

/** The state of the process. */
export const state: MetricsState = holder[KEY];
