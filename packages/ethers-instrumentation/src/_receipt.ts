import {
  ATTR_CONTRACT_ADDRESS,
  ATTR_TX_BLOB_GAS_PRICE,
  ATTR_TX_BLOB_GAS_USED,
  ATTR_TX_BLOCK_HASH,
  ATTR_TX_BLOCK_NUMBER,
  ATTR_TX_CUMULATIVE_GAS_USED,
  ATTR_TX_FEE,
  ATTR_TX_GAS_PRICE,
  ATTR_TX_GAS_USED,
  ATTR_TX_INDEX,
  ATTR_TX_L1_FEE,
  ATTR_WALLET_ADDRESS,
} from "@dcmx-tracing/conventions";
import type { Attributes } from "@opentelemetry/api";
import { fieldsOf } from "./_error_info.ts";
import { toNumber } from "./_provider_state.ts";
import { isAddress, isHash } from "./_rpc_attributes.ts";

/** What a receipt says, with bigints for amounts that exceed the exact numbers. */
export interface ReceiptFacts {
  /** 1, 0, or undefined for receipts from before Byzantium. */
  readonly status: number | undefined;
  readonly gasUsed: bigint | undefined;
  /** Price that was paid for a unit of gas, in wei. */
  readonly gasPrice: bigint | undefined;
  /** Everything that the sender paid beyond the value, in wei. */
  readonly fee: bigint | undefined;
  readonly attributes: Attributes;
}

/** Reads a receipt of ethers; figures that are missing or malformed are left out. */
export function receiptFacts(receipt: object, l1Fee: bigint | undefined): ReceiptFacts {
  const fields = fieldsOf(receipt);
  const gasUsed = bigintOf(fields.gasUsed);
  const gasPrice = bigintOf(fields.gasPrice);
  const blobGasUsed = bigintOf(fields.blobGasUsed);
  const blobGasPrice = bigintOf(fields.blobGasPrice);
  const execution = gasUsed === undefined || gasPrice === undefined ? undefined : gasUsed * gasPrice;
  const blobs = (blobGasUsed ?? 0n) * (blobGasPrice ?? 0n);
  const fee = execution === undefined ? undefined : execution + blobs + (l1Fee ?? 0n);
  return {
    status: toNumber(fields.status),
    gasUsed,
    gasPrice,
    fee,
    attributes: {
      ...figure(ATTR_TX_GAS_USED, gasUsed),
      ...figure(ATTR_TX_GAS_PRICE, gasPrice),
      ...(fee === undefined ? {} : { [ATTR_TX_FEE]: fee.toString() }),
      ...(l1Fee === undefined ? {} : { [ATTR_TX_L1_FEE]: l1Fee.toString() }),
      ...figure(ATTR_TX_BLOCK_NUMBER, fields.blockNumber),
      ...(isHash(fields.blockHash) ? { [ATTR_TX_BLOCK_HASH]: fields.blockHash } : {}),
      ...figure(ATTR_TX_INDEX, fields.index),
      ...figure(ATTR_TX_CUMULATIVE_GAS_USED, fields.cumulativeGasUsed),
      ...figure(ATTR_TX_BLOB_GAS_USED, blobGasUsed),
      ...figure(ATTR_TX_BLOB_GAS_PRICE, blobGasPrice),
      ...(isAddress(fields.contractAddress) ? { [ATTR_CONTRACT_ADDRESS]: fields.contractAddress } : {}),
      ...(isAddress(fields.from) ? { [ATTR_WALLET_ADDRESS]: fields.from } : {}),
    },
  };
}

/** Wei as gwei, for metrics. */
export function gwei(wei: bigint): number {
  // The quotient and the remainder apart: a fee beyond 2^53 wei would lose its last digits otherwise.
  return Number(wei / 1_000_000_000n) + Number(wei % 1_000_000_000n) / 1e9;
}

/** A quantity as ethers or a node gives it. */
export function bigintOf(value: unknown): bigint | undefined {
  if (typeof value === "bigint") return value;
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  return typeof value === "string" && /^0x[0-9a-f]{1,64}$/i.test(value) ? BigInt(value) : undefined;
}

function figure(name: string, value: unknown): Attributes {
  const number = toNumber(value);
  return number === undefined ? {} : { [name]: number };
}
