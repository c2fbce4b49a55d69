import { defineMetric } from "./_define_metric.ts";
import { ATTR_BLOCKCHAIN_CHAIN_ID } from "./blockchain_attributes.ts";
import { CONFIRMATION_SECONDS_BUCKETS, FEE_GWEI_BUCKETS, GAS_BUCKETS, GWEI_BUCKETS } from "./buckets.ts";
import { ATTR_CONTRACT_METHOD } from "./contract_attributes.ts";
import { ATTR_ERROR_TYPE } from "./error_attributes.ts";
import type { MetricDefinition } from "./metric_definition.ts";
import { ATTR_TX_STATUS } from "./tx_attributes.ts";

/** Transactions that reached a final state. */
export const METRIC_BLOCKCHAIN_TX_COUNT = "blockchain.tx.count" as const;

/** Transactions that are waited for. */
export const METRIC_BLOCKCHAIN_TX_PENDING = "blockchain.tx.pending" as const;

/** Time from the broadcast to the receipt. */
export const METRIC_BLOCKCHAIN_TX_CONFIRMATION_DURATION = "blockchain.tx.confirmation.duration" as const;

/** Gas that a transaction used. */
export const METRIC_BLOCKCHAIN_TX_GAS_USED = "blockchain.tx.gas_used" as const;

/** Effective price of a unit of gas, in gwei. */
export const METRIC_BLOCKCHAIN_TX_GAS_PRICE = "blockchain.tx.gas_price" as const;

/** Total fee of a transaction, in gwei. */
export const METRIC_BLOCKCHAIN_TX_FEE = "blockchain.tx.fee" as const;

/** Nonces that were taken but not used, so that later transactions wait. */
export const METRIC_BLOCKCHAIN_NONCE_GAP = "blockchain.nonce.gap" as const;

/** Definitions of the metrics of transactions. */
export const TX_METRICS: readonly MetricDefinition[] = [
  defineMetric(
    METRIC_BLOCKCHAIN_TX_COUNT,
    "counter",
    "{transaction}",
    "development",
    "ethers",
    "Transactions that reached a final state.",
    [ATTR_TX_STATUS, ATTR_CONTRACT_METHOD, ATTR_BLOCKCHAIN_CHAIN_ID, ATTR_ERROR_TYPE],
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_TX_PENDING,
    "updowncounter",
    "{transaction}",
    "development",
    "ethers",
    "Transactions that are waited for.",
    [ATTR_BLOCKCHAIN_CHAIN_ID],
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_TX_CONFIRMATION_DURATION,
    "histogram",
    "s",
    "development",
    "ethers",
    "Time from the broadcast to the receipt.",
    [ATTR_TX_STATUS, ATTR_BLOCKCHAIN_CHAIN_ID],
    { buckets: CONFIRMATION_SECONDS_BUCKETS },
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_TX_GAS_USED,
    "histogram",
    "{gas}",
    "development",
    "ethers",
    "Gas that a transaction used.",
    [ATTR_TX_STATUS, ATTR_CONTRACT_METHOD, ATTR_BLOCKCHAIN_CHAIN_ID],
    { buckets: GAS_BUCKETS },
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_TX_GAS_PRICE,
    "histogram",
    "{gwei}",
    "development",
    "ethers",
    "Effective price of a unit of gas, in gwei.",
    [ATTR_BLOCKCHAIN_CHAIN_ID],
    { buckets: GWEI_BUCKETS },
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_TX_FEE,
    "histogram",
    "{gwei}",
    "development",
    "ethers",
    "Total fee of a transaction, in gwei.",
    [ATTR_TX_STATUS, ATTR_CONTRACT_METHOD, ATTR_BLOCKCHAIN_CHAIN_ID],
    { buckets: FEE_GWEI_BUCKETS },
  ),
  defineMetric(
    METRIC_BLOCKCHAIN_NONCE_GAP,
    "counter",
    "{gap}",
    "development",
    "ethers",
    "Nonces that were taken but not used, so that later transactions wait.",
    [ATTR_BLOCKCHAIN_CHAIN_ID],
  ),
];
