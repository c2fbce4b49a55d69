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
import { type Identity, verifyIdentity } from "./domain/identity.ts";
import { RejectedError } from "./domain/rejected_error.ts";

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
  readonly badgeId: string;
}

/** Awards a badge to a wallet and returns its id. */
export type AwardBadge = (walletAddress: string) => Promise<string>;

/** The text that an artist signs to prove that the wallet is theirs. */
export function walletChallenge(artistId: string): string {
  return `DCMX: connect this wallet to ${artistId}`;
}

/** The guide's first workflow: verify the identity, connect the wallet, award the badge. */
export const onboardArtist: (application: ArtistApplication, award: AwardBadge) => Promise<OnboardedArtist> =
  traced({ operationName: "artist_onboarding", includeDuration: true }, async (application, award) => {
    verifyArtist(application);
    connectWallet(application);
    const badgeId = await awardBadge(application, award);
    return { artistId: application.artistId, badgeId };
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
    if (!verified)
      throw new RejectedError("IDENTITY_NOT_VERIFIED", `The identity was not verified: ${reason}`);
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
    if (!verified) throw new RejectedError("WALLET_NOT_VERIFIED", "The signature is that of another wallet");
    recordCounter("wallet.connections", 1, { [ATTR_WALLET_TYPE]: walletType });
  });
}

function awardBadge({ walletAddress }: ArtistApplication, award: AwardBadge): Promise<string> {
  return startSpan("artist_onboarding.award_badge", async (span) => {
    const badgeId = await award(walletAddress);
    span.setAttribute(ATTR_BADGE_ID, badgeId);
    recordCounter("badges.awarded", 1);
    return badgeId;
  });
}
