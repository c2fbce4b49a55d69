import { ATTR_BLOCKCHAIN_CHAIN_ID } from "@dcmx-tracing/conventions";
import { instruments } from "./_instruments.ts";
import { type ProviderState, toNumber } from "./_provider_state.ts";

// Nonces that were given out to transactions which then failed, by signer.
const failed = new WeakMap<object, Set<number>>();

/**
 * Notes that a sending failed after its nonce was taken. A NonceManager counts before it sends, so the next
 * transaction gets the number after, and waits on the chain for one that never comes.
 */
export function noteFailedNonce(signer: object, value: unknown): void {
  const nonce = toNumber(value);
  if (nonce === undefined) return;
  const known = failed.get(signer) ?? new Set();
  known.add(nonce);
  failed.set(signer, known);
}

/** Counts the failed nonces that a sent transaction has left behind it; one that was used again is no gap. */
export function noteSentNonce(signer: object, state: ProviderState, value: unknown): void {
  const known = failed.get(signer);
  const nonce = toNumber(value);
  if (known === undefined || nonce === undefined) return;
  known.delete(nonce);
  for (const gap of known) {
    if (gap > nonce) continue;
    known.delete(gap);
    const chain = state.chainId === undefined ? {} : { [ATTR_BLOCKCHAIN_CHAIN_ID]: state.chainId };
    instruments(state.options.meterProvider).nonceGap.add(1, chain);
  }
}
