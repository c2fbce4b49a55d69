// Writes src/_foreign_words.ts: a Bloom filter over the BIP-39 word lists other than English, and their short words.
// Run it with tsx: npx tsx scripts/generate_word_filter.mjs
import { existsSync, writeFileSync } from "node:fs";

const target = new URL("../src/_foreign_words.ts", import.meta.url);
if (!existsSync(target))
  writeFileSync(
    target,
    'export const FOREIGN_WORDS: string = "";\nexport const FOREIGN_SHORT_WORDS: string = "";\n',
  );
const { createWordFilter } = await import("../src/_word_filter.ts");
const names = [
  "czech",
  "french",
  "italian",
  "japanese",
  "korean",
  "portuguese",
  "simplified-chinese",
  "spanish",
  "traditional-chinese",
];
const lists = await Promise.all(
  names.map(async (name) => (await import(`@scure/bip39/wordlists/${name}.js`)).wordlist),
);
const { bits } = createWordFilter(lists, 17);
const short = lists.flat().filter((word) => /^[a-z]{3}$/.test(word));
const bytes = Buffer.alloc(bits.length * 4);
for (const [i, word] of bits.entries()) bytes.writeUInt32LE(word, i * 4);
writeFileSync(
  target,
  `/** Bloom filter over the nine BIP-39 word lists other than English; written by scripts/generate_word_filter.mjs. */
export const FOREIGN_WORDS: string =
  "${bytes.toString("base64")}";
/** Their words of three letters, all of them Spanish: too short for a filter that is wrong now and then. */
export const FOREIGN_SHORT_WORDS: string =
  "${short.join(" ")}";\n`,
);
