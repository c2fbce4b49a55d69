import { createHash } from "node:crypto";
import { HDNodeWallet } from "ethers";
import { type ArtistApplication, walletChallenge } from "./artist_onboarding.ts";
import { createProofKey, proveOwnership } from "./domain/ownership_proof.ts";
import { synthesizeTrack } from "./domain/synthesize_track.ts";
import { embedWatermark } from "./domain/watermark.ts";
import { writeAudio } from "./services/reading.ts";

/** The mnemonic that anvil and hardhat use for their accounts: public, and worthless on any other chain. */
export const DEVELOPMENT_MNEMONIC = "test test test test test test test test test test test junk";

/** The accounts of the mnemonic, by what they are for. Artists come after them. */
const ACCOUNTS = { minter: 0, royalties: 1, buyer: 2, collaborator: 3 } as const;
const FIRST_ARTIST = 4;
const FIRST_BUYER = 1_000_000;

/** The wallet of somebody who takes part. */
export function walletOf(who: keyof typeof ACCOUNTS): HDNodeWallet {
  return account(ACCOUNTS[who]);
}

/** A wallet of its own for the n-th of several buyers; it has no funds before it is given some. */
export function buyerWallet(index: number): HDNodeWallet {
  return account(FIRST_BUYER + index);
}

/** An artist with a wallet and the key of the ownership proofs. */
export interface Artist {
  readonly artistId: string;
  readonly wallet: HDNodeWallet;
  readonly proofSecret: string;
  readonly application: ArtistApplication;
  /** The body of an order for a track of this title. */
  order(title: string, watermarkKey: string, damage?: (audio: Float32Array) => Float32Array): object;
}

/** The n-th artist. */
export async function createArtist(index: number): Promise<Artist> {
  const artistId = `artist_${123 + index}`;
  const wallet = account(FIRST_ARTIST + index);
  const { publicKey, secret } = createProofKey();
  const application = {
    artistId,
    identity: { legalName: "Ada Example", birthDate: "1990-04-01", passportNumber: "L898902C36" },
    walletAddress: wallet.address,
    walletType: "metamask",
    walletSignature: await wallet.signMessage(walletChallenge(artistId)),
  };
  return {
    artistId,
    wallet,
    proofSecret: secret,
    application,
    order: (title, key, damage = (audio) => audio) => {
      const audio = writeAudio(damage(embedWatermark(synthesizeTrack(title), { artistId, key })));
      const trackHash = `0x${createHash("sha256").update(audio, "base64").digest("hex")}`;
      const proof = proveOwnership({ publicKey, trackHash, wallet: wallet.address }, secret);
      return { artistId, audio, publicKey, proof, royaltyBps: "500", priceWei: "500000000000000000" };
    },
  };
}

/** The root of the accounts: deriving it is slow, as a phrase is stretched. */
const accounts = HDNodeWallet.fromPhrase(DEVELOPMENT_MNEMONIC, undefined, "m/44'/60'/0'/0");

function account(index: number): HDNodeWallet {
  return accounts.deriveChild(index);
}
