import { createHash } from "node:crypto";
import { ENGLISH_WORDS } from "./_english_words.ts";
import { createWordFilter, normalizeWord, type WordFilter } from "./_word_filter.ts";
import { wordSet } from "./_word_set.ts";

/** The English list (BIP-39), in its order. */
export const english: readonly string[] = readWordList(ENGLISH_WORDS);

const indexes: Map<string, number>[] = [indexOf(english)];

function indexOf(list: readonly string[]): Map<string, number> {
  return new Map(list.map((word, i) => [normalizeWord(word), i]));
}

/** Filter over the English list, with few false hits. */
export const englishWords: WordFilter = createWordFilter([english], 16);

/** Reads words that each begin with the number of letters they share with the word before. */
function readWordList(text: string): string[] {
  let word = "";
  return Array.from(text.matchAll(/(\d)(\D+)/g), ([, shared, rest = ""]) => {
    word = word.slice(0, Number(shared)) + rest;
    return word;
  });
}

/** Adds a list whose checksums are then verified too. Twice is once. */
export function addWordList(list: readonly string[]): void {
  const first = normalizeWord(list[0] ?? "");
  if (indexes.some((index) => index.get(first) === 0 && index.size === list.length)) return;
  indexes.push(indexOf(list));
}

/** Verifies the checksum of a phrase of 12, 15, 18, 21 or 24 words in one of the lists at hand. */
export function isMnemonic(words: readonly string[]): boolean {
  const normal = words.map(normalizeWord);
  return indexes.some((index) => hasChecksum(normal, index));
}

function hasChecksum(words: readonly string[], index: ReadonlyMap<string, number>): boolean {
  const entropyBits = (words.length * 32) / 3;
  const bytes = new Uint8Array(entropyBits / 8);
  let accumulator = 0;
  let bits = 0;
  let at = 0;
  for (const word of words) {
    const value = index.get(word);
    if (value === undefined) return false;
    accumulator = (accumulator << 11) | value;
    bits += 11;
    while (bits >= 8 && at < bytes.length) {
      bits -= 8;
      bytes[at++] = (accumulator >>> bits) & 0xff;
      accumulator &= (1 << bits) - 1;
    }
  }
  const size = entropyBits / 32;
  return (
    (createHash("sha256").update(bytes).digest()[0] ?? 0) >>> (8 - size) === accumulator >>> (bits - size)
  );
}

/** True for a word that is one edit away from a word of the English list: a typing error. */
export function isNearWord(word: string): boolean {
  const lower = normalizeWord(word);
  if (lower.length < 4 || lower.length > 10 || COMMON.has(lower)) return false;
  // One edit leaves the first letter or the last.
  const first = lower.charCodeAt(0);
  const last = lower.charCodeAt(lower.length - 1);
  for (const listed of english)
    if (
      Math.abs(listed.length - lower.length) < 2 &&
      (listed.charCodeAt(0) === first || listed.charCodeAt(listed.length - 1) === last) &&
      isOneEdit(listed, lower)
    )
      return true;
  return false;
}

/** Words of prose that differ from a listed word by one letter. */
const COMMON = wordSet(
  "with from that this have your were been when then into also each them they some more most such than what will would could here there very only over must does done made make take said like just back good much many well even both same last long does user name hash call data value failed error",
);

function isOneEdit(a: string, b: string): boolean {
  let head = 0;
  while (head < a.length && a[head] === b[head]) head++;
  let tail = 0;
  while (tail < Math.min(a.length, b.length) - head && a[a.length - 1 - tail] === b[b.length - 1 - tail])
    tail++;
  const rest = Math.max(a.length, b.length) - head - tail;
  return (
    rest < 2 || (rest === 2 && a.length === b.length && a[head] === b[head + 1] && a[head + 1] === b[head])
  );
}
