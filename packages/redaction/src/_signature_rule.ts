import { HAS_HEX } from "./_features.ts";
import { hexRuns } from "./_hex_digits.ts";
import { keccak256 } from "./_keccak256.ts";
import { labelBefore } from "./_label.ts";
import { readRawTransaction } from "./_rlp.ts";
import type { Rule, Scan } from "./_scan.ts";
import { textBefore } from "./_text_before.ts";
import { toHex } from "./_text_bytes.ts";

const LONGEST = 262_144;

/** Signatures and signed transactions: whoever reads one can use it until it is spent. */
export const signatureRule: Rule = {
  id: "signature",
  pack: "signatures",
  when: HAS_HEX,
  find(scan) {
    if (scan.policy.keepSignatures) return;
    for (const [at, end] of hexRuns(scan.text, 100)) judge(scan, at, scan.text.slice(at, end).toLowerCase());
  },
};

function judge(scan: Scan, at: number, digits: string): void {
  const end = at + digits.length;
  const start = scan.text[at - 2] === "0" && (scan.text.charCodeAt(at - 1) | 32) === 120 ? at - 2 : at;
  if (judgeTransaction(scan, start, end, digits)) return;
  const labelled = scan.key.signature || LABEL.test(textBefore(scan.text, start, 40));
  if (!isSignature(digits, labelled)) return;
  const verdict = labelBefore(scan.text, start, scan.policy);
  if (verdict === "public" || (verdict === undefined && scan.key.publicHex)) return;
  scan.hit(start, end, "signature");
}

/** A signed transaction is replaced by its hash, under which it can be looked up once it is public. */
function judgeTransaction(scan: Scan, start: number, end: number, digits: string): boolean {
  if (!/^(?:f[89]|0[1-4])/.test(digits) || digits.length >= LONGEST) return false;
  const bytes = Buffer.from(digits, "hex");
  const kind = readRawTransaction(bytes);
  // Calldata is a selector and whole words; one that was cut may be neither.
  if (kind === "no" || (kind === "cut" && (digits.length % 64 === 8 || !isAtEnd(scan.text, end))))
    return false;
  const standIn = kind === "signed" ? `[raw tx 0x${toHex(keccak256(bytes))}]` : undefined;
  scan.hit(start, end, "raw-transaction", standIn);
  return true;
}

const LABEL = /sig(?:nature|s|ned)?\b|permit/i;

function isAtEnd(text: string, end: number): boolean {
  return /^["'`\])}\s…]{0,6}(?:,|$)/.test(text.slice(end, end + 8));
}

/** 65 bytes with a recovery byte, several of them, or 64 bytes in the compact form. ABI words are full of zeros. */
function isSignature(digits: string, labelled: boolean): boolean {
  if (/0{16}/.test(digits)) return false;
  if (digits.length === 128) return true;
  if (digits.length % 130 === 0 && digits.length <= 1300) {
    if (digits.length === 130 && digits.startsWith("04")) return labelled;
    for (let i = 128; i < digits.length; i += 130)
      if (!/^(?:0[01]|1[bcf]|2[05678])$/.test(digits.slice(i, i + 2))) return labelled;
    return true;
  }
  return labelled && digits.length >= 126 && digits.length <= 134;
}
