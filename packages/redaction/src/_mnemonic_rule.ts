import { HAS_BORDER, HAS_NON_ASCII, HAS_QUOTE, HAS_SEPARATOR, HAS_WORDS } from "./_features.ts";
import type { Rule, Scan } from "./_scan.ts";
import { isMnemonic } from "./_word_lists.ts";
import { LENGTHS, LONGEST, lineEnd, runEnd, SHORTEST, spacedEnd, uniformEnd, wordAt } from "./_word_runs.ts";
import { wordSet } from "./_word_set.ts";
import { readWords, type Words } from "./_words.ts";

/** Recovery phrases: runs of BIP-39 words, by length, by checksum or by what the text says about them. */
export const mnemonicRule: Rule = {
  id: "mnemonic",
  pack: "wallet",
  when: HAS_WORDS | HAS_NON_ASCII | HAS_BORDER | HAS_QUOTE | HAS_SEPARATOR,
  find(scan) {
    if ((scan.flags & (HAS_WORDS | HAS_NON_ASCII)) === 0 && !hasFrames(scan.text)) return;
    const context = scan.key.words || CONTEXT.test(scan.text.slice(0, 4096));
    for (const words of readWords(scan.text)) evaluate(scan, words, context);
  },
};

/** Ends of tags, of members of a list, of indexes: eleven stand between the words of a phrase in a frame. */
const FRAME = /<\/|\},|\]=|value="/g;

function hasFrames(text: string): boolean {
  if (text.length < 80 || text.length > 16_384) return false;
  FRAME.lastIndex = 0;
  let count = 0;
  while (count < 11 && FRAME.test(text)) count++;
  return count === 11;
}

const CONTEXT = /mnemonic|seed|phrase|recovery|backup words|secret words|wallet words|bip-?39|keyring/i;
/** Words in a row, split by white space only, that no prose reaches (565 000 words of README prose: nine). */
const CERTAIN = 12;
const WITH_CONTEXT = 10;

function evaluate(scan: Scan, words: Words, context: boolean): void {
  let tried = 0;
  for (let from = 0; from < words.start.length; ) {
    if (words.listed[from] !== 1) {
      from++;
      continue;
    }
    const spaced = spacedEnd(words, from);
    const to = runEnd(words, from, false, true);
    const certain = certainStart(words, from, spaced, to);
    if (certain > from) {
      from = certain;
      continue;
    }
    let [begin, last] = phraseIn(scan, words, from, spaced, to, context, to <= tried);
    if (context && last === 0) [begin, last] = withStranger(words, from);
    const first = withoutHead(words, begin, last);
    tried = Math.max(tried, to);
    if (last > first) {
      report(scan, words, first, last);
      from = last;
    } else from = nextStart(words, from, spaced);
  }
}

/** Start of a run within this one that is a phrase by itself, so that the words around it are left alone. */
function certainStart(words: Words, from: number, spaced: number, to: number): number {
  if (to - from < CERTAIN || spaced - from >= CERTAIN) return from;
  let start = from;
  for (let i = from + 1; i < to; i++) {
    if (words.strong[i] !== 1 || words.listed[i] !== 1) start = i;
    if (words.listed[start] === 1 && i + 1 - start >= CERTAIN) return start;
  }
  return from;
}

/** A run that failed with all its suffixes is skipped unless a mistyped word lets the rest be part of a phrase. */
function nextStart(words: Words, from: number, spaced: number): number {
  for (let i = from + 1; i < spaced; i++) if (words.listed[i] !== 1 || words.strong[i] !== 1) return i;
  return spaced;
}

type Stretch = readonly [first: number, last: number];
const NONE: Stretch = [0, 0];

/** The words of the run that are a phrase. */
function phraseIn(
  scan: Scan,
  words: Words,
  from: number,
  spaced: number,
  to: number,
  context: boolean,
  tried: boolean,
): Stretch {
  if (spaced - from >= CERTAIN) return withoutNeighbours(words, from, spaced);
  if (spaced - from >= SHORTEST && isWholeText(scan.text, words, from, spaced)) return [from, spaced];
  // A run that reaches the bound is a vocabulary, or prose about words.
  if (to - from >= LONGEST) return NONE;
  const even = uniformEnd(words, from, to);
  if (context && even - from >= WITH_CONTEXT) return [from, even];
  if (to - from < WITH_CONTEXT) return NONE;
  if (isNumbered(words, from, to)) return [from, to];
  if (TAGS.test(scan.keyName)) return NONE;
  if (isForeignList(words, from, even)) return [from, even];
  if (isFramed(words, from, to)) return [from, to];
  return tried || to - from < CERTAIN ? NONE : checksumWindow(words, from, to);
}

/** In a text that speaks of a phrase: as many words as one has, of which one is in no list. */
function withStranger(words: Words, from: number): Stretch {
  let stranger = 0;
  let i = from + 1;
  for (; words.strong[i] === 1 && i < from + LONGEST; i++) {
    if (words.listed[i] === 1) continue;
    if (stranger > 0 || words.listed[i + 1] !== 1) break;
    stranger = i;
  }
  return stranger > 0 && LENGTHS.includes(i - from) ? [from, i] : NONE;
}

