import { NAME_PHRASES, PII_PHRASES, PUBLIC_PHRASES, SECRET_PHRASES } from "./_key_words.ts";

const OTHERS: readonly string[] =
  "mnemonic phrase,key store,tx hash,txn hash,block hash,token id,token uri,token address,user name".split(
    ",",
  );
/** Phrases of two words that people write without a boundary, and how they split. */
const GLUED: ReadonlyMap<string, readonly string[]> = new Map(
  [...SECRET_PHRASES, ...PUBLIC_PHRASES, ...PII_PHRASES, ...NAME_PHRASES, ...OTHERS]
    .map((phrase): [string, string[]] => [phrase.replace(" ", ""), phrase.split(" ")])
    .filter(
      ([glued, words]) => words.length === 2 && !SECRET_PHRASES.has(glued) && !PUBLIC_PHRASES.has(glued),
    ),
);

const ASCII = /^[ -~]*$/;
/** Any word before one of these: "pgpassword", "walletsecret". */
const JOINED = /^([a-z]{1,12})(password|passwd|passphrase|privatekey|secretkey|apikey|mnemonic|secret)$/;

/** The joined spellings. */
export const GLUED_WORDS: readonly string[] = [...GLUED.keys()];

const TOKEN = /\p{Lu}+(?!\p{Ll})|\p{Lu}?\p{Ll}+|\d+|[\p{L}\p{M}]+/gu;
/** A word does not go on in another script. */
const SCRIPTS = /(?<=[^ -~])(?=[A-Za-z])|(?<=[A-Za-z])(?=[^ -~])/g;

/**
 * Splits a key into lower-case words: camelCase, snake_case, kebab-case, dots, spaces and the joined spellings
 * that are in use (`privkey`, `apikey`).
 */
export function keyTokens(key: string): string[] {
  const tokens: string[] = [];
  const plain = ASCII.test(key)
    ? key
    : key
        .normalize("NFKC")
        .normalize("NFD")
        .replace(/[\u0300-\u036f]/g, "")
        .normalize("NFC")
        .replace(SCRIPTS, " ");
  for (const word of plain.slice(0, 256).match(TOKEN) ?? []) {
    const lower = word.toLowerCase();
    const glued = GLUED.get(lower);
    const joined = glued === undefined ? JOINED.exec(lower) : null;
    if (glued !== undefined) tokens.push(...glued);
    else if (joined !== null) tokens.push(joined[1] ?? "", ...keyTokens(joined[2] ?? ""));
    else tokens.push(lower);
  }
  return tokens;
}
