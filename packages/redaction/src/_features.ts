/** A colon or an equals sign: labels, URLs, header lines. */
export const HAS_SEPARATOR = 1;
/** An at sign: e-mail addresses, user info of URLs. */
export const HAS_AT = 2;
/** A backslash, a percent sign or an ampersand: the text may be encoded. */
export const HAS_ESCAPE = 4;
/** A character outside of ASCII. */
export const HAS_NON_ASCII = 8;
/** A run of at least 16 token characters. */
export const HAS_RUN = 16;
/** At least seven digits. */
export const HAS_DIGITS = 32;
/** At least nine gaps between words. */
export const HAS_WORDS = 64;
/** White space. */
export const HAS_SPACE = 128;
/** A quotation mark. */
export const HAS_QUOTE = 256;
/** A run of at least 24 hexadecimal digits. */
export const HAS_HEX = 512;
/** A slash. */
export const HAS_SLASH = 1024;

const TOKEN = 1;
const HEX = 2;
const DIGIT = 4;
const GAP = 8;
const LETTER = 16;

const KIND = new Uint8Array(128);
const FLAG = new Uint16Array(128);
for (let c = 0; c < 128; c++) {
  const ch = String.fromCharCode(c);
  let kind = 0;
  if (/[0-9]/.test(ch)) kind |= DIGIT | TOKEN | HEX;
  else if (/[a-f]/i.test(ch)) kind |= TOKEN | HEX | LETTER;
  else if (/[a-z]/i.test(ch)) kind |= TOKEN | LETTER;
  else if (/[_\-+/]/.test(ch)) kind |= TOKEN | GAP;
  else kind |= GAP;
  KIND[c] = kind;
  if (ch === ":" || ch === "=") FLAG[c] = HAS_SEPARATOR;
  else if (ch === "@") FLAG[c] = HAS_AT;
  else if (ch === "\\" || ch === "%" || ch === "&") FLAG[c] = HAS_ESCAPE;
  else if (ch === '"' || ch === "'" || ch === "`") FLAG[c] = HAS_QUOTE;
  else if (ch === "/") FLAG[c] = HAS_SLASH;
  else if (/\s/.test(ch)) FLAG[c] = HAS_SPACE;
}

/**
 * Reads a text once and tells which rules can apply. Most values of a clean trace end here.
 */
export function features(text: string): number {
  let flags = 0;
  let run = 0;
  let hex = 0;
  let digits = 0;
  let gaps = 0;
  let letter = false;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c > 127) {
      flags |= HAS_NON_ASCII;
      run = 0;
      hex = 0;
      continue;
    }
    // The tables have 128 entries, so the defaults are never taken.
    const kind = KIND[c] ?? 0;
    flags |= FLAG[c] ?? 0;
    run = (kind & TOKEN) === 0 ? 0 : run + 1;
    if (run === 16) flags |= HAS_RUN;
    hex = (kind & HEX) === 0 ? 0 : hex + 1;
    if (hex === 24) flags |= HAS_HEX;
    if ((kind & DIGIT) !== 0) digits++;
    if ((kind & LETTER) !== 0) letter = true;
    else if (letter && (kind & GAP) !== 0) {
      letter = false;
      gaps++;
    }
  }
  if (digits >= 7) flags |= HAS_DIGITS;
  if (gaps >= 8) flags |= HAS_WORDS;
  return flags;
}
