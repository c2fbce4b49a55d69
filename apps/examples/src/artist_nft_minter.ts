import {
  ATTR_ARTIST_ID,
  ATTR_BLOCKCHAIN_NETWORK,
  ATTR_DISTRIBUTION_STATUS,
  ATTR_MARKETPLACE_NAME,
  ATTR_NFT_STATUS,
  ATTR_NFT_TOKEN_ID,
  ATTR_PROOF_VALID,
  ATTR_ROYALTY_AMOUNT,
  ATTR_ROYALTY_AMOUNT_WEI,
  ATTR_ROYALTY_PERCENTAGE,
  ATTR_TX_HASH,
  ATTR_WATERMARK_CONFIDENCE,
  ATTR_WATERMARK_STATUS,
  ATTR_WATERMARK_TAMPERED,
  ATTR_WATERMARK_VALID,
} from "@dcmx-tracing/conventions";
import { tracedMethod } from "@dcmx-tracing/decorators";
import { recordCounter, recordHistogram } from "@dcmx-tracing/metrics";
import { setAttribute, setAttributes } from "@dcmx-tracing/span";
import { formatEther } from "ethers";
import type { Chain } from "./chain/connect_chain.ts";
import { type ContractCall, eventArgs, execute } from "./chain/execute.ts";
import { type OwnershipProof, verifyOwnership } from "./domain/ownership_proof.ts";
import { RejectedError } from "./domain/rejected_error.ts";
import { BPS, type RoyaltyPayment, type RoyaltyShare, splitRoyalty } from "./domain/royalty.ts";
import { detectWatermark } from "./domain/watermark.ts";

/** A track that an artist wants to be minted. */
export interface MintRequest {
  readonly artistId: string;
  readonly artistWallet: string;
  /** The key that the artist proves ownership with, in hex. */
  readonly publicKey: string;
  readonly proof: OwnershipProof;
  readonly audio: Float32Array;
  /** SHA-256 of the audio, in hex with 0x. */
  readonly trackHash: string;
  /** What the artist gets of later sales, in basis points. */
  readonly royaltyBps: bigint;
}

/** A track as a token. */
export interface MintedTrack {
  readonly tokenId: string;
  readonly txHash: string;
}

/** A payment to several people in one transaction. */
export interface Distribution {
  readonly txHash: string;
  readonly payments: readonly RoyaltyPayment[];
}

/** What an {@linkcode ArtistNFTMinter} works with. */
export interface MinterOptions {
  readonly watermarkKey: string;
  /** The wallet that gets {@linkcode COLLABORATOR_BPS} of what an artist earns. */
  readonly collaborator: string;
  /** Is told of each mint that is not in a block yet. */
  readonly onPending?: ContractCall["onPending"];
}

interface DetectedSale {
  readonly saleId: bigint;
  readonly price: bigint;
  readonly royalty: bigint;
  readonly artist: string;
}

/** The part of the collaborator in basis points. */
export const COLLABORATOR_BPS = 2_000n;
const NETWORK = "anvil";
// The gas is fixed, so that a distribution that would fail is still sent: what is wrong then stands on the chain.
const DISTRIBUTION_GAS = 250_000n;

/** The guide's `ArtistNFTMinter`: every span of it comes from the decorators, every attribute from `setAttributes()`. */
export class ArtistNFTMinter {
  readonly #chain: Chain;
  readonly #options: MinterOptions;

  constructor(chain: Chain, options: MinterOptions) {
    this.#chain = chain;
    this.#options = options;
  }

  /** Verifies the watermark and the proof of a track, and mints it to its artist. */
  @tracedMethod({ operationName: "nft_minting_workflow" })
  async mintArtistNft(request: MintRequest): Promise<MintedTrack> {
    setAttribute(ATTR_ARTIST_ID, request.artistId);
    this.verifyWatermark(request);
    this.verifyZkProof(request);
    return this.mintOnChain(request);
  }

