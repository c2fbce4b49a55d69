import { findHits, NO_CONTEXT } from "./_engine.ts";
import { HAS_HEX, HAS_LIST, HAS_RUN } from "./_features.ts";
import { hexRuns } from "./_hex_digits.ts";
import { matches } from "./_matches.ts";
import type { Rule, Scan } from "./_scan.ts";

const BASE64 = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
/** Bytes of a text as a list of numbers. */
const NUMBERS = /\d{1,3}(?:\s{0,12},\s{0,12}\d{1,3}){15,}/g;
/** Lines of base64 as mail and PEM wrap them, or of hexadecimal digits. */
const WRAPPED =
  /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{60,76}\r?\n(?:[A-Za-z0-9+/]{60,76}\r?\n){0,1000}[A-Za-z0-9+/]{2,76}={0,2}(?![A-Za-z0-9+/])/g;
/** The end of such a line, asked first. */
const LINE_END = /\n(?<=[A-Za-z0-9+/]{60}\r?\n)/;
/** Characters of a token that are decoded. */
const LONGEST = 65_536;

/** Text in base64 or hexadecimal: if a secret is in it, the whole token goes. */
export const encodedRule: Rule = {
  id: "encoded",
  pack: "credentials",
  when: HAS_HEX | HAS_RUN | HAS_LIST,
  find(scan) {
    if (LINE_END.test(scan.text)) {
      for (const m of matches(scan.text, WRAPPED)) judgeLines(scan, m.index, m[0]);
    }
    if ((scan.flags & HAS_RUN) !== 0) {
      for (const m of matches(scan.text, BASE64)) judge(scan, m.index, m[0], decodeBase64(m[0]));
    }
    if ((scan.flags & HAS_LIST) !== 0)
      for (const m of matches(scan.text, NUMBERS)) judge(scan, m.index, m[0], decodeList(m[0]));
    if ((scan.flags & HAS_HEX) === 0) return;
    for (const [at, end] of hexRuns(scan.text, 42)) {
      const token = scan.text.slice(at, end);
      judge(scan, at, token, decode(token, "hex"));
    }
  },
};

function judge(scan: Scan, at: number, token: string, text: string | undefined): void {
  if (text === undefined) return;
  // What is encoded once more than is read goes unread.
  if (scan.depth >= scan.policy.maxDepth) {
    scan.hit(at, at + token.length, "encoded");
    return;
  }
  const inner = { ...scan.policy, maxDepth: scan.policy.maxDepth - scan.depth - 1 };
  if (findHits(text, inner, { ...NO_CONTEXT, key: scan.key }).length === 0) return;
  scan.hit(at, at + token.length, "encoded");
}

function decodeList(list: string): string | undefined {
  const bytes = list.slice(0, LONGEST).split(",").map(Number);
  return bytes.some((byte) => byte > 255) ? undefined : asText(Buffer.from(bytes));
}

function judgeLines(scan: Scan, at: number, lines: string): void {
  const token = lines.replace(/\s/g, "");
  judge(scan, at, lines, /^[0-9a-fA-F]+$/.test(token) ? decode(token, "hex") : decodeBase64(token));
}

/** Nothing but hexadecimal digits: no text comes out as that in base64. */
const DIGITS = /^(?:0[xX])?[0-9a-fA-F]+$/;

function decodeBase64(token: string): string | undefined {
  return DIGITS.test(token) ? undefined : decode(token, "base64");
}

function decode(token: string, encoding: "base64" | "hex"): string | undefined {
  // A look at the start spares decoding names, paths and keys.
  if (!isText(Buffer.from(token.slice(0, 16), encoding))) return undefined;
  return asText(Buffer.from(token.slice(0, LONGEST), encoding));
}

/** Printable characters, white space and colours only; bytes of UTF-8 sequences count as printable. */
function isText(bytes: Buffer): boolean {
  return (
    bytes.length > 7 &&
    bytes.every((c) => (c > 31 && c !== 127) || c === 9 || c === 10 || c === 13 || c === 27)
  );
}

/** Random bytes are hardly ever valid UTF-8. */
function asText(bytes: Buffer): string | undefined {
  if (!isText(bytes.subarray(0, 256))) return undefined;
  // A cut may have left the first bytes of a character at the end.
  const text = bytes.toString().replace(/\ufffd$/, "");
  // Each byte that fits nowhere becomes three.
  return Buffer.byteLength(text) > bytes.length ? undefined : text;
}
