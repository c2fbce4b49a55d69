/** Words that people write without a boundary, and how they split. */
const GLUED: ReadonlyMap<string, readonly string[]> = new Map(
  [
    "priv key",
    "private key",
    "secret key",
    "signing key",
    "encryption key",
    "master key",
    "api key",
    "api keys",
    "api secret",
    "api token",
    "app key",
    "app secret",
    "access key",
    "access token",
    "auth token",
    "auth key",
    "bearer token",
    "refresh token",
    "session token",
    "session id",
    "session key",
    "client secret",
    "consumer secret",
    "project secret",
    "seed phrase",
    "recovery phrase",
    "backup phrase",
    "mnemonic phrase",
    "public key",
    "pub key",
    "key pair",
    "key store",
    "chain code",
    "tx hash",
    "txn hash",
    "block hash",
    "token id",
    "token uri",
    "token address",
    "sym key",
    "user name",
    "e mail",
    "set cookie",
    "csrf token",
    "xsrf token",
    "php sessid",
    "j sessionid",
    "date of birth",
    "birth date",
    "phone number",
    "passport number",
    "card number",
    "first name",
    "last name",
    "full name",
  ].map((words) => [words.replaceAll(" ", ""), words.split(" ")]),
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
