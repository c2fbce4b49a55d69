import { ATTR_ERROR_TYPE } from "@dcmx-tracing/conventions";
import { type Context, context, ROOT_CONTEXT } from "@opentelemetry/api";
import { BESIDE } from "./_beside.ts";
import { noteBlockHeight } from "./_block_height.ts";
import { isBackground, isInternal, waitCounters } from "./_contexts.ts";
import { errorInfo } from "./_error_info.ts";
import { instruments } from "./_instruments.ts";
import { type Method, ownsMethods, patchMethod, prototypeChain } from "./_patch.ts";
import { isOffchainRead, noteOffchainRead } from "./_patch_ccip.ts";
import { noteEtherscan } from "./_patch_etherscan.ts";
import { detachSuccessor } from "./_patch_subscribers.ts";
import { patchTransactionResponse } from "./_patch_transaction_response.ts";
import { observeWaitForTransaction } from "./_patch_wait.ts";
import { sharedAttributes } from "./_provider_state.ts";
import { registry } from "./_registry.ts";
import { guarded } from "./_report.ts";
import { stateOf } from "./_state_of.ts";

/** Whether this is the prototype that all providers of ethers share. */
export function isAbstractProvider(prototype: object): boolean {
  return ownsMethods(prototype, "waitForTransaction", "_wrapTransactionResponse", "emit");
}

/** Patches what all providers share: events and transactions. */
export function patchAbstractProvider(prototype: object): void {
  patchMethod(prototype, "on", bindInternalListener);
  patchMethod(prototype, "once", bindInternalListener);
  patchMethod(prototype, "off", findWrapper);
  patchMethod(prototype, "listeners", showOriginals);
  patchMethod(prototype, "emit", leaveBackground);
  patchMethod(prototype, "_recoverSubscriber", detachSuccessor);
  patchMethod(prototype, "_setTimeout", keepTimerContext);
  patchMethod(prototype, "_wrapTransactionResponse", reachTransactionResponse);
  patchMethod(prototype, "waitForTransaction", observeWaitForTransaction);
}

/**
 * Listeners that ethers registers for its pollers and for `wait` keep the context of that work. The application's own
 * listeners are passed on untouched.
 */
function bindInternalListener(original: Method): Method {
  return function (this: object, ...args: unknown[]): unknown {
    const [event, listener] = args;
    if (typeof listener !== "function" || stateOf(this) === undefined || !isInternal()) {
      return original.apply(this, args);
    }
    const bound = guarded("a listener could not be bound", () => bind(listener, context.active()));
    return original.call(this, event, bound ?? listener, ...args.slice(2));
  };
}

function bind(listener: object, active: Context): object {
  const { listeners, originals } = registry();
  const existing = listeners.get(listener);
  if (existing !== undefined) return existing;
  const counters = waitCounters(active);
  const bound = function (this: unknown, ...args: unknown[]): unknown {
    if (typeof args[0] === "number") counters?.blocks.add(args[0]);
    // Only functions are bound, see above.
    return context.with(active, () => Reflect.apply(listener as Method, this, args));
  };
  listeners.set(listener, bound);
  originals.set(bound, listener);
  return bound;
}

function findWrapper(original: Method): Method {
  return function (this: object, ...args: unknown[]): unknown {
    const [event, listener] = args;
    const bound = typeof listener === "function" ? registry().listeners.get(listener) : undefined;
    return bound === undefined ? original.apply(this, args) : original.call(this, event, bound);
  };
}

function showOriginals(original: Method): Method {
  return async function (this: object, ...args: unknown[]): Promise<unknown> {
    const listeners: unknown = await original.apply(this, args);
    if (!Array.isArray(listeners)) return listeners;
    return listeners.map((item: unknown) => registry().originals.get(Object(item)) ?? item);
  };
}

/** An event of a poller reaches the application outside of the poller's context: its handlers may record spans. */
function leaveBackground(original: Method): Method {
  return function (this: object, ...args: unknown[]): unknown {
    // Every request emits "debug" twice, mostly to nobody: it must cost nothing, and is no event of the application's.
    if (args[0] === "debug" && BESIDE.running === 0) return original.apply(this, args);
    const state = stateOf(this);
    if (state === undefined) return original.apply(this, args);
    if (args[0] === "error") {
      guarded("metrics threw", () => {
        const attributes = { ...sharedAttributes(state), [ATTR_ERROR_TYPE]: errorInfo(args[1]).type };
        instruments(state.options.meterProvider).providerErrors.add(1, attributes);
      });
    }
    if (args[0] === "debug") guarded("a request could not be noted", () => noteRequest(args[1]));
    if (args[0] === "block") guarded("metrics threw", () => noteBlockHeight(state, args[1]));
    if (!isBackground(context.active()) && !isOffchainRead()) return original.apply(this, args);
    return context.with(ROOT_CONTEXT, () => original.apply(this, args));
  };
}

/** `resume` starts the timers of all pollers anew, in the context of whoever called it. */
function keepTimerContext(original: Method): Method {
  return function _setTimeout(this: object, ...args: unknown[]): unknown {
    const [work] = args;
    if (typeof work !== "function" || stateOf(this) === undefined || !isInternal()) {
      return original.apply(this, args);
    }
    const active = context.active();
    const kept = (): unknown => context.with(active, () => Reflect.apply(work, undefined, []));
    return original.call(this, kept, ...args.slice(1));
  };
}

/** What ethers tells about requests that do not go through a JSON-RPC provider. */
function noteRequest(event: unknown): void {
  noteOffchainRead(event);
  noteEtherscan(event);
}

/** The class of transactions cannot be reached without an import; the first one that comes along shows it. */
function reachTransactionResponse(original: Method): Method {
  return function (this: object, ...args: unknown[]): unknown {
    const response = original.apply(this, args);
    if (typeof response === "object" && response !== null && stateOf(this) !== undefined) {
      guarded("transactions could not be instrumented", () => {
        for (const link of prototypeChain(response)) patchTransactionResponse(link);
      });
    }
    return response;
  };
}
