import {
  HAS_AT,
  HAS_BORDER,
  HAS_CRYPT,
  HAS_ESCAPE,
  HAS_FLAG,
  HAS_HEX,
  HAS_NON_ASCII,
  HAS_NUMBER,
  HAS_QUOTE,
  HAS_RUN,
  HAS_SEPARATOR,
  HAS_SPACE,
  HAS_URL,
} from "./_features.ts";
import { BEYOND } from "./_text_bytes.ts";

/** Part of an identifier, a path or base64. */
export const TOKEN = 1;
const HEX = 2;
/** Decimal digit. */
export const DIGIT = 4;
/** Capital. */
export const UPPER = 8;
const LOWER = 16;
/** What stands between the digits of a telephone number. */
export const NUMBER_GAP = 32;
/** Letter of ASCII. */
export const LETTER: number = UPPER | LOWER;
/** Letter or digit. */
export const ALNUM: number = LETTER | DIGIT;
/** A letter that is no hexadecimal digit. */
export const NOT_HEX = 64;
/** What may join two pieces of a key. */
export const JOINT = 128;
/** What is asked for its place. */
export const SIGN = 256;

/** What a byte is. */
export const KIND: Uint16Array = new Uint16Array(256);
/** The feature that a byte alone is. */
export const FLAG: Uint32Array = new Uint32Array(256);
for (let c = 0; c < 128; c++) {
  const ch = String.fromCharCode(c);
  if (/[0-9]/.test(ch)) KIND[c] = DIGIT | TOKEN | HEX;
  else if (/[a-z]/.test(ch)) KIND[c] = LOWER | TOKEN | (/[a-f]/.test(ch) ? HEX : NOT_HEX);
  else if (/[A-Z]/.test(ch)) KIND[c] = UPPER | TOKEN | (/[A-F]/.test(ch) ? HEX : NOT_HEX);
  else if (/[_\-+/]/.test(ch)) KIND[c] = TOKEN | (ch === "-" ? NUMBER_GAP : 0);
  else if (/[ .()]/.test(ch)) KIND[c] = NUMBER_GAP;
  if (/[\s"'`\\]/.test(ch)) KIND[c] = (KIND[c] ?? 0) | JOINT;
  if (":./,-".includes(ch)) KIND[c] = (KIND[c] ?? 0) | SIGN;
  if (ch === ":" || ch === "=") FLAG[c] = HAS_SEPARATOR;
  else if (ch === "@") FLAG[c] = HAS_AT;
  else if (ch === "\\" || ch === "%" || ch === "&" || ch === "^" || c === 27) FLAG[c] = HAS_ESCAPE;
  else if (/["'`]/.test(ch)) FLAG[c] = HAS_QUOTE;
  else if (/\s/.test(ch)) FLAG[c] = HAS_SPACE;
  else if (/[<>|#]/.test(ch)) FLAG[c] = HAS_BORDER;
  else if (ch === "$") FLAG[c] = HAS_CRYPT;
  else if (ch === "+" || ch === "(") FLAG[c] = HAS_NUMBER;
}
FLAG[BEYOND] = HAS_NON_ASCII;

/** Reads a long run of token characters: digits beside letters and changes of case; words have few of them. */
export function tokenFlags(bytes: Uint8Array, from: number, end: number): number {
  let flags = 0;
  let mixed = 0;
  let kinds = 0;
  let hex = 0;
  let before = 0;
  for (let i = from; i < end; i++) {
    const kind = KIND[bytes[i] ?? 0] ?? 0;
    if ((kind & DIGIT) !== 0) mixed += 2;
    else if ((kind & UPPER) !== 0 && before !== 0) mixed++;
    before = kind & LETTER;
    if ((kind & HEX) === 0) hex = 0;
    else if (++hex > 40) flags = HAS_HEX;
    // The x of 0x.
    if (i !== from + 1 || bytes[i] !== 120) kinds |= kind;
  }
  return mixed > 3 && (kinds & NOT_HEX) !== 0 ? flags | HAS_RUN : flags;
}

/** What a slash, a hyphen or a brace tells by its place; `stop` is behind a full stop with only a word since, or -1. */
export function signFlags(bytes: Uint8Array, c: number, at: number, stop: number): number {
  if (c === 45) return bytes[at - 1] === 32 ? HAS_FLAG : 0;
  const isScheme = bytes[at - 1] === 47 && bytes[at - 2] === 58;
  // "/v2/": a path that may stand apart from its host.
  const isVersion =
    bytes[at + 1] === 118 && ((KIND[bytes[at + 2] ?? 0] ?? 0) & DIGIT) !== 0 && bytes[at + 3] === 47;
  if (at === 0 || isScheme || isVersion || isLongSegment(bytes, at)) return HAS_URL;
  if (stop < 0) return 0;
  let letters = 0;
  for (let i = stop; i < at; i++) if (((KIND[bytes[i] ?? 0] ?? 0) & LETTER) !== 0) letters++;
  return letters > 1 && letters < 8 ? HAS_URL : 0;
}

/** A path of one long segment, as it stands beside the name of its host: `"path":"/4ba278e6-3414-43ec-.."`. */
function isLongSegment(bytes: Uint8Array, at: number): boolean {
  const before = KIND[bytes[at - 1] ?? 0] ?? 0;
  if ((before & JOINT) === 0 && bytes[at - 1] !== 61) return false;
  let end = at + 1;
  while (end < at + 21 && ((KIND[bytes[end] ?? 0] ?? 0) & TOKEN) !== 0 && bytes[end] !== 47) end++;
  return end === at + 21;
}

/** Ends of the words that close a label whatever they are glued to ("acmepassword", "dbpwd"): the last three letters, and the one before. */
const ENDS: ReadonlyMap<number, number> = new Map(
  ["word", "sswd", "rase", "onic", "cret", "wort", "oken", "pass", "\0pwd", "\0key"].map((end) => {
    const bytes = Buffer.from(end);
    return [bytes.readIntBE(1, 3), bytes[0] ?? 0];
  }),
);

/** Tells whether the letters before a position end like a label. */
export function isLabelEnd(bytes: Uint8Array, end: number): boolean {
  const last = ((bytes[end - 3] ?? 0) << 16) | ((bytes[end - 2] ?? 0) << 8) | (bytes[end - 1] ?? 0);
  const before = ENDS.get(last | 0x202020);
  return before !== undefined && (before === 0 || before === ((bytes[end - 4] ?? 0) | 32));
}
