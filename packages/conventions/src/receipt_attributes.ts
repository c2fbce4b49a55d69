import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Number of the block that includes the transaction. */
export const ATTR_TX_BLOCK_NUMBER = "tx.block_number" as const;

/** Hash of the block that includes the transaction. */
export const ATTR_TX_BLOCK_HASH = "tx.block_hash" as const;

/** Position of the transaction in its block. */
export const ATTR_TX_INDEX = "tx.index" as const;

/** Gas that the block had used after the transaction. */
export const ATTR_TX_CUMULATIVE_GAS_USED = "tx.cumulative_gas_used" as const;

/** Blob gas that the transaction used. */
export const ATTR_TX_BLOB_GAS_USED = "tx.blob_gas_used" as const;

/** Price of a unit of blob gas in wei. */
export const ATTR_TX_BLOB_GAS_PRICE = "tx.blob_gas_price" as const;

/** Confirmations that the caller waits for. */
export const ATTR_TX_CONFIRMATIONS_REQUIRED = "tx.confirmations.required" as const;

/** Longest time that the caller waits, in milliseconds. */
export const ATTR_TX_WAIT_TIMEOUT_MS = "tx.wait.timeout_ms" as const;

/** RPC calls that the wait has made; they are counted here instead of having spans of their own. */
export const ATTR_TX_WAIT_RPC_CALLS = "tx.wait.rpc_calls" as const;

/** Blocks that passed during the wait. */
export const ATTR_TX_WAIT_BLOCKS = "tx.wait.blocks" as const;

/** Hash of the transaction that replaced this one. */
export const ATTR_TX_REPLACEMENT_HASH = "tx.replacement.hash" as const;

/** Why the transaction was replaced. */
export const ATTR_TX_REPLACEMENT_REASON = "tx.replacement.reason" as const;

/** Name of the custom error, or Error or Panic. */
export const ATTR_TX_REVERT_NAME = "tx.revert.name" as const;

/** Signature of the custom error. */
export const ATTR_TX_REVERT_SIGNATURE = "tx.revert.signature" as const;

/** Text of the revert, or the meaning of the panic code. */
export const ATTR_TX_REVERT_REASON = "tx.revert.reason" as const;

/** Revert data in hexadecimal, at most 266 characters. */
export const ATTR_TX_REVERT_DATA = "tx.revert.data" as const;

/** Code of the panic in hexadecimal. */
export const ATTR_TX_REVERT_CODE = "tx.revert.code" as const;

/** Types of the arguments of the custom error; the values are not recorded. */
export const ATTR_TX_REVERT_ARG_TYPES = "tx.revert.arg_types" as const;

/** How the revert reason was found. */
export const ATTR_TX_REVERT_SOURCE = "tx.revert.source" as const;

/** Definitions of the attributes of receipts, waits and reverts. */
export const RECEIPT_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_TX_BLOCK_NUMBER,
    "int",
    "high",
    "public",
    "development",
    "ethers",
    "Number of the block that includes the transaction.",
  ),
  defineAttribute(
    ATTR_TX_BLOCK_HASH,
    "string",
    "high",
    "public",
    "development",
    "ethers",
    "Hash of the block that includes the transaction.",
  ),
  defineAttribute(
    ATTR_TX_INDEX,
    "int",
    "high",
    "public",
    "development",
    "ethers",
    "Position of the transaction in its block.",
  ),
  defineAttribute(
    ATTR_TX_CUMULATIVE_GAS_USED,
    "int",
    "high",
    "public",
    "development",
    "ethers",
    "Gas that the block had used after the transaction.",
  ),
  defineAttribute(
    ATTR_TX_BLOB_GAS_USED,
    "int",
    "high",
    "public",
    "development",
    "ethers",
    "Blob gas that the transaction used.",
  ),
  defineAttribute(
    ATTR_TX_BLOB_GAS_PRICE,
    "double",
    "high",
    "public",
    "development",
    "ethers",
    "Price of a unit of blob gas in wei.",
  ),
  defineAttribute(
    ATTR_TX_CONFIRMATIONS_REQUIRED,
    "int",
    "low",
    "public",
    "development",
    "ethers",
    "Confirmations that the caller waits for.",
  ),
  defineAttribute(
    ATTR_TX_WAIT_TIMEOUT_MS,
    "int",
    "low",
    "public",
    "development",
    "ethers",
    "Longest time that the caller waits, in milliseconds.",
  ),
  defineAttribute(
    ATTR_TX_WAIT_RPC_CALLS,
    "int",
    "high",
    "public",
    "development",
    "ethers",
    "RPC calls that the wait has made; they are counted here instead of having spans of their own.",
  ),
  defineAttribute(
    ATTR_TX_WAIT_BLOCKS,
    "int",
    "high",
    "public",
    "development",
    "ethers",
    "Blocks that passed during the wait.",
  ),
  defineAttribute(
    ATTR_TX_REPLACEMENT_HASH,
    "string",
    "high",
    "public",
    "development",
    "ethers",
    "Hash of the transaction that replaced this one.",
  ),
  defineAttribute(
    ATTR_TX_REPLACEMENT_REASON,
    "string",
    "fixed",
    "public",
    "development",
    "ethers",
    "Why the transaction was replaced.",
    { values: ["repriced", "cancelled", "replaced"] },
  ),
  defineAttribute(
    ATTR_TX_REVERT_NAME,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Name of the custom error, or Error or Panic.",
  ),
  defineAttribute(
    ATTR_TX_REVERT_SIGNATURE,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Signature of the custom error.",
  ),
  defineAttribute(
    ATTR_TX_REVERT_REASON,
    "string",
    "high",
    "public",
    "development",
    "ethers",
    "Text of the revert, or the meaning of the panic code.",
  ),
  defineAttribute(
    ATTR_TX_REVERT_DATA,
    "string",
    "high",
    "public",
    "development",
    "ethers",
    "Revert data in hexadecimal, at most 266 characters.",
  ),
  defineAttribute(
    ATTR_TX_REVERT_CODE,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Code of the panic in hexadecimal.",
  ),
  defineAttribute(
    ATTR_TX_REVERT_ARG_TYPES,
    "string",
    "low",
    "public",
    "development",
    "ethers",
    "Types of the arguments of the custom error; the values are not recorded.",
  ),
  defineAttribute(
    ATTR_TX_REVERT_SOURCE,
    "string",
    "fixed",
    "public",
    "development",
    "ethers",
    "How the revert reason was found.",
    { values: ["receipt", "call", "estimate", "replay", "trace"] },
  ),
];
