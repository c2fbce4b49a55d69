import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Hash of the transaction; known before the broadcast, so that a failed one can be looked up. */
export const ATTR_TX_HASH = "tx.hash" as const;

/** State of the transaction. */
export const ATTR_TX_STATUS = "tx.status" as const;

/** Gas that the transaction used, from its receipt. */
export const ATTR_TX_GAS_USED = "tx.gas_used" as const;

/** Effective price of a unit of gas in wei, from the receipt. */
export const ATTR_TX_GAS_PRICE = "tx.gas_price" as const;

/** Total fee in wei as a decimal string, with the blob fee and the layer 1 fee. */
export const ATTR_TX_FEE = "tx.fee" as const;

/** Layer 1 part of the fee of a rollup in wei, as a decimal string. */
export const ATTR_TX_L1_FEE = "tx.l1_fee" as const;

/** Nonce of the transaction. */
export const ATTR_TX_NONCE = "tx.nonce" as const;

/** EIP-2718 type of the transaction: 0 legacy, 1 access list, 2 fee market, 3 blob, 4 set code. */
export const ATTR_TX_TYPE = "tx.type" as const;

/** Address of the receiver; absent for a deployment. */
export const ATTR_TX_TO = "tx.to" as const;

/** Gas limit of the transaction. */
export const ATTR_TX_GAS_LIMIT = "tx.gas_limit" as const;

/** Gas used divided by the gas limit. */
export const ATTR_TX_GAS_LIMIT_RATIO = "tx.gas_limit_ratio" as const;

/** Highest fee for a unit of gas that the sender accepts, in wei. */
export const ATTR_TX_MAX_FEE_PER_GAS = "tx.max_fee_per_gas" as const;

/** Highest tip for a unit of gas that the sender pays, in wei. */
export const ATTR_TX_MAX_PRIORITY_FEE_PER_GAS = "tx.max_priority_fee_per_gas" as const;

/** Definitions of the attributes of transactions. */
export const TX_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_TX_HASH,
    "string",
    "high",
    "public",
    "stable",
    "guide",
    "Hash of the transaction; known before the broadcast, so that a failed one can be looked up.",
  ),
  defineAttribute(
    ATTR_TX_STATUS,
    "string",
    "fixed",
    "public",
    "stable",
    "guide",
    "State of the transaction.",
    {
      values: [
        "pending",
        "success",
        "confirmed",
        "reverted",
        "repriced",
        "replaced",
        "cancelled",
        "timeout",
        "dropped",
        "unknown",
      ],
    },
  ),
  defineAttribute(
    ATTR_TX_GAS_USED,
    "int",
    "high",
    "public",
    "stable",
    "guide",
    "Gas that the transaction used, from its receipt.",
  ),
  defineAttribute(
    ATTR_TX_GAS_PRICE,
    "double",
    "high",
    "public",
    "stable",
    "guide",
    "Effective price of a unit of gas in wei, from the receipt.",
  ),
  defineAttribute(
    ATTR_TX_FEE,
    "string",
    "high",
    "public",
    "development",
    "ethers",
    "Total fee in wei as a decimal string, with the blob fee and the layer 1 fee.",
  ),
  defineAttribute(
    ATTR_TX_L1_FEE,
    "string",
    "high",
    "public",
    "development",
    "ethers",
    "Layer 1 part of the fee of a rollup in wei, as a decimal string.",
  ),
  defineAttribute(
    ATTR_TX_NONCE,
    "int",
    "high",
    "public",
    "development",
    "ethers",
    "Nonce of the transaction.",
  ),
  defineAttribute(
    ATTR_TX_TYPE,
    "int",
    "fixed",
    "public",
    "development",
    "ethers",
    "EIP-2718 type of the transaction: 0 legacy, 1 access list, 2 fee market, 3 blob, 4 set code.",
  ),
  defineAttribute(
    ATTR_TX_TO,
    "string",
    "high",
    "public",
    "development",
    "ethers",
    "Address of the receiver; absent for a deployment.",
  ),
  defineAttribute(
    ATTR_TX_GAS_LIMIT,
    "int",
    "high",
    "public",
    "development",
    "ethers",
    "Gas limit of the transaction.",
  ),
  defineAttribute(
    ATTR_TX_GAS_LIMIT_RATIO,
    "double",
    "high",
    "public",
    "development",
    "ethers",
    "Gas used divided by the gas limit.",
  ),
  defineAttribute(
    ATTR_TX_MAX_FEE_PER_GAS,
    "double",
    "high",
    "public",
    "development",
    "ethers",
    "Highest fee for a unit of gas that the sender accepts, in wei.",
  ),
  defineAttribute(
    ATTR_TX_MAX_PRIORITY_FEE_PER_GAS,
    "double",
    "high",
    "public",
    "development",
    "ethers",
    "Highest tip for a unit of gas that the sender pays, in wei.",
  ),
];
