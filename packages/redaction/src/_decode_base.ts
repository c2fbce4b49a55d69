/** The alphabet of Bitcoin. */
export const BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/** The alphabet of the XRP Ledger. */
export const RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Bytes of a token in base58; undefined when a character is none of the alphabet. */
export function decodeBase58(token: string, alphabet: string = BITCOIN): Uint8Array | undefined {
  const value = numberOf(token, alphabet);
  if (value === undefined) return undefined;
  let zeros = 0;
  while (token[zeros] === alphabet[0]) zeros++;
  const hex = value === 0n ? "" : value.toString(16);
  return Buffer.from("00".repeat(zeros) + (hex.length % 2 === 0 ? hex : `0${hex}`), "hex");
}

/** Bytes of a token in base32 (RFC 4648) without padding. */
export function decodeBase32(token: string): Uint8Array {
  const bits = token.length * 5;
  const value = (numberOf(token, BASE32) ?? 0n) >> BigInt(bits % 8);
  return Buffer.from(value.toString(16).padStart(2 * Math.floor(bits / 8), "0"), "hex");
}

function numberOf(token: string, alphabet: string): bigint | undefined {
  const base = BigInt(alphabet.length);
  let value = 0n;
  for (const c of token) {
    const digit = alphabet.indexOf(c);
    if (digit < 0) return undefined;
    value = value * base + BigInt(digit);
  }
  return value;
}
