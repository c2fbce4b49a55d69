import {
  ATTR_ARTIST_ID,
  ATTR_ARTIST_KYC_LEVEL,
  ATTR_ARTIST_VERIFIED,
  ATTR_BADGE_ID,
  ATTR_VERIFICATION_STATUS,
  ATTR_WALLET_ADDRESS,
  ATTR_WALLET_TYPE,
  ATTR_WALLET_VERIFIED,
} from "@dcmx-tracing/conventions";
import { traced } from "@dcmx-tracing/decorators";
import { recordCounter } from "@dcmx-tracing/metrics";
import { startSpan } from "@dcmx-tracing/span";
import { verifyMessage } from "ethers";
import { type Identity, verifyIdentity } from "../domain/identity.ts";
import { eventArgs, execute, type Platform } from "../platform.ts";

/** What an artist hands in. */
export interface ArtistApplication {
  readonly artistId: string;
  readonly identity: Identity;
  readonly walletAddress: string;
  readonly walletType: string;
  /** The artist's signature of {@linkcode walletChallenge}. */
  readonly walletSignature: string;
}

/** An artist who may mint. */
export interface OnboardedArtist {
  readonly artistId: string;
  readonly verified: true;
  readonly badgeId: string;
}

/** The text that an artist signs to prove that the wallet is theirs. */
export function walletChallenge(artistId: string): string {
  return `DCMX: connect this wallet to ${artistId}`;
}

/** The guide's first workflow: verify the identity, connect the wallet, award the badge. */
export const onboardArtist: (platform: Platform, application: ArtistApplication) => Promise<OnboardedArtist> =
  traced({ operationName: "artist_onboarding" }, async (platform, application) => {
    verifyArtist(application);
    connectWallet(application);
    const badgeId = await awardBadge(platform, application.walletAddress);
    return { artistId: application.artistId, verified: true, badgeId };
  });

function verifyArtist({ artistId, identity }: ArtistApplication): void {
  startSpan("artist_onboarding.verify_identity", (span) => {
    const { verified, kycLevel, reason } = verifyIdentity(identity);
    const status = verified ? "verified" : "failed";
    span.setAttributes({
      [ATTR_ARTIST_ID]: artistId,
      [ATTR_ARTIST_VERIFIED]: verified,
      [ATTR_ARTIST_KYC_LEVEL]: kycLevel,
      [ATTR_VERIFICATION_STATUS]: status,
    });
    recordCounter("artist.verifications", 1, { [ATTR_VERIFICATION_STATUS]: status });
    if (!verified) throw new Error(`Cannot verify the artist: ${reason}`);
  });
}

function connectWallet({ artistId, walletAddress, walletSignature, walletType }: ArtistApplication): void {
  startSpan("artist_onboarding.connect_wallet", (span) => {
    const verified = verifyMessage(walletChallenge(artistId), walletSignature) === walletAddress;
    span.setAttributes({
      [ATTR_WALLET_ADDRESS]: walletAddress,
      [ATTR_WALLET_TYPE]: walletType,
      [ATTR_WALLET_VERIFIED]: verified,
    });
    if (!verified) throw new Error("Cannot connect the wallet as its signature is of another one");
    recordCounter("wallet.connections", 1, { [ATTR_WALLET_TYPE]: walletType });
  });
}

function awardBadge(platform: Platform, walletAddress: string): Promise<string> {
  return startSpan("artist_onboarding.award_badge", async (span) => {
    const { badges } = platform;
    const receipt = await execute({ contract: badges, method: "awardBadge", args: [walletAddress] });
    const badgeId = String(eventArgs(badges, "Transfer", receipt).tokenId);
    span.setAttribute(ATTR_BADGE_ID, badgeId);
    recordCounter("badges.awarded", 1);
    return badgeId;
  });
}
