import { GLUED_WORDS } from "./_key_tokens.ts";
import { IP_PHRASES, NAME_PHRASES, PII_PHRASES, SECRET_PHRASES, WEAK_WORDS } from "./_key_words.ts";
import { foreignWords, hashWord, SHORT_WORDS } from "./_word_filter.ts";
import { english } from "./_word_lists.ts";

/** The word is in the English BIP-39 list, or hashes like one that is. */
export const IS_LISTED = 1;
/** The word is part of labels of secrets and of personal data. */
export const IS_LABEL = 2;

/** The first bit of the word is in the filter of the other lists, so that it is worth asking for the others. */
export const IS_FOREIGN = 4;

/** The word stands before a password that only its place tells. */
export const IS_TOOL = 8;
/** The word is part of the labels of personal data that stand in running text. */
export const IS_PERSON = 16;

/** The bits of a hash that the table goes by; the filter of the other lists has as many. */
export const WORD_MASK: number = foreignWords.mask;
/** What is known of a word, by these bits of its hash. A wrong hit costs time, not a secret. */
export const wordTable: Uint8Array = new Uint8Array(WORD_MASK + 1);

function mark(word: string, kind: number): void {
  const at = hashWord(word) & WORD_MASK;
  wordTable[at] = (wordTable[at] ?? 0) | kind;
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
  return new Set([...heads].map((word) => word.replace(/\d+$/, "")));
}

/** Words that only the rules for running text know. */
const PERSON: readonly string[] =
  "phone mobile call sms whatsapp contact passport license licence national card identity document birth born birthday birthdate dob text tax tel fax".split(
    " ",
  );
const EXTRA: readonly string[] = [..."requirepass masterauth basic pk sk".split(" "), ...PERSON];
/** Words that hold one of these. */
const FORMS: readonly string[] =
  "phones telephone telephones phonenumber phonenumbers cellphone smartphone mobiles msisdn calls called callback texts texted contacts contacted passports passportnumber birthdays dateofbirth".split(
    " ",
  );
/** Words before passwords that have no label of their own. */
const TOOLS: readonly string[] =
  "vault configure kinit login logon logged signed sign signin connect connected connecting credential credentials creds setuser acl".split(
    " ",
  );

for (let i = 0; i <= WORD_MASK; i++)
  wordTable[i] = (((foreignWords.bits[i >>> 5] ?? 0) >>> (i & 31)) & 1) * IS_FOREIGN;
for (const word of [...english, ...SHORT_WORDS]) mark(word, IS_LISTED);
for (const word of labelWords()) mark(word, IS_LABEL);
for (const word of TOOLS) mark(word, IS_TOOL);
for (const word of [...PERSON, ...FORMS]) mark(word, IS_PERSON);
