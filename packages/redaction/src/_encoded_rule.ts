import { findHits, NO_CONTEXT } from "./_engine.ts";
import { HAS_HEX, HAS_LIST, HAS_RUN } from "./_features.ts";
import type { Rule, Scan } from "./_scan.ts";

const BASE64 = /[A-Za-z0-9+/_-]{24,}={0,2}/g;
/** Text that is encoded itself. */
const MORE = /[A-Za-z0-9+/_-]{32}/;
/** Bytes of a text as a list of numbers. */
const NUMBERS = /\d{1,3}(?:\s{0,12},\s{0,12}\d{1,3}){15,}/g;
/** Lines of base64 as mail and PEM wrap them, or of hexadecimal digits. */
const WRAPPED =
  /(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{60,76}\r?\n(?:[A-Za-z0-9+/]{60,76}\r?\n){0,1000}[A-Za-z0-9+/]{2,76}={0,2}(?![A-Za-z0-9+/])/g;
const HEX = /[0-9a-fA-F]{42,}/g;
/** Characters of a token that are decoded. */
const LONGEST = 65_536;

/** Text in base64 or hexadecimal: if a secret is in it, the whole token goes. */
export const encodedRule: Rule = {
  id: "encoded",
  pack: "credentials",
  when: HAS_HEX | HAS_RUN | HAS_LIST,
  find(scan) {
    if (scan.text.includes("\n")) {
      for (const m of scan.text.matchAll(WRAPPED)) judgeLines(scan, m.index, m[0]);
    }
    if ((scan.flags & HAS_RUN) !== 0) {
      for (const m of scan.text.matchAll(BASE64)) judge(scan, m.index, m[0], decodeBase64(m[0]));
    }
    if ((scan.flags & HAS_LIST) !== 0)
      for (const m of scan.text.matchAll(NUMBERS)) judge(scan, m.index, m[0], decodeList(m[0]));
    if ((scan.flags & HAS_HEX) === 0) return;
    for (const m of scan.text.matchAll(HEX)) judge(scan, m.index, m[0], decodeHex(m[0]));
  },
};

function judge(scan: Scan, at: number, token: string, text: string | undefined): void {
  if (text === undefined) return;
  // What is encoded once more than is read goes unread.
  if (scan.depth >= scan.policy.maxDepth) {
    if (MORE.test(text)) scan.hit(at, at + token.length, "encoded");
    return;
  }
  const inner = { ...scan.policy, maxDepth: scan.policy.maxDepth - scan.depth - 1 };
  if (findHits(text, inner, { ...NO_CONTEXT, key: scan.key }).length === 0) return;
  scan.hit(at, at + token.length, "encoded");
}

function decodeList(list: string): string | undefined {
  const bytes = list.slice(0, LONGEST).split(",").map(Number);
  if (bytes.some((byte) => byte > 255)) return undefined;
  return asText(String.fromCharCode(...bytes.slice(0, 16_384)));
}

function judgeLines(scan: Scan, at: number, lines: string): void {
  const token = lines.replace(/\s/g, "");
  const decoded = /^[0-9a-fA-F]+$/.test(token) ? decodeHex(token) : decodeBase64(token);
  judge(scan, at, lines, decoded);
}

/** Nothing but hexadecimal digits: no text comes out as that in base64. */
const DIGITS = /^(?:0[xX])?[0-9a-fA-F]+$/;

function decodeBase64(token: string): string | undefined {
  if (DIGITS.test(token)) return undefined;
  const plain = token.slice(0, LONGEST).replace(/=+$/, "").replaceAll("-", "+").replaceAll("_", "/");
  // A look at the start spares decoding names, paths and keys.
  if (!isText(decodeQuads(plain.slice(0, 16)))) return undefined;
  return asText(decodeQuads(plain));
}

function decodeQuads(plain: string): string {
  const rest = plain.length % 4;
  try {
    return atob(rest === 1 ? plain.slice(0, -1) : plain);
  } catch {
    return "";
  }
}

function decodeHex(digits: string): string | undefined {
  const even = digits.slice(0, Math.min(LONGEST, digits.length - (digits.length % 2)));
  if (!isText(fromHex(even.slice(0, 16)))) return undefined;
  return asText(fromHex(even));
}

function fromHex(hex: string): string {
  let out = "";
  for (let i = 0; i < hex.length; i += 2)
    out += String.fromCharCode(Number.parseInt(hex.slice(i, i + 2), 16));
  return out;
}

/** Printable characters, white space and colours only; bytes of UTF-8 sequences count as printable. */
function isText(bytes: string): boolean {
  if (bytes.length < 8) return false;
  for (let i = 0; i < bytes.length; i++) {
    const c = bytes.charCodeAt(i);
    if ((c < 32 && c !== 9 && c !== 10 && c !== 13 && c !== 27) || c === 127) return false;
  }
  return true;
}

/** Random bytes are hardly ever valid UTF-8. */
function asText(bytes: string): string | undefined {
  if (!isText(bytes.slice(0, 256)) || !beginsAsUtf8(bytes)) return undefined;
  try {
    // A cut may have left the first bytes of a character at the end.
    const whole = bytes.replace(/[\xc0-\xff][\x80-\xbf]{0,3}$/, "");
    return UTF8.decode(Uint8Array.from(whole, (c) => c.charCodeAt(0)));
  } catch {
    return undefined;
  }
}

/** Asked first, since the decoder throws on what is no UTF-8, which costs more than all the rest. */
function beginsAsUtf8(bytes: string): boolean {
  const end = Math.min(bytes.length, 64);
  for (let i = 0; i < end; ) {
    const c = bytes.charCodeAt(i++);
    if (c < 0x80) continue;
    if (c < 0xc2 || c > 0xf4) return false;
    for (let more = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3; more > 0 && i < end; more--, i++)
      if ((bytes.charCodeAt(i) & 0xc0) !== 0x80) return false;
  }
  return true;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true });
