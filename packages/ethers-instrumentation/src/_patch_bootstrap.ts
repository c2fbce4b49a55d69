import { context } from "@opentelemetry/api";
import { backgroundContext } from "./_contexts.ts";
import { fieldsOf } from "./_error_info.ts";
import { type Method, patchMethod } from "./_patch.ts";
import { learnChainId, type ProviderState } from "./_provider_state.ts";
import { stateOf } from "./_state_of.ts";
import type { Payload } from "./_transport.ts";

/** Patches how the JSON-RPC providers find out what chain they are on. */
export function patchBootstrap(prototype: object): void {
  patchMethod(prototype, "_start", detachStart);
  patchMethod(prototype, "_detectNetwork", noteProvider);
}

/** Until the network is known ethers asks for it every second, in the context of whoever called first. */
function detachStart(original: Method): Method {
  return function _start(this: object, ...args: unknown[]): unknown {
    const state = stateOf(this);
    if (state === undefined || fieldsOf(this).ready === true) return original.apply(this, args);
    return context.with(backgroundContext("suppress"), () => original.apply(this, args));
  };
}

/** A socket provider may ask for the chain before it is first seen in `send`; the answer tells which one it is. */
function noteProvider(original: Method): Method {
  return function _detectNetwork(this: object, ...args: unknown[]): unknown {
    stateOf(this);
    return original.apply(this, args);
  };
}

/** The chain id comes by as the answer to somebody's eth_chainId. */
export function learnFromAnswers(state: ProviderState, payload: unknown, results: unknown): void {
  if (!Array.isArray(results)) return;
  const asked: readonly Payload[] = Array.isArray(payload) ? payload : [payload];
  for (const item of asked) {
    if (item?.method !== "eth_chainId") continue;
    const { id } = item;
    const answer: unknown = results.find((result) => fieldsOf(Object(result)).id === id);
    learnChainId(state, fieldsOf(Object(answer)).result);
  }
}
