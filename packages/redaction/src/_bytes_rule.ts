import { HAS_ESCAPE, HAS_GROUPS, HAS_HEX, HAS_LIST, HAS_RUN } from "./_features.ts";
import { isSecretBytes, isSolanaSecret } from "./_judge_bytes.ts";
import { labelBefore, saysSecret } from "./_label.ts";
import { matches } from "./_matches.ts";
import type { Rule, Scan } from "./_scan.ts";
import { textBefore } from "./_text_before.ts";

const LIST = /\d{1,3}(?:\s{0,12},\s{0,12}\d{1,3})+/g;
const RECORD =
  /(?<![\w.])["']?0["']?\s{0,4}:\s{0,4}\d{1,3}(?:\s{0,12},\s{0,12}["']?\d{1,2}["']?\s{0,4}:\s{0,4}\d{1,3})+/g;
const GROUPS =
  /(?<![0-9A-Za-z])(?:0x)?[0-9a-fA-F]{2,16}(?:[\s:\-_,]{1,8}(?:0x)?[0-9a-fA-F]{2,16})+(?![0-9A-Za-z])/g;
const ESCAPED = /(?:\\x[0-9a-fA-F]{2}){16,}/g;
const BASE64 = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{43}(?:=|%3D)(?![A-Za-z0-9=])/g;
const BASE64_PAIR = /(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{86}==/g;
const DECIMAL = /(?<![\d.])\d{74,78}(?![\d.])/g;

/** Keys as lists of numbers, as grouped digits, as base64, as decimal numbers. */
export const bytesRule: Rule = {
  id: "private-key-bytes",
  pack: "wallet",
  when: HAS_ESCAPE | HAS_LIST | HAS_GROUPS | HAS_HEX | HAS_RUN,
  find(scan) {
    const { text, flags } = scan;
    if ((flags & HAS_LIST) !== 0) findLists(scan);
    if ((flags & HAS_GROUPS) !== 0) for (const m of matches(text, GROUPS)) judgeGroups(scan, m.index, m[0]);
    if ((flags & HAS_HEX) !== 0) for (const m of matches(text, DECIMAL)) judgeDecimal(scan, m.index, m[0]);
    if ((flags & HAS_ESCAPE) !== 0) for (const m of matches(text, ESCAPED)) judgeEscaped(scan, m.index, m[0]);
    if ((flags & HAS_RUN) === 0) return;
    for (const m of matches(text, BASE64)) judgeBase64(scan, m.index, m[0]);
    for (const m of matches(text, BASE64_PAIR)) judgeBase64(scan, m.index, m[0]);
  },
};

function findLists(scan: Scan): void {
  for (const m of matches(scan.text, LIST)) judgeNumbers(scan, m.index, m[0], m[0].split(","));
  for (const m of matches(scan.text, RECORD)) {
    const values = m[0].split(",").map((pair) => pair.slice(pair.indexOf(":") + 1));
    judgeNumbers(scan, m.index, m[0], values);
  }
}

function judgeNumbers(scan: Scan, at: number, whole: string, parts: readonly string[]): void {
  const numbers = parts.map(Number);
  if (numbers.length < 16 || numbers.some((n) => !(n >= 0 && n < 256))) return;
  const end = at + whole.length;
  const cut = end + 2 >= scan.text.length && !/[\])}]/.test(scan.text.slice(end));
  if (numbers.length !== 32 && numbers.length !== 64 && !cut) return;
  // Few different values are a palette, a histogram or a mask.
  if (new Set(numbers).size < numbers.length / 3) return;
  judge(scan, at, end, Uint8Array.from(numbers), cut);
}

function judgeGroups(scan: Scan, at: number, whole: string): void {
  const groups = whole.split(/[\s:\-_,]+/).map((group) => group.replace(/^0x/, ""));
  const size = groups[0]?.length ?? 0;
  const total = groups.join("");
  if (total.length !== 64 && total.length !== 128) return;
  if (size === 64 || groups.some((group) => group.length !== size)) return;
  judge(scan, at, at + whole.length, Buffer.from(total, "hex"), false);
}

/** "\\xe8\\xc9..": bytes as Python, C and PostgreSQL print them. */
function judgeEscaped(scan: Scan, at: number, whole: string): void {
  const digits = whole.replaceAll("\\x", "");
  const cut = at + whole.length + 2 >= scan.text.length && digits.length < 64;
  if (digits.length === 64 || digits.length === 128 || cut)
    judge(scan, at, at + whole.length, Buffer.from(digits, "hex"), cut);
}

function judgeBase64(scan: Scan, at: number, token: string): void {
  judge(scan, at, at + token.length, Buffer.from(token.replace(/%3D$/, "="), "base64"), false);
}

function judge(scan: Scan, start: number, end: number, bytes: Uint8Array, cut: boolean): void {
  const verdict = labelBefore(scan.text, start, scan.policy);
  const isPublic = verdict === "public" || (verdict === undefined && scan.key.publicHex);
  const secret = saysSecret(verdict) || (cut ? !isPublic : isSecret(scan, bytes, isPublic));
  if (secret) scan.hit(start, end, "private-key-bytes");
}

/** 64 bytes in a text are a key pair or a signature: only the first can be proven. */
function isSecret(scan: Scan, bytes: Uint8Array, isPublic: boolean): boolean {
  if (bytes.length === 64) return isSolanaSecret(bytes);
  return isSecretBytes(scan, bytes, isPublic);
}

const SAID_AFTER =
  /^n?["')]?\s{0,2}(?:is|was|=|as|\()\s?(?:\w{1,8}\s){0,2}(?:private|secret|signing|wallet|signer)\s?key/i;

/** "d = 4711..", "signer scalar 4711..": what a private key is called in the mathematics of curves. */
const SCALAR = /(?:scalar|exponent|secret|signer|priv\w{0,4}|\bd)["']?[\s:=]{1,4}(?:[a-z]\s?=\s?)?["']?$/i;

/** Token ids and amounts are as long as a key: only a label or the address it derives tells. */
function judgeDecimal(scan: Scan, at: number, digits: string): void {
  const hex = BigInt(digits).toString(16);
  if (hex.length > 64) return;
  const secret =
    saysSecret(labelBefore(scan.text, at, scan.policy)) ||
    SCALAR.test(textBefore(scan.text, at, 24)) ||
    SAID_AFTER.test(scan.text.slice(at + digits.length, at + digits.length + 48)) ||
    scan.policy.signers.derives(hex.padStart(64, "0"));
  if (secret) scan.hit(at, at + digits.length, "private-key-decimal");
}
