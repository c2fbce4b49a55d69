import { context } from "@opentelemetry/api";
import {
  type Contract,
  type ContractTransactionResponse,
  isError,
  type Log,
  type Signer,
  type TransactionReceipt,
} from "ethers";
import { explainRevert } from "./contract_call_error.ts";

/** A call of a contract's method that changes its state. */
export interface ContractCall {
  readonly contract: Contract;
  readonly method: string;
  readonly args: readonly unknown[];
  readonly value?: bigint;
  /** Left out, the node estimates the gas, and a call that would fail is not sent. */
  readonly gasLimit?: bigint;
  /** Is told the hash as soon as there is one. */
  readonly onSent?: (hash: string) => void;
  /** Is given the transaction as long as it is not mined; what it returns is called when that is over. */
  readonly onPending?: (pending: PendingTransaction) => () => void;
}

/** A transaction that was sent and is not in a block yet. */
export interface PendingTransaction {
  readonly hash: string;
  /** Sends it once more with fees that are a quarter higher, in the trace of the first one; returns the new hash. */
  speedUp(): Promise<string>;
}

/** What is left of a transaction that was mined. */
export interface Executed {
  /** The hash that is on the chain: that of the replacement if there was one. */
  readonly hash: string;
  readonly logs: readonly Log[];
}

/**
 * Sends a transaction and waits until it is in a block.
 *
 * @throws ContractCallError if the contract refuses the call, before or after it was sent.
 */
export async function execute(call: ContractCall): Promise<Executed> {
  const { contract, method, args, value, gasLimit } = call;
  const overrides = {
    ...(value === undefined ? {} : { value }),
    ...(gasLimit === undefined ? {} : { gasLimit }),
  };
  try {
    // One after the other: two transactions of one signer must not take the same nonce.
    const sent = await inTurn(contract.runner, () => contract.getFunction(method).send(...args, overrides));
    call.onSent?.(sent.hash);
    return await mined(sent, call);
  } catch (error) {
    throw await explainRevert(error, contract, method, args);
  }
}

/** The arguments of the first event of this name in the logs. */
export function eventArgs(contract: Contract, event: string, logs: readonly Log[]): Record<string, unknown> {
  for (const log of logs) {
    const parsed = contract.interface.parseLog(log);
    if (parsed?.name === event) return parsed.args.toObject();
  }
  throw new Error(`Cannot find the event '${event}' in the logs of the transaction`);
}

const turns = new WeakMap<object, Promise<unknown>>();

function inTurn<T>(of: object | null, action: () => Promise<T>): Promise<T> {
  if (of === null) return action();
  const turn = (turns.get(of) ?? Promise.resolve()).then(action, action);
  turns.set(of, turn);
  return turn;
}

async function mined(
  sent: ContractTransactionResponse,
  { contract, method, onPending }: ContractCall,
): Promise<Executed> {
  if (onPending === undefined) return receiptOf(await sent.wait(), method);
  // ethers looks for a replacement only from a block on that it is told, and contract calls do not tell it.
  const replaceable = sent.replaceableTransaction(await sent.provider.getBlockNumber());
  const speedUp = context.bind(context.active(), () => replace(sent, contract));
  const settled = onPending({ hash: sent.hash, speedUp });
  try {
    return receiptOf(await replaceable.wait(), method);
  } catch (error) {
    // The same transaction with higher fees is no failure; its receipt comes with the error.
    if (isError(error, "TRANSACTION_REPLACED") && !error.cancelled) return error.receipt;
    throw error;
  } finally {
    settled();
  }
}

function receiptOf(receipt: TransactionReceipt | null, method: string): Executed {
  if (receipt === null) throw new Error(`Cannot call ${method} as no confirmation was waited for`);
  return receipt;
}

async function replace(sent: ContractTransactionResponse, contract: Contract): Promise<string> {
  const { data, gasLimit, maxFeePerGas, maxPriorityFeePerGas, nonce, to, value } = sent;
  const raised = (fee: bigint | null): bigint => ((fee ?? 0n) * 125n) / 100n;
  const fees = { maxFeePerGas: raised(maxFeePerGas), maxPriorityFeePerGas: raised(maxPriorityFeePerGas) };
  // The runner of contracts in this app is always a wallet.
  const signer = contract.runner as Signer;
  return (await signer.sendTransaction({ data, gasLimit, nonce, to, value, ...fees })).hash;
}
