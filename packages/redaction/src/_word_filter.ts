import { FOREIGN_SHORT_WORDS, FOREIGN_WORDS } from "./_foreign_words.ts";
import { wordSet } from "./_word_set.ts";

/** A Bloom filter over the words of one or more BIP-39 lists: small enough to ship, never wrong about absence. */
export interface WordFilter {
  readonly bits: Uint32Array;
  readonly mask: number;
}

/** First value of the running hash of a word. */
export const HASH_START = 0x811c9dc5;

/** Adds one UTF-16 code unit to the hash of a word (FNV-1a). */
export function hashUnit(hash: number, unit: number): number {
  return Math.imul(hash ^ unit, 0x01000193);
}

/** Hash of a word that is already in the form of {@link normalizeWord}. */
export function hashWord(word: string): number {
  let hash = HASH_START;
  for (let i = 0; i < word.length; i++) hash = hashUnit(hash, word.charCodeAt(i));
  return hash;
}

/** Lower case, decomposed, Latin accents removed: the form in which words are compared. */
export function normalizeWord(word: string): string {
  return word
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\u0300-\u036f]/g, "");
}

/** Builds a filter of 2^size bits. */
export function createWordFilter(lists: readonly (readonly string[])[], size: number): WordFilter {
  const filter = { bits: new Uint32Array(2 ** size / 32), mask: 2 ** size - 1 };
  for (const list of lists) for (const word of list) addWord(filter, hashWord(normalizeWord(word)));
  return filter;
}

function addWord(filter: WordFilter, hash: number): void {
  const step = Math.imul(hash, 0x9e3779b1) | 1;
  for (let i = 0; i < PROBES; i++) {
    const bit = (hash + Math.imul(i, step)) & filter.mask;
    filter.bits[bit >>> 5] = (filter.bits[bit >>> 5] ?? 0) | (1 << (bit & 31));
  }
}

/** Tells whether a word may be in the lists; it is wrong for about two words in a hundred. */
export function mayContain(filter: WordFilter, hash: number): boolean {
  const step = Math.imul(hash, 0x9e3779b1) | 1;
  for (let i = 0; i < PROBES; i++) {
    const bit = (hash + Math.imul(i, step)) & filter.mask;
    if (((filter.bits[bit >>> 5] ?? 0) & (1 << (bit & 31))) === 0) return false;
  }
  return true;
}

const PROBES = 4;

function foreignWordFilter(): WordFilter {
  const bytes = Buffer.from(FOREIGN_WORDS, "base64");
  const bits = Uint32Array.from({ length: bytes.length / 4 }, (_, i) => bytes.readUInt32LE(i * 4));
  return { bits, mask: bits.length * 32 - 1 };
}

/** The filter of the nine lists other than the English one. */
export const foreignWords: WordFilter = foreignWordFilter();

/** The words of three letters of the other lists. */
export const SHORT_WORDS: ReadonlySet<string> = wordSet(FOREIGN_SHORT_WORDS);
