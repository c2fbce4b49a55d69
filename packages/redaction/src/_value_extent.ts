/** Where the value of a label lies. */
export interface Extent {
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
  readonly container: boolean;
}

const QUOTES = "\"'`";
const CLOSER: Readonly<Record<string, string>> = { "{": "}", "[": "]", "(": ")" };
const LONGEST_CONTAINER = 16_384;

/** Finds the value that begins at or after a position: quoted, in brackets, or bare. `line` takes the rest of the line. */
export function valueExtent(text: string, from: number, line: boolean): Extent | undefined {
  let i = from;
  while (i < text.length && i < from + 8 && /[ \t\u00a0]/.test(text[i] ?? "")) i++;
  // Marks that are glued to a value: quotation marks of other languages, bullets, emoji, marks of no width.
  while (i < text.length && i < from + 12 && GLUED.test(text[i] ?? "")) i++;
  // Literals of other languages: b'..', r'..', $'..'.
  if (/^(?:[bruBRU]{1,2}|\$)["']/.test(text.slice(i, i + 3))) while (!QUOTES.includes(text[i] ?? "'")) i++;
  const slashes = i;
  while (text[i] === "\\") i++;
  const first = text[i];
  if (first === undefined) return undefined;
  if (QUOTES.includes(first)) return quotedExtent(text, i, i - slashes);
  i = slashes;
  if (CLOSER[first] !== undefined && first !== "(") return containerExtent(text, i);
  return line ? lineExtent(text, i) : bareExtent(text, i);
}

/** A closing quotation mark has no more backslashes than the opening one. */
function quotedExtent(text: string, open: number, slashes: number): Extent {
  const quote = text[open] ?? "";
  for (let i = text.indexOf(quote, open + 1); i >= 0; i = text.indexOf(quote, i + 1)) {
    let before = 0;
    while (text[i - 1 - before] === "\\") before++;
    if (before > slashes) continue;
    // Two of them within a word are one: 'it''s'.
    if (i > open + 1 && quote === "'" && /^''\w/.test(text.slice(i, i + 3))) {
      i++;
      continue;
    }
    return { start: open + 1, end: Math.max(open + 1, i - before), quoted: true, container: false };
  }
  return { start: open + 1, end: text.length, quoted: true, container: false };
}

function containerExtent(text: string, open: number): Extent {
  const opener = text[open] ?? "";
  const closer = CLOSER[opener];
  const bound = Math.min(text.length, open + LONGEST_CONTAINER);
  let depth = 0;
  for (let i = open; i < bound; i++) {
    if (text[i] === opener) depth++;
    else if (text[i] === closer && --depth === 0) {
      return { start: open, end: i + 1, quoted: false, container: true };
    }
  }
  return { start: open, end: bound, quoted: false, container: true };
}

function lineExtent(text: string, from: number): Extent {
  let end = from;
  while (end < text.length && !/[\r\n"'`<]/.test(text[end] ?? "")) end++;
  return { start: from, end, quoted: false, container: false };
}

const NEXT_PAIR = /^[\s&;,]{1,3}[\w.\-%[\]]{1,64}[=:]/;

const GLUED =
  /[\0\u00ab\u00bb\u200b-\u200f\u2018-\u201f\u2022\u2039\u203a\u3008-\u3011\ufeff]|[\ud83c-\udfff]/;

/** White space, quotation marks of all kinds, control characters, emoji: no bare value goes on after them. */
const STOP =
  /[\s"'`<>\p{Cc}\u00ab\u00bb\u2000-\u206f\u3001\u3002\u3008-\u3011\uff0c\uff1b\uff01\uff1f\uff08\uff09\ufeff]|[\ud83c-\udfff]/u;

function bareExtent(text: string, from: number): Extent {
  let end = from;
  for (; end < text.length; end++) {
    const c = text[end] ?? "";
    if (STOP.test(c)) break;
    if (c === "\\" && /[nrt"']/.test(text[end + 1] ?? "")) break;
    if (/[&;,]/.test(c) && (/[\s]|^$/.test(text[end + 1] ?? "") || NEXT_PAIR.test(text.slice(end, end + 70))))
      break;
    if (/[)}\]|]/.test(c) && /^$|[\s,;.)}\]:]/.test(text[end + 1] ?? "")) break;
  }
  while (end > from && /[.,;:!?)]/.test(text[end - 1] ?? "") && !/[&]/.test(text[end] ?? "")) end--;
  return { start: from, end, quoted: false, container: false };
}
