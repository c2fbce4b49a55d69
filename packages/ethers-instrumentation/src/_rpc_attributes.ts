import {
  ATTR_BLOCKCHAIN_BLOCK_TAG,
  ATTR_BLOCKCHAIN_LOGS_FROM_BLOCK,
  ATTR_BLOCKCHAIN_LOGS_TO_BLOCK,
  ATTR_CONTRACT_ADDRESS,
  ATTR_CONTRACT_SELECTOR,
  ATTR_ETHERS_LOGS_COUNT,
  ATTR_TX_BLOCK_NUMBER,
  ATTR_TX_GAS_USED,
  ATTR_TX_HASH,
  ATTR_TX_STATUS,
} from "@dcmx-tracing/conventions";
import type { Attributes } from "@opentelemetry/api";
import { fieldsOf } from "./_error_info.ts";
import { toNumber } from "./_provider_state.ts";

/** What the raw answer of a node says about a transaction; empty for answers about anything else. */
export function resultAttributes(method: string, result: unknown): Attributes {
  if (typeof result === "string") {
    return SENDING.has(method) && isHash(result) ? { [ATTR_TX_HASH]: result } : {};
  }
  if (method === "eth_getLogs" && Array.isArray(result)) return { [ATTR_ETHERS_LOGS_COUNT]: result.length };
  if (typeof result !== "object" || result === null) return {};
  if (RECEIPTS.has(method)) return receiptAttributes(fieldsOf(result));
  return TRANSACTIONS.has(method) ? transactionAttributes(fieldsOf(result)) : {};
}

const SENDING: ReadonlySet<string> = new Set([
  "eth_sendRawTransaction",
  "eth_sendTransaction",
  "eth_sendPrivateTransaction",
  "personal_sendTransaction",
]);

const RECEIPTS: ReadonlySet<string> = new Set(["eth_getTransactionReceipt", "eth_sendRawTransactionSync"]);

const TRANSACTIONS: ReadonlySet<string> = new Set([
  "eth_getTransactionByHash",
  "eth_getTransactionByBlockHashAndIndex",
  "eth_getTransactionByBlockNumberAndIndex",
  "eth_getTransactionBySenderAndNonce",
]);

/** Whether calls of this method bring a transaction to the node. */
export function isSending(method: string): boolean {
  return SENDING.has(method) || method === "eth_sendRawTransactionSync";
}

function receiptAttributes(receipt: Readonly<Record<string, unknown>>): Attributes {
  const attributes: Attributes = {};
  if (isHash(receipt.transactionHash)) attributes[ATTR_TX_HASH] = receipt.transactionHash;
  const status = toNumber(receipt.status);
  // Receipts from before Byzantium have a state root in place of a status; they say nothing about success.
  if (status === 0 || status === 1) attributes[ATTR_TX_STATUS] = status === 1 ? "success" : "reverted";
  const gasUsed = toNumber(receipt.gasUsed);
  if (gasUsed !== undefined) attributes[ATTR_TX_GAS_USED] = gasUsed;
  const blockNumber = toNumber(receipt.blockNumber);
  if (blockNumber !== undefined) attributes[ATTR_TX_BLOCK_NUMBER] = blockNumber;
  return attributes;
}

function transactionAttributes(tx: Readonly<Record<string, unknown>>): Attributes {
  const attributes: Attributes = {};
  if (isHash(tx.hash)) attributes[ATTR_TX_HASH] = tx.hash;
  const blockNumber = toNumber(tx.blockNumber);
  if (blockNumber === undefined) attributes[ATTR_TX_STATUS] = "pending";
  else attributes[ATTR_TX_BLOCK_NUMBER] = blockNumber;
  return attributes;
}

/** The public parts of a call's parameters: whom it calls and which blocks it reads, never calldata. */
export function requestAttributes(method: string, params: unknown): Attributes {
  if (!Array.isArray(params)) return {};
  const [first, second]: readonly unknown[] = params;
  const attributes: Attributes = {};
  if (typeof first === "object" && first !== null) {
    const { to, data, input, fromBlock, toBlock } = fieldsOf(first);
    if (isAddress(to)) attributes[ATTR_CONTRACT_ADDRESS] = to;
    const selector = /^0x[0-9a-f]{8}/i.exec(String(data ?? input ?? ""))?.[0];
    if (selector !== undefined) attributes[ATTR_CONTRACT_SELECTOR] = selector;
    if (method === "eth_getLogs") {
      if (isBlockTag(fromBlock)) attributes[ATTR_BLOCKCHAIN_LOGS_FROM_BLOCK] = fromBlock;
      if (isBlockTag(toBlock)) attributes[ATTR_BLOCKCHAIN_LOGS_TO_BLOCK] = toBlock;
    }
  }
  if (method.startsWith("eth_") && isBlockTag(second)) attributes[ATTR_BLOCKCHAIN_BLOCK_TAG] = second;
  return attributes;
}

/** Whether this is a 32-byte hash in hex. */
export function isHash(value: unknown): value is string {
  return typeof value === "string" && /^0x[0-9a-f]{64}$/i.test(value);
}

/** Whether this is an address in hex. */
export function isAddress(value: unknown): value is string {
  return typeof value === "string" && /^0x[0-9a-f]{40}$/i.test(value);
}

function isBlockTag(value: unknown): value is string {
  return (
    typeof value === "string" && /^(latest|earliest|pending|safe|finalized|0x[0-9a-f]{1,16})$/.test(value)
  );
}