  /** Splits the price of a new token between the artist and the collaborator, and pays both. */
  @tracedMethod({ operationName: "primary_sale_royalty" })
  async distributePrimarySaleRoyalty(tokenId: string, price: bigint, artist: string): Promise<Distribution> {
    setAttribute(ATTR_NFT_TOKEN_ID, tokenId);
    const shares = this.#shares(artist);
    const args = [tokenId, ...payeesAndBps(shares)];
    return this.distribute(
      { contract: this.#chain.market, method: "payPrimarySale", args, value: price },
      price,
      shares,
    );
  }

  /** Finds a sale on the market by its transaction, and pays its royalty. */
  @tracedMethod({ operationName: "secondary_market_royalty" })
  async handleSecondaryMarketSale(purchaseHash: string): Promise<Distribution & { readonly saleId: string }> {
    const sale = await this.detectMarketplace(purchaseHash);
    this.calculateRoyalty(sale);
    const shares = this.#shares(sale.artist);
    const args = [sale.saleId, ...payeesAndBps(shares)];
    const call = {
      contract: this.#chain.market,
      method: "distributeRoyalty",
      args,
      gasLimit: DISTRIBUTION_GAS,
    };
    const distribution = await this.distributeRoyalty(call, sale.royalty, shares);
    return { ...distribution, saleId: String(sale.saleId) };
  }

  @tracedMethod({ operationName: "nft_minting_workflow.verify_watermark" })
  private verifyWatermark({ artistId, audio }: MintRequest): void {
    const { confidence, tampered, valid } = detectWatermark(audio, {
      artistId,
      key: this.#options.watermarkKey,
    });
    const status = valid ? "valid" : "invalid";
    setAttributes({
      [ATTR_WATERMARK_CONFIDENCE]: confidence,
      [ATTR_WATERMARK_STATUS]: status,
      [ATTR_WATERMARK_TAMPERED]: tampered,
      [ATTR_WATERMARK_VALID]: valid,
    });
    recordHistogram("watermark.confidence_score", confidence, { [ATTR_WATERMARK_STATUS]: status });
    if (!valid)
      throw new RejectedError("WATERMARK_BELOW_THRESHOLD", "The watermark of the track is not recognised");
  }

  @tracedMethod({ operationName: "nft_minting_workflow.verify_zk_proof" })
  private verifyZkProof({ artistWallet, proof, publicKey, trackHash }: MintRequest): void {
    const valid = verifyOwnership({ publicKey, trackHash, wallet: artistWallet }, proof);
    setAttribute(ATTR_PROOF_VALID, valid);
    recordCounter("zk_proofs.verified.total", 1, { [ATTR_PROOF_VALID]: valid });
    if (!valid)
      throw new RejectedError("PROOF_INVALID", "The proof of ownership does not hold for the track");
  }

  @tracedMethod({ operationName: "nft_minting_workflow.blockchain_mint" })
  private async mintOnChain({ artistWallet, royaltyBps, trackHash }: MintRequest): Promise<MintedTrack> {
    const start = performance.now();
    const { tracks } = this.#chain;
    const { onPending } = this.#options;
    setAttributes({ [ATTR_BLOCKCHAIN_NETWORK]: NETWORK, [ATTR_NFT_STATUS]: "pending" });
    const { hash, logs } = await execute({
      contract: tracks,
      method: "mintTrack",
      args: [artistWallet, trackHash, royaltyBps],
      onSent: (sent) => setAttribute(ATTR_TX_HASH, sent),
      ...(onPending === undefined ? {} : { onPending }),
    });
    const tokenId = String(eventArgs(tracks, "TrackMinted", logs).tokenId);
    setAttributes({ [ATTR_TX_HASH]: hash, [ATTR_NFT_TOKEN_ID]: tokenId, [ATTR_NFT_STATUS]: "minted" });
    const labels = { [ATTR_BLOCKCHAIN_NETWORK]: NETWORK, [ATTR_NFT_STATUS]: "minted" };
    recordCounter("nft.mints.total", 1, labels);
    recordHistogram("nft.mint.duration_ms", performance.now() - start, labels);
    return { tokenId, txHash: hash };
  }

  @tracedMethod({ operationName: "secondary_market_royalty.detect_marketplace" })
  private async detectMarketplace(purchaseHash: string): Promise<DetectedSale> {
    const { market, provider, tracks } = this.#chain;
    const receipt = await provider.getTransactionReceipt(purchaseHash);
    if (receipt === null) throw new RejectedError("SALE_UNKNOWN", "The purchase is not on the chain");
    const name = receipt.to === (await market.getAddress()) ? "dcmx_market" : "unknown";
    setAttribute(ATTR_MARKETPLACE_NAME, name);
    recordCounter("marketplace.sales.detected", 1, { [ATTR_MARKETPLACE_NAME]: name });
    const { price, royalty, saleId, tokenId } = eventArgs(market, "Sale", receipt.logs);
    const [artist]: unknown[] = await tracks.getFunction("royaltyInfo").staticCall(tokenId, price);
    return {
      price: BigInt(String(price)),
      royalty: BigInt(String(royalty)),
      saleId: BigInt(String(saleId)),
      artist: String(artist),
    };
  }

  @tracedMethod({ operationName: "secondary_market_royalty.calculate_royalty" })
  private calculateRoyalty({ price, royalty }: DetectedSale): void {
    const amount = Number(formatEther(royalty));
    setAttributes({
      [ATTR_ROYALTY_AMOUNT]: amount,
      [ATTR_ROYALTY_AMOUNT_WEI]: String(royalty),
      [ATTR_ROYALTY_PERCENTAGE]: Number((royalty * BPS) / price) / 100,
    });
    recordHistogram("royalty.amounts", amount);
  }

  @tracedMethod({ operationName: "secondary_market_royalty.distribute_royalty" })
  private distributeRoyalty(
    call: ContractCall,
    amount: bigint,
    shares: readonly RoyaltyShare[],
  ): Promise<Distribution> {
    return this.#pay(call, amount, shares);
  }

  @tracedMethod({ operationName: "primary_sale_royalty.distribute_royalty" })
  private distribute(
    call: ContractCall,
    amount: bigint,
    shares: readonly RoyaltyShare[],
  ): Promise<Distribution> {
    return this.#pay(call, amount, shares);
  }

  async #pay(call: ContractCall, amount: bigint, shares: readonly RoyaltyShare[]): Promise<Distribution> {
    try {
      const onSent = (sent: string): void =>
        setAttributes({ [ATTR_TX_HASH]: sent, [ATTR_DISTRIBUTION_STATUS]: "pending" });
      const { hash } = await execute({ ...call, onSent });
      setAttribute(ATTR_DISTRIBUTION_STATUS, "completed");
      recordCounter("royalties.distributed", 1);
      return { txHash: hash, payments: splitRoyalty(amount, shares) };
    } catch (error) {
      setAttribute(ATTR_DISTRIBUTION_STATUS, "failed");
      throw error;
    }
  }

  #shares(artist: string): RoyaltyShare[] {
    return [
      { payee: artist, bps: BPS - COLLABORATOR_BPS },
      { payee: this.#options.collaborator, bps: COLLABORATOR_BPS },
    ];
  }
}

function payeesAndBps(shares: readonly RoyaltyShare[]): [string[], bigint[]] {
  return [shares.map(({ payee }) => payee), shares.map(({ bps }) => bps)];
}
