import { defineMetric } from "./_define_metric.ts";
import { ATTR_VERIFICATION_STATUS } from "./artist_attributes.ts";
import { ATTR_BLOCKCHAIN_CHAIN_ID, ATTR_BLOCKCHAIN_NETWORK } from "./blockchain_attributes.ts";
import { CONFIDENCE_BUCKETS, ETH_BUCKETS, GAS_BUCKETS, WORKFLOW_SECONDS_BUCKETS } from "./buckets.ts";
import { ATTR_CONTRACT_METHOD } from "./contract_attributes.ts";
import { ATTR_ERROR_TYPE } from "./error_attributes.ts";
import { ATTR_DISTRIBUTION_STATUS, ATTR_MARKETPLACE_NAME } from "./market_attributes.ts";
import type { MetricDefinition } from "./metric_definition.ts";
import { ATTR_NFT_STATUS, ATTR_PROOF_VALID, ATTR_WATERMARK_STATUS } from "./nft_attributes.ts";
import { ATTR_OPERATION_STATUS } from "./operation_attributes.ts";
import { ATTR_WALLET_TYPE } from "./wallet_attributes.ts";

/** Identity verifications of artists. */
export const METRIC_ARTIST_VERIFICATIONS = "artist.verifications" as const;

/** Wallets that were connected. */
export const METRIC_WALLET_CONNECTIONS = "wallet.connections" as const;

/** Badges that were awarded. */
export const METRIC_BADGES_AWARDED = "badges.awarded" as const;

/** Tokens that were minted. */
export const METRIC_NFT_MINTS = "nft.mints" as const;

/** Gas that a mint used. */
export const METRIC_NFT_MINT_GAS_USED = "nft.mint.gas_used" as const;

/** Duration of a mint, from the request to the confirmation. */
export const METRIC_NFT_MINT_DURATION = "nft.mint.duration" as const;

/** Confidence of the watermark checks, 0 to 1. */
export const METRIC_WATERMARK_CONFIDENCE_SCORE = "watermark.confidence_score" as const;

/** Zero-knowledge proofs that were verified. */
export const METRIC_ZK_PROOFS_VERIFIED = "zk_proofs.verified" as const;

/** Royalty payments that were made. */
export const METRIC_ROYALTIES_DISTRIBUTED = "royalties.distributed" as const;

/** Amounts of the royalty payments. */
export const METRIC_ROYALTY_AMOUNTS = "royalty.amounts" as const;

/** Sales on secondary markets that were detected. */
export const METRIC_MARKETPLACE_SALES_DETECTED = "marketplace.sales.detected" as const;

/** Operations of the application. */
export const METRIC_OPERATIONS = "operations" as const;

/** Definitions of the metrics of the business of the platform. */
export const BUSINESS_METRICS: readonly MetricDefinition[] = [
  defineMetric(
    METRIC_ARTIST_VERIFICATIONS,
    "counter",
    "{verification}",
    "stable",
    "guide",
    "Identity verifications of artists.",
    [ATTR_VERIFICATION_STATUS],
  ),
  defineMetric(
    METRIC_WALLET_CONNECTIONS,
    "counter",
    "{connection}",
    "stable",
    "guide",
    "Wallets that were connected.",
    [ATTR_WALLET_TYPE],
    { aliases: [{ name: "wallet.connections.total", factor: 1 }] },
  ),
  defineMetric(
    METRIC_BADGES_AWARDED,
    "counter",
    "{badge}",
    "stable",
    "guide",
    "Badges that were awarded.",
    [],
  ),
  defineMetric(
    METRIC_NFT_MINTS,
    "counter",
    "{mint}",
    "stable",
    "guide",
    "Tokens that were minted.",
    [ATTR_BLOCKCHAIN_NETWORK, ATTR_NFT_STATUS],
    { aliases: [{ name: "nft.mints.total", factor: 1 }] },
  ),
  defineMetric(
    METRIC_NFT_MINT_GAS_USED,
    "histogram",
    "{gas}",
    "stable",
    "guide",
    "Gas that a mint used.",
    [ATTR_BLOCKCHAIN_NETWORK, ATTR_BLOCKCHAIN_CHAIN_ID, ATTR_CONTRACT_METHOD],
    { buckets: GAS_BUCKETS },
  ),
  defineMetric(
    METRIC_NFT_MINT_DURATION,
    "histogram",
    "s",
    "stable",
    "guide",
    "Duration of a mint, from the request to the confirmation.",
    [ATTR_BLOCKCHAIN_NETWORK, ATTR_NFT_STATUS, ATTR_ERROR_TYPE],
    { buckets: WORKFLOW_SECONDS_BUCKETS, aliases: [{ name: "nft.mint.duration_ms", factor: 0.001 }] },
  ),
  defineMetric(
    METRIC_WATERMARK_CONFIDENCE_SCORE,
    "histogram",
    "1",
    "stable",
    "guide",
    "Confidence of the watermark checks, 0 to 1.",
    [ATTR_WATERMARK_STATUS],
    { buckets: CONFIDENCE_BUCKETS },
  ),
  defineMetric(
    METRIC_ZK_PROOFS_VERIFIED,
    "counter",
    "{proof}",
    "stable",
    "guide",
    "Zero-knowledge proofs that were verified.",
    [ATTR_PROOF_VALID],
    { aliases: [{ name: "zk_proofs.verified.total", factor: 1 }] },
  ),
  defineMetric(
    METRIC_ROYALTIES_DISTRIBUTED,
    "counter",
    "{payment}",
    "stable",
    "guide",
    "Royalty payments that were made.",
    [ATTR_DISTRIBUTION_STATUS],
    { aliases: [{ name: "royalties.distributed.total", factor: 1 }] },
  ),
  defineMetric(
    METRIC_ROYALTY_AMOUNTS,
    "histogram",
    "{ETH}",
    "stable",
    "guide",
    "Amounts of the royalty payments.",
    [ATTR_MARKETPLACE_NAME],
    { buckets: ETH_BUCKETS },
  ),
  defineMetric(
    METRIC_MARKETPLACE_SALES_DETECTED,
    "counter",
    "{sale}",
    "stable",
    "guide",
    "Sales on secondary markets that were detected.",
    [ATTR_MARKETPLACE_NAME],
  ),
  defineMetric(
    METRIC_OPERATIONS,
    "counter",
    "{operation}",
    "stable",
    "guide",
    "Operations of the application.",
    [ATTR_OPERATION_STATUS],
    { aliases: [{ name: "operations.total", factor: 1 }] },
  ),
];
