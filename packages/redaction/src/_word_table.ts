import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { GLUED_WORDS } from "./_key_tokens.ts";
import { IP_PHRASES, NAME_PHRASES, PII_PHRASES, SECRET_PHRASES, WEAK_WORDS } from "./_key_words.ts";
import { hashWord, SHORT_WORDS } from "./_word_filter.ts";

/** The word is in the English BIP-39 list, or hashes like one that is. */
export const IS_LISTED = 1;
/** The word is part of labels of secrets and of personal data. */
export const IS_LABEL = 2;

/** What is known of a word, by the upper 17 bits of its hash. A wrong hit costs time, not a secret. */
export const wordTable: Uint8Array = new Uint8Array(2 ** 17);

function mark(word: string, kind: number): void {
  const hash = hashWord(word);
  wordTable[hash >>> 15] = (wordTable[hash >>> 15] ?? 0) | kind;
}

/** One word of every phrase, the one that occurs least elsewhere. */
function labelWords(): Set<string> {
  const singles = [...SECRET_PHRASES, ...WEAK_WORDS].filter((phrase) => !phrase.includes(" "));
  const heads = new Set([...singles, ...EXTRA]);
  for (const glued of GLUED_WORDS) heads.add(glued);
  for (const phrases of [SECRET_PHRASES, PII_PHRASES, NAME_PHRASES, IP_PHRASES]) {
    for (const phrase of phrases) {
      const words = phrase.split(" ");
      if (words.some((word) => heads.has(word))) continue;
      heads.add(words.reduce((longest, word) => (word.length > longest.length ? word : longest), ""));
    }
  }
  for (const start of STARTS) for (const end of ENDS) heads.add(start + end);
  return new Set([...heads].map((word) => word.replace(/\d+$/, "")));
}

/** Words that only the rules for running text know. */
const EXTRA: readonly string[] =
  "requirepass masterauth basic phone mobile call sms whatsapp contact passport license licence national card identity document birth born birthday birthdate dob text tax tel fax pk sk".split(
    " ",
  );

const STARTS =
  "pg db my user root admin new old current confirm wallet keystore rpc redis mysql mongo smtp mail app api login account master proxy ldap ssh git docker registry jwt client session hash key auth access".split(
    " ",
  );
const ENDS = ["password", "passwd", "pass", "pwd", "secret", "token", "key", "passphrase"];

for (const word of english) mark(word, IS_LISTED);
for (const word of labelWords()) mark(word, IS_LABEL);
for (const word of SHORT_WORDS) mark(word, IS_LISTED);
