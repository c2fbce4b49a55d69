import { patchClassesOf } from "./_patch_classes.ts";
import { providerBehind } from "./_provider_behind.ts";
import { instrumentProvider } from "./instrument_provider.ts";
import type { EthersInstrumentationOptions } from "./options.ts";

/**
 * Instruments the class of a signer, and its provider: spans of `sendTransaction`, of what prepares the transaction
 * and of signing. Not needed where {@linkcode instrumentEthers} was called.
 *
 * @param signer A wallet or another signer of ethers v6 that has a provider.
 * @param options Options of the provider.
 * @returns The same signer.
 * @throws TypeError if the signer has no provider.
 *
 * @example Trace what a wallet sends
 * ```ts
 * import { instrumentSigner, uninstrument } from "@dcmx-tracing/ethers-instrumentation";
 * import { JsonRpcProvider, Wallet } from "ethers";
 *
 * const provider = new JsonRpcProvider("http://127.0.0.1:8545");
 * const wallet = instrumentSigner(Wallet.createRandom(provider));
 * uninstrument(wallet);
 * provider.destroy();
 * ```
 */
export function instrumentSigner<S extends object>(signer: S, options?: EthersInstrumentationOptions): S {
  const provider = providerBehind(signer);
  if (provider === undefined) {
    throw new TypeError("Cannot instrument the signer as it must have a provider: current value has none");
  }
  instrumentProvider(provider, options);
  patchClassesOf(signer);
  return signer;
}
