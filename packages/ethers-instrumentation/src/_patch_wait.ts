import { type Attributes, context } from "@opentelemetry/api";
import { waitCounters } from "./_contexts.ts";
import { fieldsOf } from "./_error_info.ts";
import type { Method } from "./_patch.ts";
import type { ProviderState } from "./_provider_state.ts";
import { guarded, reportOnce } from "./_report.ts";
import { revertOfMined } from "./_revert_of_mined.ts";
import { stateOf } from "./_state_of.ts";
import { endWait, failWait, startWait, type Wait, type WaitRequest } from "./_wait.ts";

/** `TransactionResponse.wait(confirms, timeout)`. */
export function observeWait(original: Method): Method {
  return function wait(this: object, ...args: unknown[]): unknown {
    const { provider, hash, gasLimit } = fieldsOf(this);
    const state = stateOf(provider);
    if (state === undefined || typeof hash !== "string") return original.apply(this, args);
    const [confirmations, timeout] = args;
    const request = { hash, provider, seen: true, confirmations, timeout, gasLimit };
    return observe(state, request, this, () => original.apply(this, args));
  };
}

/** `provider.waitForTransaction(hash, confirms, timeout)`. */
export function observeWaitForTransaction(original: Method): Method {
  return function waitForTransaction(this: object, ...args: unknown[]): unknown {
    const [hash, confirmations, timeout] = args;
    const state = stateOf(this);
    if (state === undefined || typeof hash !== "string") return original.apply(this, args);
    const tx = { provider: this };
    const request = { hash, provider: this, seen: false, confirmations, timeout };
    return observe(state, request, tx, () => original.apply(this, args));
  };
}

function observe(state: ProviderState, request: WaitRequest, tx: object, run: () => unknown): unknown {
  // A wait inside a wait is ethers' own doing.
  if (waitCounters(context.active()) !== undefined) return run();
  const wait = guarded("a wait could not be started", () => startWait(state, request));
  if (wait === undefined) return run();
  // Both methods are async functions, so `run` returns a promise and does not throw.
  return Promise.resolve(context.with(wait.context, run)).then(
    (receipt) => {
      guarded("a wait could not be ended", () => endWait(wait, receipt));
      return receipt;
    },
    async (error: unknown) => {
      const reason = state.options.revertReason === "off" ? {} : await reasonOf(wait, error, tx);
      guarded("a wait could not be ended", () => failWait(wait, error, reason));
      throw error;
    },
  );
}

async function reasonOf(wait: Wait, error: unknown, tx: object): Promise<Attributes> {
  try {
    return await revertOfMined(wait, error, tx);
  } catch (trouble) {
    reportOnce("the reason of a revert could not be found", trouble);
    return {};
  }
}
