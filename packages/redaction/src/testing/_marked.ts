/**
 * Texts of tests in which each secret stands between « and ». `{an24}` within stands for 24 characters that look drawn
 * at random and are the same in every run, so that no file of tests holds what a scanner takes for a real credential.
 */
const DIGITS = "0123456789";
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const ALPHABETS: Readonly<Record<string, string>> = {
  d: DIGITS,
  hex: `${DIGITS}abcdef`,
  HEX: `${DIGITS}ABCDEF`,
  lo: LOWER + DIGITS,
  up: LOWER.toUpperCase() + DIGITS,
  an: LOWER + LOWER.toUpperCase() + DIGITS,
  az: LOWER + LOWER.toUpperCase(),
  w: `${LOWER}${LOWER.toUpperCase()}${DIGITS}_-`,
  b58: "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz",
  b32: "023456789acdefghjklmnpqrstuvwxyz",
};

/** Characters that look drawn at random: the same for the same arguments. */
export function drawn(alphabet: string, size: number, seed = 1): string {
  const letters = ALPHABETS[alphabet] ?? alphabet;
  let state = (seed * 2654435761 + size * 40503 + letters.length) >>> 0;
  let out = "";
  for (let i = 0; i < size; i++) {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 374761393) >>> 0;
    out += letters[((state ^ (state >>> 13)) >>> 3) % letters.length] ?? "";
  }
  return out;
}

/** Puts drawn characters in the place of `{an24}` and the like. */
export function fill(text: string): string {
  let seed = 0;
  return text.replace(/\{(d|hex|HEX|lo|up|an|az|w|b58|b32)(\d{1,4})\}/g, (_all, kind: string, size: string) =>
    drawn(kind, Number(size), ++seed),
  );
}

/** What is given to a redactor, and what it must leave. */
export interface Marked {
  readonly given: string;
  readonly left: string;
}

/** Reads a text with marks. A text without them must stay as it is. */
export function marked(text: string, standIn = "[REDACTED]"): Marked {
  const filled = fill(text);
  return { given: filled.replace(/[«»]/g, ""), left: filled.replace(/«[^»]*»/g, standIn) };
}
