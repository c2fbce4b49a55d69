import type { CleanValues } from "./_clean_values.ts";
import { keyTokens } from "./_key_tokens.ts";
import {
  HARMLESS_TAILS,
  IP_PHRASES,
  NAME_PHRASES,
  PII_PHRASES,
  PUBLIC_HEX_WORDS,
  PUBLIC_ID_OWNERS,
  PUBLIC_PHRASES,
  SECRET_PHRASES,
  WEAK_WORDS,
} from "./_key_words.ts";
import { wordSet } from "./_word_set.ts";

/** What a key says about its value. */
export type KeyKind = "secret" | "weak" | "public" | "pii" | "name" | "ip" | "neutral";

/** A key, read. */
export interface KeyClass {
  readonly kind: KeyKind;
  /** A 32-byte value under this key is public. */
  readonly publicHex: boolean;
  /** The key speaks of a mnemonic or a seed: ten words are enough. */
  readonly words: boolean;
  /** The value holds a database statement. */
  readonly sql: boolean;
  /** The value is a path or a query of a URL, without scheme and host. */
  readonly url: "path" | "query" | "endpoint" | "host" | undefined;
  /** The value is an authorisation that somebody signed. */
  readonly signature: boolean;
}

/** A key with what was learned about its values. */
export interface KeyEntry extends KeyClass {
  /** Values that were found clean, so that constants are not read twice. */
  readonly clean: CleanValues;
  /** Its 32-byte values are known to be public, so that they are public elsewhere too. */
  readonly feeds: boolean;
}

/** Class of a key that says nothing. */
export const NEUTRAL_KEY: KeyClass = {
  kind: "neutral",
  publicHex: false,
  words: false,
  sql: false,
  url: undefined,
  signature: false,
};

/** Reads a key by its words. Uncached: callers memoise. */
export function classifyKey(key: string): KeyClass {
  const tokens = keyTokens(key);
  const publicHex = namesHash(tokens);
  const url = urlPart(tokens);
  return {
    kind: kindOf(tokens),
    publicHex,
    words: tokens.some((t) => MNEMONIC_WORDS.has(t)),
    sql: isSql(tokens),
    url,
    signature: !publicHex && tokens.some((t) => SIGNATURE_WORDS.has(t)),
  };
}

const MNEMONIC_WORDS = wordSet("mnemonic mnemonics seed phrase passphrase words recovery");
const SIGNATURE_WORDS = wordSet("signature signatures sig sigs permit signed");

function kindOf(tokens: readonly string[]): KeyKind {
  if (hasPhrase(tokens, PUBLIC_PHRASES) && !hasPhrase(tokens, STRONGEST)) return "public";
  const tail = tokens.at(-1) ?? "";
  const secret = hasPhrase(tokens, SECRET_PHRASES);
  if (secret && !isHarmlessTail(tokens, tail) && !isDigestOfPublic(tokens, tail)) return "secret";
  // x-reservoir-key, x-alchemy-token
  if (/^(?:key|token)$/.test(tail) && tokens.slice(-4, -2).includes("x")) return "secret";
  if (hasPhrase(tokens, IP_PHRASES)) return "ip";
  if (endsWithPhrase(tokens, PII_PHRASES)) return "pii";
  if (hasPhrase(tokens, NAME_PHRASES)) return "name";
  if (!secret && namesHash(tokens)) return "public";
  if (!HARMLESS_TAILS.has(tail) && !/^\d/.test(tail) && tokens.some((t) => WEAK_WORDS.has(t))) return "weak";
  return "neutral";
}

const STRONGEST = new Set(["password", "passphrase", "mnemonic", "private key", "secret key"]);
/** `session.id_hash` may be read, `password_hash` may not. */
function isDigestOfPublic(tokens: readonly string[], tail: string): boolean {
  return (tail === "hash" || tail === "digest") && !tokens.some((t) => HASHED_SECRETS.has(t));
}

/** The phrase ends the key, but for a word that numbers or sorts the value: `email`, `phone.home`, `phone_2`. */
function endsWithPhrase(tokens: readonly string[], phrases: ReadonlySet<string>): boolean {
  let end = tokens.length;
  while (
    end > 1 &&
    SORTS.has(tokens[end - 1] ?? "") &&
    !phrases.has(tokens[end - 1] ?? "") &&
    !phrases.has(tokens.slice(0, end).slice(-2).join(" "))
  )
    end--;
  while (end > 1 && /^\d+$/.test(tokens[end - 1] ?? "")) end--;
  for (let size = 1; size < 4 && size <= end; size++)
    if (phrases.has(tokens.slice(end - size, end).join(" "))) return true;
  return false;
}

