import { fieldsOf } from "./_error_info.ts";
import { patchClassesOf } from "./_patch_classes.ts";
import { providerBehind } from "./_provider_behind.ts";
import { instrumentProvider } from "./instrument_provider.ts";
import type { EthersInstrumentationOptions } from "./options.ts";

/**
 * Instruments the class of a contract, and the signer and provider behind it: spans of its methods, queries, events and
 * deployment. Not needed where {@linkcode instrumentEthers} was called.
 *
 * @param contract A contract of ethers v6 that has a runner with a provider.
 * @param options Options of the provider.
 * @returns The same contract.
 * @throws TypeError if there is no provider behind the contract.
 *
 * @example Trace the methods of a contract
 * ```ts
 * import { instrumentContract, uninstrument } from "@dcmx-tracing/ethers-instrumentation";
 * import { Contract, JsonRpcProvider, ZeroAddress } from "ethers";
 *
 * const provider = new JsonRpcProvider("http://127.0.0.1:8545");
 * const abi = ["function ownerOf(uint256) view returns (address)"];
 * const nft = instrumentContract(new Contract(ZeroAddress, abi, provider));
 * uninstrument(nft);
 * provider.destroy();
 * ```
 */
export function instrumentContract<C extends object>(contract: C, options?: EthersInstrumentationOptions): C {
  const provider = providerBehind(contract);
  if (provider === undefined) {
    throw new TypeError(
      "Cannot instrument the contract as its runner must have a provider: current value has none",
    );
  }
  instrumentProvider(provider, options);
  patchClassesOf(contract);
  const { runner } = fieldsOf(contract);
  if (typeof runner === "object" && runner !== null) patchClassesOf(runner);
  return contract;
}
