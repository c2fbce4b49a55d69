import {
  ATTR_ERROR_TYPE,
  ATTR_NFT_STATUS,
  ATTR_PROOF_VALID,
  ATTR_TX_STATUS,
  ATTR_WATERMARK_STATUS,
  METRIC_BLOCKCHAIN_TX_CONFIRMATION_DURATION,
  METRIC_BLOCKCHAIN_TX_COUNT,
  METRIC_NFT_MINT_DURATION,
  METRIC_NFT_MINT_GAS_USED,
  METRIC_NFT_MINTS,
  METRIC_WATERMARK_CONFIDENCE_SCORE,
  METRIC_ZK_PROOFS_VERIFIED,
} from "@dcmx-tracing/conventions";
import type { DashboardSpec } from "./_build_dashboard.ts";
import { mean, quantile, rate, share, total } from "./_promql.ts";

/** Mints: how many, how long, how much gas, and the checks before them. */
export const NFT_MINTING_PERFORMANCE: DashboardSpec = {
  uid: "dcmx-nft-minting",
  title: "NFT Minting Performance",
  description:
    "Mints from the request to the confirmation: number, duration, gas, watermark and proof checks.",
  rows: [
    {
      title: "In the chosen time",
      panels: [
        {
          kind: "stat",
          title: "Minted",
          description: "Tokens that were minted.",
          unit: "short",
          queries: [{ expr: total(METRIC_NFT_MINTS) }],
        },
        {
          kind: "stat",
          title: "Failed mints",
          description: "Share of the mints that ended with an error.",
          unit: "percentunit",
          queries: [{ expr: share(METRIC_NFT_MINT_DURATION, { [ATTR_ERROR_TYPE]: '!=""' }) }],
        },
        {
          kind: "stat",
          title: "Slow mints (p95)",
          description: "Nineteen of twenty mints are faster.",
          unit: "s",
          queries: [{ expr: quantile(0.95, METRIC_NFT_MINT_DURATION) }],
        },
        {
          kind: "stat",
          title: "Gas of a mint",
          description: "Mean of the gas that a mint used.",
          unit: "short",
          queries: [{ expr: mean(METRIC_NFT_MINT_GAS_USED) }],
        },
      ],
    },
    {
      title: "Mints",
      panels: [
        {
          kind: "lines",
          title: "Mints by state",
          description: "Tokens a second.",
          unit: "ops",
          queries: [{ expr: rate(METRIC_NFT_MINTS, { by: [ATTR_NFT_STATUS] }), legend: "{{nft_status}}" }],
        },
        {
          kind: "lines",
          title: "Duration of a mint",
          description: "From the request to the confirmation. Each dot is a trace.",
          unit: "s",
          exemplars: true,
          queries: [0.5, 0.95, 0.99].map((q) => ({
            expr: quantile(q, METRIC_NFT_MINT_DURATION),
            legend: `p${q * 100}`,
          })),
        },
        {
          kind: "lines",
          title: "Gas of a mint",
          description: "A jump follows a change of the contract.",
          unit: "short",
          queries: [0.5, 0.95].map((q) => ({
            expr: quantile(q, METRIC_NFT_MINT_GAS_USED),
            legend: `p${q * 100}`,
          })),
        },
        {
          kind: "lines",
          title: "Time to the confirmation",
          description: "From the broadcast to the receipt: the chain's part of the duration.",
          unit: "s",
          exemplars: true,
          queries: [0.5, 0.95].map((q) => ({
            expr: quantile(q, METRIC_BLOCKCHAIN_TX_CONFIRMATION_DURATION),
            legend: `p${q * 100}`,
          })),
        },
        {
          kind: "lines",
          title: "Transactions by result",
          description: "Everything but success needs a look at its trace.",
          unit: "ops",
          queries: [
            { expr: rate(METRIC_BLOCKCHAIN_TX_COUNT, { by: [ATTR_TX_STATUS] }), legend: "{{tx_status}}" },
          ],
        },
      ],
    },
    {
      title: "Checks before the mint",
      panels: [
        {
          kind: "lines",
          title: "Watermark confidence",
          description: "A slow decline points to a new codec or to tampering.",
          unit: "percentunit",
          queries: [
            { expr: mean(METRIC_WATERMARK_CONFIDENCE_SCORE), legend: "mean" },
            { expr: quantile(0.05, METRIC_WATERMARK_CONFIDENCE_SCORE), legend: "p5" },
          ],
        },
        {
          kind: "lines",
          title: "Watermark checks by result",
          description: "Checks a second.",
          unit: "ops",
          queries: [
            {
              expr: rate(METRIC_WATERMARK_CONFIDENCE_SCORE, { by: [ATTR_WATERMARK_STATUS] }),
              legend: "{{watermark_status}}",
            },
          ],
        },
        {
          kind: "lines",
          title: "Zero-knowledge proofs by result",
          description: "Proofs a second.",
          unit: "ops",
          queries: [
            {
              expr: rate(METRIC_ZK_PROOFS_VERIFIED, { by: [ATTR_PROOF_VALID] }),
              legend: "valid: {{proof_valid}}",
            },
          ],
        },
      ],
    },
  ],
};
