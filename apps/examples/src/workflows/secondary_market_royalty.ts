import {
  ATTR_DISTRIBUTION_STATUS,
  ATTR_MARKETPLACE_NAME,
  ATTR_ROYALTY_AMOUNT,
  ATTR_ROYALTY_AMOUNT_WEI,
  ATTR_ROYALTY_PERCENTAGE,
  ATTR_TX_HASH,
} from "@dcmx-tracing/conventions";
import { traced } from "@dcmx-tracing/decorators";
import { recordCounter, recordHistogram } from "@dcmx-tracing/metrics";
import { startSpan } from "@dcmx-tracing/span";
import { formatEther } from "ethers";
import { BPS, type RoyaltyPayment, type RoyaltyShare, splitRoyalty } from "../domain/royalty.ts";
import { eventArgs, execute, type Platform } from "../platform.ts";

/** A purchase that was seen on the chain, and who shares its royalty. */
export interface SecondarySale {
  /** The transaction of the purchase. */
  readonly purchaseHash: string;
  readonly shares: readonly RoyaltyShare[];
}

/** A royalty that was paid. */
export interface DistributedRoyalty {
  readonly txHash: string;
  readonly payments: readonly RoyaltyPayment[];
}

interface DetectedSale {
  readonly saleId: bigint;
  readonly price: bigint;
  readonly royalty: bigint;
}

// The gas is fixed, so that a distribution that would fail is still sent: what is wrong then stands on the chain.
const DISTRIBUTION_GAS = 200_000n;

/** The guide's third workflow: detect the marketplace, calculate the royalty, distribute it. */
export const handleSecondarySale: (platform: Platform, sale: SecondarySale) => Promise<DistributedRoyalty> =
  traced({ operationName: "secondary_market_royalty" }, async (platform, sale) => {
    const detected = await detectMarketplace(platform, sale);
    const payments = calculateRoyalty(detected, sale.shares);
    const txHash = await distribute(platform, detected.saleId, sale.shares);
    return { txHash, payments };
  });

function detectMarketplace(
  { market, provider }: Platform,
  { purchaseHash }: SecondarySale,
): Promise<DetectedSale> {
  return startSpan("secondary_market_royalty.detect_marketplace", async (span) => {
    const receipt = await provider.getTransactionReceipt(purchaseHash);
    if (receipt === null)
      throw new Error("Cannot detect the marketplace as the purchase is not on the chain");
    const name = receipt.to === (await market.getAddress()) ? "dcmx_market" : "unknown";
    span.setAttribute(ATTR_MARKETPLACE_NAME, name);
    recordCounter("marketplace.sales.detected", 1, { [ATTR_MARKETPLACE_NAME]: name });
    const { price, royalty, saleId } = eventArgs(market, "Sale", receipt);
    if (typeof price !== "bigint" || typeof royalty !== "bigint" || typeof saleId !== "bigint") {
      throw new TypeError("Cannot read the sale as its event has other types");
    }
    return { price, royalty, saleId };
  });
}

function calculateRoyalty(
  { price, royalty }: DetectedSale,
  shares: readonly RoyaltyShare[],
): RoyaltyPayment[] {
  return startSpan("secondary_market_royalty.calculate_royalty", (span) => {
    const amount = Number(formatEther(royalty));
    span.setAttributes({
      [ATTR_ROYALTY_AMOUNT]: amount,
      [ATTR_ROYALTY_AMOUNT_WEI]: String(royalty),
      [ATTR_ROYALTY_PERCENTAGE]: Number((royalty * BPS) / price) / 100,
    });
    recordHistogram("royalty.amounts", amount);
    return splitRoyalty(royalty, shares);
  });
}

function distribute({ market }: Platform, saleId: bigint, shares: readonly RoyaltyShare[]): Promise<string> {
  return startSpan("secondary_market_royalty.distribute_royalty", async (span) => {
    const args = [saleId, shares.map(({ payee }) => payee), shares.map(({ bps }) => bps)];
    const call = { contract: market, method: "distributeRoyalty", args, gasLimit: DISTRIBUTION_GAS };
    const receipt = await execute(call, (hash) => {
      span.setAttributes({ [ATTR_TX_HASH]: hash, [ATTR_DISTRIBUTION_STATUS]: "pending" });
    }).catch((error: unknown) => {
      span.setAttribute(ATTR_DISTRIBUTION_STATUS, "failed");
      throw error;
    });
    span.setAttribute(ATTR_DISTRIBUTION_STATUS, "completed");
    recordCounter("royalties.distributed", 1);
    return receipt.hash;
  });
}
