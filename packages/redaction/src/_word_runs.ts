import { isNearWord } from "./_word_lists.ts";
import type { Words } from "./_words.ts";

/** Words that are too few for a phrase, whatever is around them, are less than this. */
export const SHORTEST = 9;
/** A bound on a run, so that the work stays linear on a text of list words alone. */
export const LONGEST = 36;
/** Words of a phrase (BIP-39). */
export const LENGTHS: readonly number[] = [24, 21, 18, 15, 12];

/** A mistyped word is taken in only if the run without it is no whole phrase: "about for order" goes on after one. */
export function spacedEnd(words: Words, from: number): number {
  const strict = runEnd(words, from, true, false);
  if (LENGTHS.includes(strict - from)) return strict;
  return runEnd(words, from, true, true);
}

/** End of the run that starts here: list words, perhaps one mistyped, with white space only when `spaced`. */
export function runEnd(words: Words, from: number, spaced: boolean, typo: boolean): number {
  let missed = !typo;
  const bound = Math.min(words.start.length, from + LONGEST);
  let i = from + 1;
  for (; i < bound; i++) {
    if (spaced && words.strong[i] !== 1) break;
    if (words.listed[i] === 1) continue;
    if (missed || !goesOn(words, from, i, spaced)) break;
    words.near[i] ??= isNearWord(wordAt(words, i));
    if (!words.near[i]) break;
    missed = true;
  }
  return i;
}

/** To look for a typing error is dear: only a word with enough others around it is worth it. */
function goesOn(words: Words, from: number, at: number, spaced: boolean): boolean {
  let end = at + 1;
  // The last word of a phrase has none after it.
  if (words.listed[end] !== 1) return LENGTHS.includes(end - from);
  while (end - from < SHORTEST && words.listed[end] === 1 && (!spaced || words.strong[end] === 1)) end++;
  return end - from >= SHORTEST;
}

/** End of the stretch with one separator throughout. */
export function uniformEnd(words: Words, from: number, to: number): number {
  const gap = words.text.slice(words.end[from], words.start[from + 1]);
  let i = from + 1;
  while (i < to && words.text.slice(words.end[i - 1], words.start[i]) === gap) i++;
  return i;
}

export function lineEnd(words: Words, from: number, to: number): number {
  for (let i = from + 1; i < to; i++)
    if (words.text.slice(words.end[i - 1], words.start[i]).includes("\n")) return i;
  return to;
}

export function wordAt(words: Words, i: number): string {
  return words.text.slice(words.start[i], words.end[i]);
}
