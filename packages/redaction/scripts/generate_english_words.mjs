// Writes src/_english_words.ts: the English BIP-39 list, each word as the number of letters that it shares with
// the word before it and the letters that follow. A third less than the words themselves, once compressed.
import { writeFileSync } from "node:fs";
import { wordlist } from "@scure/bip39/wordlists/english.js";

let before = "";
let text = "";
for (const word of wordlist) {
  let shared = 0;
  while (shared < before.length && before[shared] === word[shared]) shared++;
  text += shared + word.slice(shared);
  before = word;
}
writeFileSync(
  new URL("../src/_english_words.ts", import.meta.url),
  `/** The English BIP-39 list, in the form that {@link readWordList} reads; written by scripts/generate_english_words.mjs. */
export const ENGLISH_WORDS: string =
  "${text}";\n`,
);