/** `at index 9: "word ..`: what stands before a quotation mark or a colon is no part of the phrase after it. */
function withoutHead(words: Words, first: number, last: number): number {
  if (last - first < WITH_CONTEXT) return first;
  const gap = (i: number): string => words.text.slice(words.end[i], words.start[i + 1]);
  return /[:"'`([{]/.test(gap(first)) && gap(first + 1).trim() === "" ? first + 1 : first;
}

/** One or two words of the sentence may be list words too ("use", "seed phrase"): only one stretch without them is a phrase. */
function withoutNeighbours(words: Words, from: number, to: number): Stretch {
  const length = LENGTHS.find((each) => each <= to - from) ?? 0;
  const spare = to - from - length;
  if (spare === 0) return withoutProse(words, from, to);
  if (spare > 2) return [from, to];
  const valid: Stretch[] = [];
  for (let at = from; at <= from + spare; at++)
    if (isPhrase(words, at, length)) valid.push([at, at + length]);
  if (valid.length === 1) return valid[0] ?? NONE;
  // "Mnemonic: <words>\nBase HD Path:": a phrase in one line ends with it.
  const inLine = lineEnd(words, from, to);
  return LENGTHS.includes(inLine - from) ? [from, inLine] : [from, to];
}

/** List words with which sentences begin and end: "please check <words> again". */
const PROSE = wordSet(
  "please check again use try input enter word index error update wait save keep say that this there with then when",
);

/** A run as long as a phrase may be a shorter one in a sentence: the checksum and the words around it tell. */
function withoutProse(words: Words, from: number, to: number): Stretch {
  if (!PROSE.has(wordAt(words, from)) && !PROSE.has(wordAt(words, to - 1))) return [from, to];
  if (isPhrase(words, from, to - from)) return [from, to];
  let first = from;
  let last = to;
  while (first < to && PROSE.has(wordAt(words, first))) first++;
  while (last > first && PROSE.has(wordAt(words, last - 1))) last--;
  const fits = LENGTHS.includes(last - first) && isPhrase(words, first, last - first);
  return fits ? [first, last] : [from, to];
}

function isPhrase(words: Words, at: number, length: number): boolean {
  const phrase: string[] = [];
  for (let i = at; i < at + length; i++) phrase.push(wordAt(words, i));
  return isMnemonic(phrase);
}

const TAGS = /tag|keyword|categor|genre|label|trait/i;

/** Nothing but list words in the whole value: a phrase that was cut. */
function isWholeText(text: string, words: Words, from: number, to: number): boolean {
  return (
    text.slice(0, words.start[from]).trim() === "" &&
    /^\s*[\p{L}]{0,8}\s*$/u.test(text.slice(words.end[to - 1]))
  );
}

/** "1. word 2. word", along the lines or down the columns: only phrases are printed so. */
function isNumbered(words: Words, from: number, to: number): boolean {
  const numbers = new Set<string>();
  for (let i = from; i < to; i++) {
    const gap = words.text.slice(words.end[i - 1] ?? 0, words.start[i]);
    const number = /(?<!\d)\d{1,2}(?=\D{0,4}$)/.exec(gap);
    if (number !== null) numbers.add(number[0]);
  }
  return numbers.size >= to - from - 2;
}

/** Some stretch of a valid length carries the right checksum. A long list is a vocabulary and not tried. */
function checksumWindow(words: Words, from: number, to: number): Stretch {
  for (const length of LENGTHS) {
    for (let at = from; at + length <= to; at++) {
      if (isPhrase(words, at, length)) return [at, at + length];
    }
  }
  return NONE;
}

/** Without the list there is no checksum: the exact length and one separator throughout must do. */
function isForeignList(words: Words, from: number, to: number): boolean {
  if (!LENGTHS.includes(to - from)) return false;
  let english = 0;
  for (let i = from; i < to; i++) if (words.english[i] === 1) english++;
  return english < (to - from) / 2;
}

/** Twelve list words in a row, each in the same frame or between the same tags: only phrases are written so. */
function isFramed(words: Words, from: number, to: number): boolean {
  if (!LENGTHS.includes(to - from)) return false;
  if (!words.framed && !words.text.slice(words.end[from], words.start[from + 1]).includes("<")) return false;
  for (let i = from; i < to; i++) if (words.english[i] !== 1) return false;
  return true;
}

/** Takes the cut-off word that follows at the end of the text with the phrase, unless the phrase is whole without it. */
function report(scan: Scan, words: Words, first: number, last: number): void {
  const end = words.end[last - 1] ?? 0;
  const count = last - first;
  const tail = /^[\s,]{1,3}\p{L}{1,8}…?$/u.exec(scan.text.slice(end, end + 14));
  const isEnd = tail !== null && end + tail[0].length === scan.text.length;
  const cut = isEnd && !(LENGTHS.includes(count) && isPhrase(words, first, count)) ? tail[0].length : 0;
  scan.hit(words.start[first] ?? 0, end + cut, "mnemonic", `[mnemonic ${count}w]`);
}
