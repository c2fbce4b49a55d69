import { newSelfCounts, type SelfCounts } from "./_self_counts.ts";
import type { PageSource } from "./_serve_page.ts";
import type { MetricStore } from "./_store.ts";

/** What the record functions look at on every call. */
export interface MetricsState {
  /** The store of the active set-up; undefined when there is none, or when it is another one's. */
  store: MetricStore | undefined;
  /** What writes the page of the active set-up. */
  pages: PageSource | undefined;
  /** Counts of this package about itself, of the process. */
  readonly counts: SelfCounts;
}

const KEY = Symbol.for("@dcmx-tracing/metrics state 1");

// The ESM and the CommonJS copy of this package, both loaded in one process, share one state.
const holder = globalThis as { [KEY]?: MetricsState };
holder[KEY] ??= { store: undefined, pages: undefined, counts: newSelfCounts() };

/** The state of the process. */
export const state: MetricsState = holder[KEY];
