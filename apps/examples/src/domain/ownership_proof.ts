import { ristretto255, ristretto255_hasher } from "@noble/curves/ed25519.js";
import { bytesToHex, concatBytes, hexToBytes, randomBytes, utf8ToBytes } from "@noble/hashes/utils.js";

/**
 * A proof of Chaum and Pedersen, made non-interactive with the method of Fiat and Shamir, over ristretto255: whoever
 * made the public key P = x·G also made the tag Q = x·H(track), with the same secret x. It shows that the artist who
 * is registered claims this very track, tells nothing about x, and cannot be moved to another track, artist or wallet.
 */
export interface OwnershipProof {
  /** Q, the tag of the track, in hex. */
  readonly tag: string;
  /** The challenge c, in hex. */
  readonly challenge: string;
  /** The response s = k + c·x, in hex. */
  readonly response: string;
}

/** What the proof is about. */
export interface OwnershipClaim {
  /** P, in hex. */
  readonly publicKey: string;
  /** The hash of the audio, in hex. */
  readonly trackHash: string;
  /** The wallet that the token goes to: part of the challenge, so that nobody else can use the proof. */
  readonly wallet: string;
}

type Point = InstanceType<typeof ristretto255.Point>;

const { Point } = ristretto255;
const { Fn } = Point;
const DOMAIN = "dcmx/ownership-proof/1";

/** A new secret and the public key that belongs to it, both in hex. */
export function createProofKey(): { readonly secret: string; readonly publicKey: string } {
  const x = randomScalar();
  return { secret: bytesToHex(Fn.toBytes(x)), publicKey: Point.BASE.multiply(x).toHex() };
}

/** Proves the claim; the secret must be the one of the claim's public key. */
export function proveOwnership(claim: OwnershipClaim, secret: string): OwnershipProof {
  const x = Fn.fromBytes(hexToBytes(secret));
  const base = trackPoint(claim);
  const tag = base.multiply(x);
  const k = randomScalar();
  const c = challengeOf(claim, tag, Point.BASE.multiply(k), base.multiply(k));
  const s = Fn.add(k, Fn.mul(c, x));
  return { tag: tag.toHex(), challenge: bytesToHex(Fn.toBytes(c)), response: bytesToHex(Fn.toBytes(s)) };
}

/** Whether the proof holds for the claim; false also for anything that is no proof at all. */
export function verifyOwnership(claim: OwnershipClaim, proof: OwnershipProof): boolean {
  try {
    const publicKey = Point.fromHex(claim.publicKey);
    const tag = Point.fromHex(proof.tag);
    if (publicKey.is0() || tag.is0()) return false;
    const c = Fn.fromBytes(hexToBytes(proof.challenge));
    const s = Fn.fromBytes(hexToBytes(proof.response));
    // s·G - c·P = k·G and s·H - c·Q = k·H, if both P and Q were made with the same x.
    const first = Point.BASE.multiplyUnsafe(s).subtract(publicKey.multiplyUnsafe(c));
    const second = trackPoint(claim).multiplyUnsafe(s).subtract(tag.multiplyUnsafe(c));
    return Fn.eql(c, challengeOf(claim, tag, first, second));
  } catch {
    // Not hex, not a point, not a scalar: whatever it is, it proves nothing.
    return false;
  }
}

/** H(track): nobody knows its logarithm, as it is hashed to the curve. */
function trackPoint({ trackHash }: OwnershipClaim): Point {
  return ristretto255_hasher.hashToCurve(utf8ToBytes(trackHash), { DST: `${DOMAIN}/track` });
}

function challengeOf(claim: OwnershipClaim, tag: Point, first: Point, second: Point): bigint {
  const points = [Point.fromHex(claim.publicKey), tag, first, second].map((point) => point.toBytes());
  const context = utf8ToBytes(`${claim.trackHash.length}:${claim.trackHash}:${claim.wallet}`);
  return ristretto255_hasher.hashToScalar(concatBytes(...points, context), { DST: `${DOMAIN}/challenge` });
}

/** 48 random bytes, so that the reduction leaves no bias; 0 is not possible in practice. */
function randomScalar(): bigint {
  return ristretto255_hasher.hashToScalar(randomBytes(48), { DST: `${DOMAIN}/scalar` });
}
