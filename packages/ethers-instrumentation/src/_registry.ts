import type { Context } from "@opentelemetry/api";
import { type CarriedCalls, carriedCalls } from "./_carried_calls.ts";
import type { PatchRecord } from "./_patch.ts";
import type { ProviderState } from "./_provider_state.ts";
import type { ResolvedOptions } from "./_resolve_options.ts";
import type { TrackedTransaction } from "./_tracked_transactions.ts";

/** Everything that all copies of this package in one process share. */
export interface Registry {
  /** State of each instrumented provider; `null` once it was uninstrumented by name. */
  readonly states: WeakMap<object, ProviderState | null>;
  /** Options for every provider that has none of its own; set while a whole namespace is instrumented. */
  global: ResolvedOptions | undefined;
  /** The instrumented namespaces and hooks. */
  readonly namespaces: Set<object>;
  /** Number of instrumented providers and namespaces; the prototypes are restored when it falls to zero. */
  users: number;
  readonly patches: WeakMap<object, Map<string, PatchRecord>>;
  /** The patched prototypes, for restoring them. */
  readonly prototypes: Set<object>;
  /** Calls by the parameters object that ethers carries into the payload. */
  readonly calls: CarriedCalls;
  /** Contexts that were active when a subclass' `send` was entered, by its parameters object. */
  readonly entered: WeakMap<object, Context>;
  /** Wrapper of each listener that was bound to a context, by the listener. */
  readonly listeners: WeakMap<object, object>;
  /** The listener behind each wrapper. */
  readonly originals: WeakMap<object, object>;
  /** Calls that have not settled. */
  readonly open: OpenOperation[];
  /** Transactions that were sent, by hash, oldest first. */
  readonly transactions: Map<string, TrackedTransaction>;
}

/** Something that may never settle; the reaper ends it. */
export interface OpenOperation {
  readonly startedAt: number;
  readonly stuckAfterMs: number;
  /** Index on the list of open operations, -1 while it is not on it: leaving costs no search and no hash table. */
  place: number;
  /** Ends the telemetry; a method, so that a call needs no closure. */
  reap(): void;
}

// One process may hold an ESM and a CJS copy of this package; with state of its own each would see the patches of the
// other and record nothing. The number is raised when the shape changes.
const KEY = Symbol.for("@dcmx-tracing/ethers-instrumentation@1");

/** The registry of this process. */
export function registry(): Registry {
  // Only this function writes the property.
  const holder = globalThis as typeof globalThis & { [KEY]?: Registry };
  holder[KEY] ??= {
    states: new WeakMap(),
    global: undefined,
    namespaces: new Set(),
    users: 0,
    patches: new WeakMap(),
    prototypes: new Set(),
    calls: carriedCalls,
    entered: new WeakMap(),
    listeners: new WeakMap(),
    originals: new WeakMap(),
    open: [],
    transactions: new Map(),
  };
  return holder[KEY];
}
