import { foreignWords, HASH_START, hashUnit, hashWord, mayContain, normalizeWord } from "./_word_filter.ts";
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
  /** 1 when only white space lies between the word before and this one. */
  readonly strong: number[];
}

const WIDEST_GAP = 12;

/** Tells in one cheap pass whether nine words of the lists stand close together. */
export function worthReading(text: string): boolean {
  let run = 0;
  let missed = 0;
  let best = 0;
  for (let i = 0; i < text.length; ) {
    const end = wordEnd(text, i);
    if (end === i) {
      i++;
      continue;
    }
    if (isPartOfName(text, i, end)) {
      i = end;
      continue;
    }
    if (kindOfWord(text, i, end) !== 0) run++;
    else if (missed++ > 0) {
      run = 0;
      missed = 0;
    }
    if (run > best) best = run;
    if (best >= 9) return true;
    i = end;
  }
  return false;
}

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
      i = tagEnd(text, i);
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
      words = { text, start: [], end: [], listed: [], english: [], strong: [] };
      all.push(words);
    }
    const kind = kindOfWord(text, from, end);
    words.start.push(from);
    words.end.push(end);
    words.listed.push(kind === 0 ? 0 : 1);
    words.english.push(kind === 1 ? 1 : 0);
    words.strong.push(words.start.length > 1 && isSpace(text, last, from) ? 1 : 0);
    last = end;
    i = end;
  }
  return all.filter((stretch) => stretch.start.length >= 9);
}

/** "word7=", and names of one or two letters such as those of tags, stand between the words of a phrase. */
function isPartOfName(text: string, from: number, end: number): boolean {
  const next = text.charCodeAt(end);
  return (next > 47 && next < 58) || (end - from < 3 && text.charCodeAt(from) < 128);
}

function tagEnd(text: string, at: number): number {
  const close = text.slice(at, at + 10).indexOf(">");
  return close < 0 ? at + 1 : at + close + 1;
}

function isSpace(text: string, from: number, to: number): boolean {
  return to > from && text.slice(from, to).trim() === "";
}

function wordEnd(text: string, from: number): number {
  let i = from;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c < 128) {
      const lower = c | 32;
      if (lower < 97 || lower > 122) break;
    } else if (isSeparator(c)) break;
  }
  return i;
}

/** Spaces and punctuation beyond ASCII. */
function isSeparator(c: number): boolean {
  if (c === 0xa0 || c === 0xfeff || c === 0xb7 || c === 0xff0c || c === 0xff1a || c === 0xff1b) return true;
  return (c >= 0x2000 && c <= 0x206f) || (c >= 0x3000 && c <= 0x3003) || (c >= 0x2190 && c <= 0x2bff);
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
  return end - from > 3 && mayContain(foreignWords, hash) ? 2 : 0;
}
