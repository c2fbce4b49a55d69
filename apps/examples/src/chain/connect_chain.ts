import { Contract, JsonRpcProvider, Wallet } from "ethers";
import { type ContractAddresses, contractAbi } from "./deploy_contracts.ts";

/** The contracts of the platform, used by one signer. */
export interface Chain {
  readonly provider: JsonRpcProvider;
  readonly signer: Wallet;
  readonly badges: Contract;
  readonly market: Contract;
  readonly tracks: Contract;
}

/** Connects a signer to the contracts. */
export function connectChain(
  { rpcUrl, chainId }: { readonly rpcUrl: string; readonly chainId: number },
  signerKey: string,
  addresses: ContractAddresses,
): Chain {
  const provider = connectProvider(rpcUrl, chainId);
  const signer = new Wallet(signerKey, provider);
  return {
    provider,
    signer,
    badges: new Contract(addresses.badges, contractAbi("DcmxBadges"), signer),
    market: new Contract(addresses.market, contractAbi("DcmxMarket"), signer),
    tracks: new Contract(addresses.tracks, contractAbi("DcmxTracks"), signer),
  };
}

/** One request a call, and no cache: what is asked is what is seen in the trace. */
export function connectProvider(rpcUrl: string, chainId: number): JsonRpcProvider {
  const options = { staticNetwork: true, batchMaxCount: 1, cacheTimeout: -1, pollingInterval: 100 };
  return new JsonRpcProvider(rpcUrl, chainId, options);
}
