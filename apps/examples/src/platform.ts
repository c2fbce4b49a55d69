import { type BaseWallet, Contract, type ContractTransactionReceipt, type Log, type Provider } from "ethers";
import { type ContractAddresses, contractAbi } from "./chain/deploy_contracts.ts";
import { explainRevert } from "./contract_call_error.ts";
import type { OwnershipProof } from "./domain/ownership_proof.ts";

/** What the workflows work with. */
export interface Platform {
  /** The name of the chain, as in `blockchain.network`. */
  readonly network: string;
  readonly provider: Provider;
  readonly badges: Contract;
  readonly market: Contract;
  readonly tracks: Contract;
  /** The key that decides where watermarks hide. */
  readonly watermarkKey: string;
  /** Proofs that artists have handed in, by the id of their chain. */
  readonly proofs: ReadonlyMap<string, OwnershipProof>;
}

/** The platform's contracts, used by its operator. */
export function connectPlatform(
  operator: BaseWallet & { readonly provider: Provider | null },
  addresses: ContractAddresses,
  rest: Pick<Platform, "network" | "watermarkKey" | "proofs">,
): Platform {
  if (operator.provider === null)
    throw new TypeError("Cannot connect the platform as its operator has no provider");
  return {
    ...rest,
    provider: operator.provider,
    badges: new Contract(addresses.badges, contractAbi("DcmxBadges"), operator),
    market: new Contract(addresses.market, contractAbi("DcmxMarket"), operator),
    tracks: new Contract(addresses.tracks, contractAbi("DcmxTracks"), operator),
  };
}

/** A call of a contract's method that changes its state. */
export interface ContractCall {
  readonly contract: Contract;
  readonly method: string;
  readonly args: readonly unknown[];
  /** Left out, the node estimates the gas, and a call that would fail is not sent. */
  readonly gasLimit?: bigint;
}

/**
 * Sends a transaction and waits until it is in a block.
 *
 * @param call What is called.
 * @param onSent Is told the hash as soon as there is one.
 * @throws ContractCallError if the contract refuses the call, before or after it was sent.
 */
export async function execute(
  call: ContractCall,
  onSent?: (hash: string) => void,
): Promise<ContractTransactionReceipt> {
  const { contract, method, args, gasLimit } = call;
  try {
    const overrides = gasLimit === undefined ? [] : [{ gasLimit }];
    const sent = await contract.getFunction(method).send(...args, ...overrides);
    onSent?.(sent.hash);
    const receipt = await sent.wait();
    if (receipt === null) throw new Error(`Cannot call ${method} as no confirmation was waited for`);
    return receipt;
  } catch (error) {
    throw await explainRevert(error, contract, method, args);
  }
}

/** The arguments of the first event of this name in the receipt. */
export function eventArgs(
  contract: Contract,
  event: string,
  receipt: { readonly logs: readonly Log[] },
): Record<string, unknown> {
  for (const log of receipt.logs) {
    const parsed = contract.interface.parseLog(log);
    if (parsed?.name === event) return parsed.args.toObject();
  }
  throw new Error(`Cannot find the event '${event}' in the logs of the transaction`);
}
