import {
  ATTR_BLOCKCHAIN_NETWORK,
  ATTR_NFT_STATUS,
  ATTR_NFT_TOKEN_ID,
  ATTR_PROOF_VALID,
  ATTR_TX_HASH,
  ATTR_WATERMARK_CONFIDENCE,
  ATTR_WATERMARK_STATUS,
  ATTR_WATERMARK_TAMPERED,
  ATTR_WATERMARK_VALID,
} from "@dcmx-tracing/conventions";
import { traced } from "@dcmx-tracing/decorators";
import { recordCounter, recordHistogram } from "@dcmx-tracing/metrics";
import { startSpan } from "@dcmx-tracing/span";
import { verifyOwnership } from "../domain/ownership_proof.ts";
import { detectWatermark } from "../domain/watermark.ts";
import { eventArgs, execute, type Platform } from "../platform.ts";

/** A track that an artist wants to be minted. */
export interface Track {
  readonly artistId: string;
  readonly artistWallet: string;
  /** The key that the artist proves ownership with, in hex. */
  readonly artistPublicKey: string;
  readonly audio: Float32Array;
  /** SHA-256 of the audio, in hex with 0x. */
  readonly trackHash: string;
  /** Where the platform finds the proof. */
  readonly proofChainId: string;
  /** What the artist gets of later sales, in basis points. */
  readonly royaltyBps: bigint;
}

/** A track as a token. */
export interface MintedTrack {
  readonly tokenId: string;
  readonly txHash: string;
}

/** The guide's second workflow: verify the watermark, verify the proof, mint. */
export const mintNft: (platform: Platform, track: Track) => Promise<MintedTrack> = traced(
  { operationName: "nft_minting_workflow" },
  async (platform, track) => {
    verifyWatermark(platform, track);
    verifyZkProof(platform, track);
    return mintOnChain(platform, track);
  },
);

function verifyWatermark({ watermarkKey }: Platform, { artistId, audio }: Track): void {
  startSpan("nft_minting_workflow.verify_watermark", (span) => {
    const { confidence, tampered, valid } = detectWatermark(audio, { artistId, key: watermarkKey });
    const status = valid ? "valid" : "invalid";
    span.setAttributes({
      [ATTR_WATERMARK_CONFIDENCE]: confidence,
      [ATTR_WATERMARK_STATUS]: status,
      [ATTR_WATERMARK_TAMPERED]: tampered,
      [ATTR_WATERMARK_VALID]: valid,
    });
    recordHistogram("watermark.confidence_score", confidence, { [ATTR_WATERMARK_STATUS]: status });
    if (!valid) throw new Error("Cannot mint the track as its watermark is below the threshold");
  });
}

function verifyZkProof({ proofs }: Platform, track: Track): void {
  startSpan("nft_minting_workflow.verify_zk_proof", (span) => {
    const proof = proofs.get(track.proofChainId);
    const claim = {
      publicKey: track.artistPublicKey,
      trackHash: track.trackHash,
      wallet: track.artistWallet,
    };
    const valid = proof !== undefined && verifyOwnership(claim, proof);
    span.setAttribute(ATTR_PROOF_VALID, valid);
    recordCounter("zk_proofs.verified.total", 1, { [ATTR_PROOF_VALID]: valid });
    if (!valid) throw new Error("Cannot mint the track as the proof of ownership does not hold");
  });
}

function mintOnChain({ network, tracks }: Platform, track: Track): Promise<MintedTrack> {
  const attributes = { [ATTR_BLOCKCHAIN_NETWORK]: network };
  return startSpan("nft_minting_workflow.blockchain_mint", { attributes }, async (span) => {
    const start = performance.now();
    const args = [track.artistWallet, track.trackHash, track.royaltyBps];
    const receipt = await execute({ contract: tracks, method: "mintTrack", args }, (hash) => {
      span.setAttribute(ATTR_TX_HASH, hash);
    });
    const tokenId = String(eventArgs(tracks, "TrackMinted", receipt).tokenId);
    span.setAttributes({ [ATTR_NFT_TOKEN_ID]: tokenId, [ATTR_NFT_STATUS]: "minted" });
    const labels = { ...attributes, [ATTR_NFT_STATUS]: "minted" };
    recordCounter("nft.mints.total", 1, labels);
    recordHistogram("nft.mint.duration_ms", performance.now() - start, labels);
    return { tokenId, txHash: receipt.hash };
  });
}
