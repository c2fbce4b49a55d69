import { ATTR_TX_HASH } from "@dcmx-tracing/conventions";
import type { Attributes } from "@opentelemetry/api";
import { noteBlockHeight } from "./_block_height.ts";
import { noteSighting } from "./_dropped.ts";
import { fieldsOf } from "./_error_info.ts";
import { bigintOf } from "./_receipt.ts";
import { isHash, isSending } from "./_rpc_attributes.ts";
import type { RpcCall } from "./_rpc_call.ts";
import { sendingOf } from "./_sending.ts";
import { trackedTransaction, trackTransaction } from "./_tracked_transactions.ts";
import { transactionHash } from "./_transaction_hash.ts";

/** Remembers what an answer tells beyond its own call: the height, the sender and the fate of a transaction. */
export function noteAnswer(call: RpcCall, result: unknown): void {
  if (call.method === "eth_blockNumber") noteBlockHeight(call.state, result);
  const { maxTrackedTransactions: limit } = call.state.options;
  if (isSending(call.method) && isHash(result)) {
    const span = call.span?.spanContext();
    const sending = sendingOf(call.parent);
    if (sending !== undefined) sending.hash = result;
    trackTransaction(result, { span, sentAt: performance.now() }, limit);
  }
  if (call.method === "eth_getTransactionByHash" && Array.isArray(call.params)) {
    noteSighting(call.params[0], result, call.span);
  }
  if (call.method !== "eth_getTransactionReceipt" || typeof result !== "object" || result === null) return;
  const { transactionHash: hash, l1Fee } = fieldsOf(result);
  noteSighting(hash, result, undefined);
  // ethers drops fields that it does not know from the receipt.
  const fee = bigintOf(l1Fee);
  if (fee === undefined || !isHash(hash) || trackedTransaction(hash)?.l1Fee === fee) return;
  trackTransaction(hash, { l1Fee: fee }, limit);
}

/** Hash of the transaction that a call carries: for calls that failed and whose transaction may be on its way. */
export function sentTransaction({ method, params }: RpcCall): Attributes {
  if (method !== "eth_sendRawTransaction" || !Array.isArray(params)) return {};
  const hash = transactionHash(params[0]);
  return hash === undefined ? {} : { [ATTR_TX_HASH]: hash };
}
