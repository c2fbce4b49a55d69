import type { Tracing, TracingStats } from "../tracing.ts";

/** What is shared by all copies of this package in a process: the ESM and the CJS build, and duplicate installs. */
export interface ProcessState {
  /** The running tracing, from start until its shutdown. */
  current?: Tracing;
  /** File of the copy that started it. */
  startedBy?: string;
  /** The counters at the last shutdown. */
  lastStats?: TracingStats;
  /** Whether instrumentations were enabled. */
  instrumented?: boolean;
  /** Whether the preload registered hooks for ES modules. */
  esmHooks?: boolean;
}

const STATE_KEY = Symbol.for("dcmx-tracing.core.state");

/** The state of this process. */
export function processState(): ProcessState {
  // The global object has no index signature for symbols; only this function reads and writes the key.
  const holder = globalThis as unknown as { [STATE_KEY]?: ProcessState };
  holder[STATE_KEY] ??= {};
  return holder[STATE_KEY];
}
