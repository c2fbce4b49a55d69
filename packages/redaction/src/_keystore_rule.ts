import { HAS_QUOTE } from "./_features.ts";
import { matches } from "./_matches.ts";
import type { Rule, Scan } from "./_scan.ts";
import { valueExtent } from "./_value_extent.ts";

const FIELD =
  /["']?\b(?:ciphertext|mac|salt|iv|authTag|secretCiphertext|mnemonicCiphertext|mnemonicCounter|counter|nonce|message)\b["']?\s{0,2}[:=]\s{0,2}/g;

const JWK = /["'](?:d|p|q|dp|dq|qi|k)["']\s{0,2}:\s{0,2}/g;

/** Encrypted wallets (keystore v3, EIP-2335) and private JSON Web Keys: the parts that let somebody try passwords go, the address stays. */
export const keystoreRule: Rule = {
  id: "keystore",
  pack: "wallet",
  when: HAS_QUOTE,
  find(scan) {
    const { text } = scan;
    if (/["']kty["']/.test(text)) hide(scan, JWK);
    if (
      !/ciphertext|"vault"|\bkdf(?:params)?\b/i.test(text) ||
      !/\bkdf|cipher\b|scrypt|pbkdf2|aes-/i.test(text)
    )
      return;
    hide(scan, FIELD);
  },
};

function hide(scan: Scan, field: RegExp): void {
  const { text } = scan;
  for (const m of matches(text, field)) {
    const extent = valueExtent(text, m.index + m[0].length, false);
    if (extent === undefined || extent.container) continue;
    if (/^[\w+/=-]{8,}$/.test(text.slice(extent.start, extent.end)))
      scan.hit(extent.start, extent.end, "keystore");
  }
}
