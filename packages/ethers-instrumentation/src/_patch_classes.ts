import { prototypeChain } from "./_patch.ts";
import { isAbstractProvider, patchAbstractProvider } from "./_patch_abstract_provider.ts";
import { patchBrowserProvider } from "./_patch_browser_provider.ts";
import { patchCcip } from "./_patch_ccip.ts";
import { patchContract } from "./_patch_contract.ts";
import { patchContractFactory } from "./_patch_deployment.ts";
import { patchEtherscan } from "./_patch_etherscan.ts";
import { patchFallback } from "./_patch_fallback.ts";
import { isJsonRpcBase, patchJsonRpcBase, patchSubclassSend } from "./_patch_json_rpc.ts";
import { patchEnsResolver, patchPerform, patchProviderMethods } from "./_patch_provider_methods.ts";
import { patchSigner } from "./_patch_signer.ts";
import { patchTransactionResponse } from "./_patch_transaction_response.ts";

/**
 * Patches a class of ethers by what its prototype defines. Names of classes do not survive a bundler; names of methods
 * do, because ethers calls them on objects of any class.
 */
export function patchClass(prototype: object): void {
  if (isAbstractProvider(prototype)) {
    patchAbstractProvider(prototype);
    patchProviderMethods(prototype);
  }
  if (isJsonRpcBase(prototype)) patchJsonRpcBase(prototype);
  else if ([...prototypeChain(prototype)].some(isJsonRpcBase)) patchSubclassSend(prototype);
  patchFallback(prototype);
  patchEtherscan(prototype);
  patchBrowserProvider(prototype);
  patchCcip(prototype);
  patchEnsResolver(prototype);
  if ([...prototypeChain(prototype)].some(isAbstractProvider)) patchPerform(prototype);
  patchTransactionResponse(prototype);
  patchSigner(prototype);
  patchContract(prototype);
  patchContractFactory(prototype);
}

/** Patches the classes of an object, from its own up to the base. */
export function patchClassesOf(object: object): void {
  for (const link of prototypeChain(object)) {
    // An object in front of the chain is an instance; classes have a constructor of their own.
    if (Object.hasOwn(link, "constructor")) patchClass(link);
  }
}

/** Patches every class that a module exports. */
export function patchExports(exports: object): void {
  for (const value of Object.values(exports)) {
    if (typeof value !== "function") continue;
    const { prototype }: { prototype?: unknown } = value;
    if (typeof prototype === "object" && prototype !== null) patchClass(prototype);
  }
}
