import {
  foreignWords,
  HASH_START,
  hashUnit,
  hashWord,
  mayContain,
  normalizeWord,
  SHORT_WORDS,
} from "./_word_filter.ts";
import { englishWords } from "./_word_lists.ts";

/** The words of a stretch of text without a wide gap. */
export interface Words {
  readonly text: string;
  readonly start: number[];
  readonly end: number[];
  /** 1 when the word is in a list. */
  readonly listed: number[];
  /** 1 when the word is in the English list. */
  readonly english: number[];
  /** The words stand in a frame that was left out. */
  readonly framed: boolean;
  /** 1 when only white space lies between the word before and this one. */
  readonly strong: number[];
  /** Whether a word that is in no list is a mistyped one, where that was asked. */
  readonly near: boolean[];
}

const WIDEST_GAP = 24;

/** Tells whether a word is in one of the lists. */
export function isListedWord(word: string): boolean {
  return kindOfWord(word, 0, word.length) !== 0;
}

/** Splits a text into stretches of words. */
export function readWords(text: string): Words[] {
  const all: Words[] = [];
  let words: Words | undefined;
  let last = 0;
  for (let i = 0; i < text.length; ) {
    if (text[i] === "<") {
      const end = tagEnd(text, i);
      // A tag is no gap, however long it is; a bracket alone is.
      if (end > i + 1) last = end;
      i = end;
      continue;
    }
    let from = i;
    const end = wordEnd(text, i);
    if (end === i) {
      i++;
      continue;
    }
    // ethers puts 0x before a phrase that was meant as bytes: 0xfun border ..
    if (text[i] === "x" && text[i - 1] === "0" && end - i > 3) from++;
    if (isPartOfName(text, from, end)) {
      i = end;
      continue;
    }
    if (words === undefined || from - last > WIDEST_GAP) {
      words = { text, framed: false, start: [], end: [], listed: [], english: [], strong: [], near: [] };
      all.push(words);
    }
    pushMask(words, last, from);
    const kind = kindOfWord(text, from, end);
    words.start.push(from);
    words.end.push(end);
    words.listed.push(kind === 0 ? 0 : 1);
    words.english.push(kind === 1 ? 1 : 0);
    const before = words.end.at(-2) ?? last;
    words.strong.push(words.start.length > 1 && isSpace(text, before, from) ? 1 : 0);
    last = end;
    i = end;
  }
  return all.flatMap((stretch) => {
    if (stretch.start.length < 9) return [];
    const bare = withoutFrame(stretch);
    return bare === undefined ? [stretch] : [stretch, bare];
  });
}

/** What stands that often is the frame of a list: `"word":`, `value=`, `Row 1:`, names of tags. */
const FRAME = 4;

/** The stretch without the words that frame the others; undefined when there are none. */
function withoutFrame(words: Words): Words | undefined {
  const { text, start, end } = words;
  if (start.length < 12 || start.length > 400) return undefined;
  // Twelve words with nothing but spaces between are a phrase without a frame, whatever word is often in it.
  let run = 0;
  for (const [i, isListed] of words.listed.entries()) {
    run = isListed === 1 && (run === 0 || words.strong[i] === 1) ? run + 1 : isListed;
    if (run > 11) return undefined;
  }
  const all = start.map((from, i) => text.slice(from, end[i]).toLowerCase());
  const times = new Map<string, number>();
  for (const word of all) times.set(word, (times.get(word) ?? 0) + 1);
  const kept = [...all.keys()].filter((i) => (times.get(all[i] ?? "") ?? 0) < FRAME);
  if (kept.length === all.length || kept.length < 10) return undefined;
  const pick = (list: readonly number[]): number[] => kept.map((i) => list[i] ?? 0);
  // Nothing but white space lies between the words of a phrase in prose; here there is always more.
  return {
    text,
    framed: true,
    start: pick(start),
    end: pick(end),
    listed: pick(words.listed),
    english: pick(words.english),
    strong: kept.map(() => 0),
    near: [],
  };
}

const MASK =
  /^\s{1,3}(\*{1,12}|\?{1,12}|_{2,12}|\.{3}|\u2026|[\u2588\u25a0\u2022]{1,12}|<[\d_]{0,12}>|\[[\d_]{0,12}\]|\([\d_]{0,12}\))\s{1,3}$/;

/** A word that was starred out counts: whoever knows the others finds it in 2048 tries. */
function pushMask(words: Words, from: number, to: number): void {
  if (to - from < 3 || to - from > WIDEST_GAP || words.start.length === 0) return;
  const mask = MASK.exec(words.text.slice(from, to))?.[1];
  if (mask === undefined) return;
  const at = words.text.indexOf(mask, from);
  words.start.push(at);
  words.end.push(at + mask.length);
  words.listed.push(1);
  words.english.push(1);
  words.strong.push(1);
}

/** "word7=", and names of one or two letters such as those of tags, stand between the words of a phrase. */
function isPartOfName(text: string, from: number, end: number): boolean {
  const next = text.charCodeAt(end);
  return (next > 47 && next < 58) || (end - from < 3 && text.charCodeAt(from) < 128);
}

const TAG = /<\/?[A-Za-z][\w:-]{0,20}(?:\s(?![^<>]*value=)[^<>]{0,64})?\/?>/y;

function tagEnd(text: string, at: number): number {
  TAG.lastIndex = at;
  return TAG.test(text) ? TAG.lastIndex : at + 1;
}

function isSpace(text: string, from: number, to: number): boolean {
  return to > from && text.slice(from, to).trim() === "";
}

function wordEnd(text: string, from: number): number {
  let i = from;
  const foreign = isOtherScript(text.charCodeAt(from));
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 128) {
      const lower = c | 32;
      if (lower < 97 || lower > 122 || foreign) break;
    } else if (isSeparator(c) || isOtherScript(c) !== foreign) break;
  }
  return i;
}

/** Letters beyond the Latin ones and the marks on them: a word does not go on in another script. */
function isOtherScript(c: number): boolean {
  return c >= 0x370 && (c < 0x1e00 || c > 0x1eff);
}

/** Spaces and punctuation beyond ASCII. */
function isSeparator(c: number): boolean {
  if (c < 0xc0) return c !== 0xaa && c !== 0xb5 && c !== 0xba;
  if (c < 0x2000) return false;
  if (c < 0x3040) return c <= 0x206f || (c >= 0x2190 && c <= 0x2bff) || c >= 0x3000;
  // Surrogates are emoji, as no word is; the last block holds wide punctuation.
  return (c >= 0xd800 && c <= 0xdfff) || c === 0xfeff || (c >= 0xff00 && c <= 0xff20);
}

/** 0: not in a list; 1: English; 2: another language. */
function kindOfWord(text: string, from: number, end: number): number {
  if (end - from > 24) return 0;
  let hash = HASH_START;
  for (let i = from; i < end; i++) {
    const c = text.charCodeAt(i);
    if (c > 127) return mayContain(foreignWords, hashWord(normalizeWord(text.slice(from, end)))) ? 2 : 0;
    hash = hashUnit(hash, c | 32);
  }
  if (end - from < 3) return 0;
  if (mayContain(englishWords, hash)) return 1;
  if (end - from === 3) return SHORT_WORDS.has(text.slice(from, end).toLowerCase()) ? 2 : 0;
  return mayContain(foreignWords, hash) ? 2 : 0;
}
