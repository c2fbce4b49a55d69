/** The alphabet of Bitcoin. */
export const BITCOIN = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
/** The alphabet of the XRP Ledger. */
export const RIPPLE = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/** Bytes of a token in base58; undefined when a character is none of the alphabet. */
export function decodeBase58(token: string, alphabet: string = BITCOIN): Uint8Array | undefined {
  let value = 0n;
  for (const c of token) {
    const digit = alphabet.indexOf(c);
    if (digit < 0) return undefined;
    value = value * 58n + BigInt(digit);
  }
  let zeros = 0;
  while (token[zeros] === alphabet[0]) zeros++;
  const hex = value === 0n ? "" : value.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  const bytes = new Uint8Array(zeros + even.length / 2);
  for (let i = 0; i < even.length; i += 2) bytes[zeros + i / 2] = Number.parseInt(even.slice(i, i + 2), 16);
  return bytes;
}

/** Bytes of a token in base32 (RFC 4648) without padding. */
export function decodeBase32(token: string): Uint8Array {
  const bytes = new Uint8Array(Math.floor((token.length * 5) / 8));
  let bits = 0;
  let buffer = 0;
  let at = 0;
  for (const c of token) {
    buffer = ((buffer << 5) | BASE32.indexOf(c)) & 0xfff;
    bits += 5;
    if (bits < 8) continue;
    bits -= 8;
    bytes[at++] = (buffer >>> bits) & 0xff;
  }
  return bytes;
}
