import { foreignWords, HASH_START, hashUnit, mayContain } from "./_word_filter.ts";
import { IS_LABEL, IS_LISTED, wordTable } from "./_word_table.ts";

/** A colon or an equals sign: labels, URLs, header lines. */
export const HAS_SEPARATOR = 1;
/** An at sign: e-mail addresses, user info of URLs. */
export const HAS_AT = 2;
/** A backslash, a percent sign, an ampersand or an escape: the text may be encoded, or coloured. */
export const HAS_ESCAPE = 4;
/** A character outside of ASCII. */
export const HAS_NON_ASCII = 8;
/** A run of at least 16 token characters that does not read as words and is not hexadecimal. */
export const HAS_RUN = 16;
/** At least seven digits close together. */
export const HAS_NUMBER = 32;
/** Eight words of BIP-39 lists close together. */
export const HAS_WORDS = 64;
/** White space. */
export const HAS_SPACE = 128;
/** A quotation mark. */
export const HAS_QUOTE = 256;
/** A run of more than 40 hexadecimal digits. */
export const HAS_HEX = 512;
/** A scheme, a name that looks like a host before a slash, or a slash at the start. */
export const HAS_URL = 1024;
/** At least 15 commas. */
export const HAS_LIST = 2048;
/** At least four equally long groups of two to sixteen hexadecimal digits in a row. */
export const HAS_GROUPS = 4096;
/** A word that labels of secrets and of personal data hold. */
export const HAS_LABEL = 8192;

const TOKEN = 1;
const HEX = 2;
const DIGIT = 4;
const UPPER = 8;
const LOWER = 16;
const NUMBER_GAP = 32;
const LETTER = UPPER | LOWER;

const KIND = new Uint8Array(128);
const FLAG = new Uint16Array(128);
for (let c = 0; c < 128; c++) {
  const ch = String.fromCharCode(c);
  if (/[0-9]/.test(ch)) KIND[c] = DIGIT | TOKEN | HEX;
  else if (/[a-z]/.test(ch)) KIND[c] = LOWER | TOKEN | (/[a-f]/.test(ch) ? HEX : 0);
  else if (/[A-Z]/.test(ch)) KIND[c] = UPPER | TOKEN | (/[A-F]/.test(ch) ? HEX : 0);
  else if (/[_\-+/]/.test(ch)) KIND[c] = TOKEN | (ch === "-" ? NUMBER_GAP : 0);
  else if (/[ .()]/.test(ch)) KIND[c] = NUMBER_GAP;
  if (ch === ":" || ch === "=") FLAG[c] = HAS_SEPARATOR;
  else if (ch === "@") FLAG[c] = HAS_AT;
  else if (ch === "\\" || ch === "%" || ch === "&" || ch === "^" || c === 27) FLAG[c] = HAS_ESCAPE;
  else if (ch === '"' || ch === "'" || ch === "`") FLAG[c] = HAS_QUOTE;
  else if (/\s/.test(ch)) FLAG[c] = HAS_SPACE;
}

/**
 * Reads a text once and tells which rules can apply. Most values of a clean trace end here, so it does no more
 * than table look-ups and counting.
 */
export function features(text: string): number {
  const { length } = text;
  let flags = wordFeatures(text);
  let run = 0;
  let mixed = 0;
  let other = 0;
  let hex = 0;
  let group = 0;
  let streak = 0;
  let number = 0;
  let commas = 0;
  let before = 0;
  for (let i = 0; i <= length; i++) {
    const c = i < length ? text.charCodeAt(i) : 0;
    // The tables have 128 entries; beyond them nothing is a token.
    const kind = c < 128 ? (KIND[c] ?? 0) : 0;
    flags |= c < 128 ? (FLAG[c] ?? 0) : HAS_NON_ASCII;
    if ((kind & TOKEN) !== 0) {
      run++;
      // Digits beside letters and changes of case: words have few of them.
      if ((kind & DIGIT) !== 0) mixed += 2;
      else if ((kind & UPPER) !== 0 && before !== 0) mixed++;
      if ((kind & HEX) === 0 && (kind & LETTER) !== 0 && !(c === 120 && run === 2)) other++;
    } else if (run > 0) {
      if (run > 15 && mixed > 3 && other > 0) flags |= HAS_RUN;
      run = mixed = other = 0;
    }
    if ((kind & HEX) !== 0) hex++;
    else if (hex > 0) {
      if (hex > 40) flags |= HAS_HEX;
      // The x of 0x does not end a row of groups.
      if (c !== 120 || hex > 1) {
        streak = hex > 1 && hex < 17 && (kind & LETTER) === 0 ? (hex === group ? streak + 1 : 1) : 0;
        group = hex;
        if (streak > 3) flags |= HAS_GROUPS;
      }
      hex = 0;
    } else if ((kind & LETTER) !== 0 && c !== 120) streak = 0;
    if ((kind & DIGIT) !== 0) {
      if (++number > 6) flags |= HAS_NUMBER;
    } else if ((kind & NUMBER_GAP) === 0) number = 0;
    if (c === 44) commas++;
    before = kind & LETTER;
  }
  return commas > 14 ? flags | HAS_LIST : flags;
}

/** The words of the text: runs of letters, cut where camelCase begins a new one. */
function wordFeatures(text: string): number {
  const { length } = text;
  let flags = 0;
  let hash = HASH_START;
  let size = 0;
  let run = 0;
  let missed = 0;
  let dot = -1;
  let before = 0;
  for (let i = 0; i <= length; i++) {
    const c = i < length ? text.charCodeAt(i) : 0;
    const kind = c < 128 ? (KIND[c] ?? 0) & LETTER : 0;
    if (size > 0 && (kind === 0 || kind < before)) {
      const word = size > 1 ? (wordTable[hash >>> 15] ?? 0) : 0;
      if ((word & IS_LABEL) !== 0) flags |= HAS_LABEL;
      if ((word & IS_LISTED) !== 0 || (size > 3 && mayContain(foreignWords, hash))) {
        if (++run > 7) flags |= HAS_WORDS;
      } else if (size > 2 && ++missed > 1) {
        run = 0;
        missed = 0;
      }
      hash = HASH_START;
      size = 0;
    }
    if (kind !== 0) {
      hash = hashUnit(hash, c | 32);
      size++;
      if (dot >= 0) dot++;
    } else if (c === 46) dot = 0;
    else if (c === 47) {
      if ((dot > 1 && dot < 8) || i === 0 || (text.charCodeAt(i - 1) === 47 && text.charCodeAt(i - 2) === 58))
        flags |= HAS_URL;
      dot = -1;
    } else if (c !== 58 && (c < 48 || c > 57)) dot = -1;
    before = kind;
  }
  return flags;
}
