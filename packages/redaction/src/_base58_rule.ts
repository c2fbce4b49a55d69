import { createHash } from "node:crypto";
import { decodeBase32, decodeBase58, RIPPLE } from "./_decode_base.ts";
import { HAS_RUN } from "./_features.ts";
import { isSolanaSecret } from "./_judge_bytes.ts";
import type { Rule } from "./_scan.ts";

const EXTENDED = /[xyztuvYZUV]prv[1-9A-HJ-NP-Za-km-z]{16,120}/g;
const EXTENDED_PUBLIC = /(?<![A-Za-z0-9])[xyztuvYZUV]pub[1-9A-HJ-NP-Za-km-z]{60,120}/g;
const RUN = /(?<![A-Za-z0-9_+/-])[1-9A-HJ-NP-Za-km-z]{28,90}(?![A-Za-z0-9_+/=])/g;
const STELLAR = /(?<![A-Za-z0-9])S[A-D][A-Z2-7]{54}(?![A-Za-z0-9])/g;

/** Keys in base58 and base32, proven by their prefix, their checksum or their curve. */
export const base58Rule: Rule = {
  id: "base58-key",
  pack: "wallet",
  when: HAS_RUN,
  find(scan) {
    scan.hitAll(EXTENDED, "extended-key");
    if (scan.policy.pii) scan.hitAll(EXTENDED_PUBLIC, "extended-public-key");
    scan.hitAll(RUN, "base58-key", isBase58Key);
    scan.hitAll(STELLAR, "base58-key", isStellarSeed);
  },
};

function isBase58Key(token: string): boolean {
  const { length } = token;
  if (length === 51 || length === 52) return /^[5KL9cT6Q]/.test(token) && hasChecksum(decodeBase58(token));
  if (length === 58) return token.startsWith("6P");
  if (length >= 28 && length <= 31) return token.startsWith("s") && hasChecksum(decodeBase58(token, RIPPLE));
  if (length >= 85 && length <= 88) return isSolana(token);
  return false;
}

/** The last four bytes are the start of the double SHA-256 of the others. */
function hasChecksum(bytes: Uint8Array | undefined): boolean {
  if (bytes === undefined || bytes.length < 5) return false;
  const digest = sha256(sha256(bytes.subarray(0, -4)));
  return bytes.subarray(-4).every((byte, i) => byte === digest[i]);
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash("sha256").update(bytes).digest();
}

function isSolana(token: string): boolean {
  const bytes = decodeBase58(token);
  return bytes !== undefined && isSolanaSecret(bytes);
}

function isStellarSeed(token: string): boolean {
  const bytes = decodeBase32(token);
  return crc16(bytes.subarray(0, -2)) === (bytes.at(-2) ?? 0) + 256 * (bytes.at(-1) ?? 0);
}

/** CRC-16/XMODEM, as Stellar uses it. */
function crc16(bytes: Uint8Array): number {
  let crc = 0;
  for (const byte of bytes) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000) === 0 ? crc << 1 : (crc << 1) ^ 0x1021;
    crc &= 0xffff;
  }
  return crc;
}