const SORTS = wordSet(
  "number no value raw home work mobile primary secondary to from cc bcc billing shipping contact address text",
);

/** `session.id` and `password_path` differ: some tails complete a secret phrase, others talk about one. */
function isHarmlessTail(tokens: readonly string[], tail: string): boolean {
  if (!HARMLESS_TAILS.has(tail)) return false;
  const last = tokens.slice(-3);
  for (let from = 0; from < last.length; from++)
    if (SECRET_PHRASES.has(last.slice(from).join(" "))) return false;
  return true;
}

/** True when one to three successive words are one of the phrases. */
export function hasPhrase(tokens: readonly string[], phrases: ReadonlySet<string>): boolean {
  for (let i = 0; i < tokens.length; i++) {
    let phrase = tokens[i] ?? "";
    if (phrases.has(phrase)) return true;
    for (let j = i + 1; j < tokens.length && j < i + 4; j++) {
      phrase += ` ${tokens[j]}`;
      if (phrases.has(phrase)) return true;
    }
  }
  return false;
}

/** True when a key names a public 32-byte value, and not an account or what is handed over with it: `tx.signer`, `tx.args.0`. */
function namesHash(tokens: readonly string[]): boolean {
  const last = tokens.findLast((word) => !/^\d+$/.test(word)) ?? "";
  return !isAccount(tokens) && !HANDED_OVER.has(last) && isPublicHex(tokens);
}

const HANDED_OVER = wordSet("args arguments params payload request nonce number count author");

/** True when the words name a hash, a root, a topic or a like public 32-byte value. */
export function isPublicHex(tokens: readonly string[]): boolean {
  const tail = tokens.at(-1) ?? "";
  if (TEXT_TAILS.has(tail)) return false;
  if (SIGNATURE_WORDS.has(tail) && !tokens.some((t) => /^tx$|^transactions?$/.test(t))) return false;
  // Their addresses have 32 bytes.
  if (/^(?:address|account|id)$/.test(tail) && tokens.some((t) => LONG_ADDRESSES.has(t))) return true;
  if (tail === "id" && PUBLIC_ID_OWNERS.has(tokens.at(-2) ?? "")) return true;
  return tokens.some((t) => PUBLIC_HEX_WORDS.has(t)) && !tokens.some((t) => HASHED_SECRETS.has(t));
}

/** True when the last word names an account, whose address has 20 bytes: 32 bytes there can only be its key. */
export function isAccount(tokens: readonly string[]): boolean {
  // A chain that is reorganised goes from one hash to another: `block.hash.from`.
  if (/\bhash (?:from|to)$/.test(tokens.slice(-2).join(" "))) return false;
  return ACCOUNTS.has(tokens.at(-1) ?? "") && !tokens.some((t) => LONG_ADDRESSES.has(t));
}

/** Places of accounts; and words that end what a hash is called by. */
export const ACCOUNTS: ReadonlySet<string> = wordSet(
  "account accounts address addresses beneficiary caller cause coinbase deployer from holder miner minter owner owners payer proposer receiver recipient relayer sender signer signers to validator wallet wallets",
);

const LONG_ADDRESSES = wordSet("starknet cairo aptos sui");

/** Words for running text: what `tx.error` says is not public because it is about a transaction. */
const TEXT_TAILS = wordSet(
  "error errors err message messages msg reason note notes description detail details text comment output stdout stderr cause stack exception warning failure hint title summary remark",
);

const HASHED_SECRETS = wordSet("password passwd pwd passphrase secret private priv mnemonic pin otp");

function isSql(tokens: readonly string[]): boolean {
  const tail = tokens.at(-1) ?? "";
  if (tail === "sql") return true;
  if (!tokens.includes("db") && !tokens.includes("database")) return false;
  return tail === "statement" || tail === "query" || (tail === "text" && tokens.includes("query"));
}

const HOST_TAILS = wordSet("host hostname domain");

function urlPart(tokens: readonly string[]): KeyClass["url"] {
  const tail = tokens.at(-1) ?? "";
  const owner = tokens.at(-2) ?? "";
  if (tail === "query" && (owner === "url" || owner === "http")) return "query";
  if (tail === "target" && owner === "http") return "path";
  if (tail === "path" && (owner === "url" || owner === "http" || owner === "request")) return "path";
  if (HOST_TAILS.has(tail) || (tail === "address" && owner === "server")) return "host";
  if ((tail === "name" || tail === "service") && (owner === "peer" || tokens[0] === "peer")) return "host";
  const rpc =
    tokens.includes("rpc") || tokens.includes("node") || tokens.includes("provider") || tokens.includes("ws");
  if (rpc && (tail === "url" || tail === "endpoint" || tail === "uri" || tail === "host")) return "endpoint";
  return undefined;
}
