import { digitAt } from "./_hex_digits.ts";

/** A text without one layer of encoding, and where each of its characters came from. */
export interface View {
  readonly text: string;
  /** Start in the original of each character; one more entry for the end. */
  readonly starts: Int32Array;
}

const ENTITY: ReadonlyMap<string, string> = new Map([
  ...pairs("quot\" apos' amp& lt< gt> colon: equals= sol/ commat@"),
  ["nbsp", " "],
  ["Tab", "\t"],
  ["NewLine", "\n"],
]);

const SIMPLE: ReadonlyMap<string, string> = new Map([...pairs("n\n r\r t\t"), ["b", " "], ["f", " "]]);

/** Names that each end with the character they stand for. */
function pairs(text: string): [name: string, character: string][] {
  return text.split(/ /).map((entry) => [entry.slice(0, -1), entry.slice(-1)]);
}

/** Removes one layer of JSON escapes, percent encoding, HTML entities, colours of terminals and characters without a width at once, or returns undefined if there is none. */
export function decodeView(text: string): View | undefined {
  const parts: string[] = [];
  const starts = new Int32Array(text.length + 1);
  let length = 0;
  let from = 0;
  let changed = false;
  for (let i = 0; i < text.length; ) {
    const c = text.charCodeAt(i);
    const decoded =
      c === 92
        ? (colour(text, i) ?? unquote(text, i))
        : c === 37
          ? percent(text, i)
          : c === 38
            ? entity(text, i)
            : c === 27 || c === 94
              ? colour(text, i)
              : c > 127 && INVISIBLE.has(c)
                ? NOTHING
                : undefined;
    if (decoded === undefined) {
      starts[length++] = i++;
      continue;
    }
    changed = true;
    parts.push(text.slice(from, i), decoded.text);
    for (let k = 0; k < decoded.text.length; k++) starts[length++] = i;
    i += decoded.used;
    from = i;
  }
  if (!changed) return undefined;
  parts.push(text.slice(from));
  starts[length] = text.length;
  return { text: parts.join(""), starts: starts.subarray(0, length + 1) };
}

/** Characters without a width: soft hyphen, zero-width space and joiners, word joiner, byte order mark. */
const INVISIBLE: ReadonlySet<number> = new Set([0xad, 0x200b, 0x200c, 0x200d, 0x2060, 0xfeff]);
const NOTHING: Decoded = { text: "", used: 1 };

/** Control sequences of terminals, real or written out: what they glue to a word would hide it. */
const COLOUR = new RegExp(
  `(?:${String.fromCharCode(27)}|\\^\\[|\\\\(?:u001[bB]|u\\{1[bB]\\}|x1[bB]|033|e))\\[[\\d;:?]{0,24}[A-Za-z]`,
  "y",
);

function colour(text: string, at: number): Decoded | undefined {
  COLOUR.lastIndex = at;
  return COLOUR.test(text) ? { text: " ", used: COLOUR.lastIndex - at } : undefined;
}

interface Decoded {
  readonly text: string;
  readonly used: number;
}

function hexValue(text: string, from: number, digits: number): number {
  let value = 0;
  for (let i = from; i < from + digits; i++) {
    const digit = digitAt(text, i);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function unquote(text: string, at: number): Decoded | undefined {
  const next = text[at + 1];
  if (next === undefined) return undefined;
  if (next === "u" || next === "x") {
    const digits = next === "u" ? 4 : 2;
    const value = hexValue(text, at + 2, digits);
    return value < 0 ? { text: next, used: 2 } : { text: String.fromCharCode(value), used: digits + 2 };
  }
  return { text: SIMPLE.get(next) ?? next, used: 2 };
}

function percent(text: string, at: number): Decoded | undefined {
  const first = hexValue(text, at + 1, 2);
  if (first < 0) return undefined;
  if (first < 128) return { text: String.fromCharCode(first), used: 3 };
  const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0;
  if (size === 0) return undefined;
  let code = first & (0xff >> (size + 1));
  for (let k = 1; k < size; k++) {
    const next = text[at + 3 * k] === "%" ? hexValue(text, at + 3 * k + 1, 2) : -1;
    if (next < 0x80 || next > 0xbf) return undefined;
    code = code * 64 + (next & 0x3f);
  }
  if (code > 0x10ffff) return undefined;
  return { text: String.fromCodePoint(code), used: 3 * size };
}

function entity(text: string, at: number): Decoded | undefined {
  // A bounded look ahead: a search to the end of the text would be quadratic on a row of ampersands.
  const ahead = text.slice(at + 1, at + 11);
  const size = ahead.indexOf(";");
  if (size <= 0) return undefined;
  const end = at + 1 + size;
  const name = ahead.slice(0, size);
  if (name.startsWith("#")) {
    const hex = name[1] === "x" || name[1] === "X";
    const code = Number.parseInt(name.slice(hex ? 2 : 1), hex ? 16 : 10);
    if (!Number.isInteger(code) || code <= 0 || code > 0x10ffff) return undefined;
    return { text: String.fromCodePoint(code), used: end - at + 1 };
  }
  const known = ENTITY.get(name);
  return known === undefined ? undefined : { text: known, used: end - at + 1 };
}
