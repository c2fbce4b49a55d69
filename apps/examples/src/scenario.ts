import { createHash } from "node:crypto";
import { type Contract, HDNodeWallet, JsonRpcProvider, parseEther, type TransactionReceipt } from "ethers";
import { deployContracts } from "./chain/deploy_contracts.ts";
import { createProofKey, proveOwnership } from "./domain/ownership_proof.ts";
import type { RoyaltyShare } from "./domain/royalty.ts";
import { synthesizeTrack } from "./domain/synthesize_track.ts";
import { embedWatermark } from "./domain/watermark.ts";
import { connectPlatform, type Platform } from "./platform.ts";
import { type ArtistApplication, walletChallenge } from "./workflows/artist_onboarding.ts";
import type { Track } from "./workflows/nft_minting.ts";

/** The mnemonic that anvil and hardhat use for their accounts: public, and worthless on any other chain. */
export const DEVELOPMENT_MNEMONIC = "test test test test test test test test test test test junk";
const WATERMARK_KEY = "watermark key of the demo";
const COLLABORATOR_BPS = 2_000n;

/** The people and things of the demo: an artist with a track, a buyer, and the platform on a chain. */
export interface Scenario {
  readonly platform: Platform;
  readonly provider: JsonRpcProvider;
  readonly operator: HDNodeWallet;
  readonly application: ArtistApplication;
  readonly track: Track;
  readonly shares: readonly RoyaltyShare[];
  /** Everything that must not be in any telemetry: keys, the mnemonic, personal data. */
  readonly secrets: readonly string[];
  /** The artist sells the token to the buyer on the market; returns the hash of the purchase. */
  sellTrack(tokenId: string): Promise<string>;
  close(): void;
}

/** Deploys the contracts and prepares the people; none of it is traced. */
export async function createScenario(rpcUrl: string): Promise<Scenario> {
  const outside = connect(rpcUrl);
  const provider = connect(rpcUrl);
  const [operator, artist, buyer, collaborator] = [0, 1, 2, 3].map((index) => wallet(index, outside));
  if (!operator || !artist || !buyer || !collaborator)
    throw new Error("Cannot derive the wallets of the demo");
  const addresses = await deployContracts(operator);
  const identity = { legalName: "Ada Example", birthDate: "1990-04-01", passportNumber: "L898902C36" };
  const walletSignature = await artist.signMessage(walletChallenge("artist_123"));
  const { proofKey, proofs, track } = prepareTrack(artist.address);
  const platform = connectPlatform(operator.connect(provider), addresses, {
    network: "anvil",
    watermarkKey: WATERMARK_KEY,
    proofs,
  });
  const shares = [
    { payee: artist.address, bps: 10_000n - COLLABORATOR_BPS },
    { payee: collaborator.address, bps: COLLABORATOR_BPS },
  ];
  const secrets = [operator, artist, buyer, collaborator].map((each) => each.privateKey);
  return {
    platform,
    provider,
    operator: operator.connect(provider),
    application: {
      artistId: "artist_123",
      identity,
      walletAddress: artist.address,
      walletType: "metamask",
      walletSignature,
    },
    track,
    shares,
    secrets: [...secrets, DEVELOPMENT_MNEMONIC, WATERMARK_KEY, proofKey, ...Object.values(identity)],
    sellTrack: (tokenId) => sell(platform, artist, buyer, tokenId),
    close: () => {
      outside.destroy();
      provider.destroy();
    },
  };
}

function prepareTrack(artistWallet: string): { proofKey: string; proofs: Platform["proofs"]; track: Track } {
  const audio = embedWatermark(synthesizeTrack("Blue Hour"), { artistId: "artist_123", key: WATERMARK_KEY });
  const trackHash = `0x${createHash("sha256").update(new Uint8Array(audio.buffer)).digest("hex")}`;
  const { publicKey, secret } = createProofKey();
  const proof = proveOwnership({ publicKey, trackHash, wallet: artistWallet }, secret);
  const track: Track = {
    artistId: "artist_123",
    artistWallet,
    artistPublicKey: publicKey,
    audio,
    trackHash,
    proofChainId: "proof_chain_1",
    royaltyBps: 500n,
  };
  return { proofKey: secret, proofs: new Map([[track.proofChainId, proof]]), track };
}

async function sell(
  { market, tracks }: Platform,
  artist: HDNodeWallet,
  buyer: HDNodeWallet,
  tokenId: string,
): Promise<string> {
  const price = parseEther("2.5");
  await call(tracks, artist, "approve", await market.getAddress(), tokenId);
  await call(market, artist, "list", tokenId, price);
  const { hash } = await call(market, buyer, "buy", tokenId, { value: price });
  return hash;
}

async function call(
  contract: Contract,
  signer: HDNodeWallet,
  method: string,
  ...args: unknown[]
): Promise<TransactionReceipt> {
  // A contract connected to another signer is a contract again; ethers types it as its base class.
  const connected = contract.connect(signer) as Contract;
  const receipt = await (await connected.getFunction(method).send(...args)).wait();
  if (receipt === null) throw new Error(`Cannot call ${method} as its transaction has no receipt`);
  return receipt;
}

function wallet(index: number, provider: JsonRpcProvider): HDNodeWallet {
  return HDNodeWallet.fromPhrase(DEVELOPMENT_MNEMONIC, undefined, `m/44'/60'/0'/0/${index}`).connect(
    provider,
  );
}

/** One request a call, and no cache: what is asked is what is seen in the trace. */
function connect(rpcUrl: string): JsonRpcProvider {
  return new JsonRpcProvider(rpcUrl, 31337, { staticNetwork: true, batchMaxCount: 1, cacheTimeout: -1 });
}
