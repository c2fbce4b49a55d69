import { ed25519 } from "@noble/curves/ed25519.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base58 } from "@scure/base";
import { entropyToMnemonic } from "@scure/bip39";
import { wordlist as english } from "@scure/bip39/wordlists/english.js";
import { wordlist as french } from "@scure/bip39/wordlists/french.js";
import { wordlist as japanese } from "@scure/bip39/wordlists/japanese.js";
import fc from "fast-check";

/** A kind of secret: how to make one, and whether it can be told without a label. */
export interface SecretKind {
  readonly name: string;
  readonly arbitrary: fc.Arbitrary<string>;
  /** It has a proof of its own: shape, checksum, default-deny. Others need a label. */
  readonly proven: boolean;
  /** It is made of words. */
  readonly words?: boolean;
}

const bytes = (size: number): fc.Arbitrary<Uint8Array> => fc.uint8Array({ minLength: size, maxLength: size });
const hexOf = (b: Uint8Array): string => Buffer.from(b).toString("hex");
const text = (alphabet: string, size: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...alphabet), minLength: size, maxLength: size });
const LOWER = "abcdefghijklmnopqrstuvwxyz";
const UPPER = LOWER.toUpperCase();
const DIGITS = "0123456789";
const ALNUM = LOWER + UPPER + DIGITS;
const isRandom = (s: string): boolean => /\d/.test(s) && /[A-Za-z]/.test(s) && !/(.)\1\1/.test(s);

function checked(payload: Uint8Array): string {
  const sum = sha256(sha256(payload)).subarray(0, 4);
  return base58.encode(Uint8Array.from([...payload, ...sum]));
}

/** A random key: not padded, as no real one is. */
const key = bytes(32).filter((b) => new Set(b).size > 20);

/** The kinds of secret of the property tests. */
export const SECRET_KINDS: readonly SecretKind[] = [
  { name: "private key", arbitrary: key.map((b) => `0x${hexOf(b)}`), proven: true },
  { name: "private key without 0x", arbitrary: key.map(hexOf), proven: true },
  {
    name: "private key in upper case",
    arbitrary: key.map((b) => `0x${hexOf(b).toUpperCase()}`),
    proven: true,
  },
  {
    name: "phrase of 12 words",
    arbitrary: bytes(16).map((b) => entropyToMnemonic(b, english)),
    proven: true,
    words: true,
  },
  {
    name: "phrase of 24 words",
    arbitrary: bytes(32).map((b) => entropyToMnemonic(b, english)),
    proven: true,
    words: true,
  },
  {
    name: "French phrase",
    arbitrary: bytes(16).map((b) => entropyToMnemonic(b, french)),
    proven: true,
    words: true,
  },
  {
    name: "Japanese phrase",
    arbitrary: bytes(16).map((b) => entropyToMnemonic(b, japanese)),
    proven: true,
    words: true,
  },
  {
    name: "extended key",
    arbitrary: bytes(74).map((b) => checked(Uint8Array.from([0x04, 0x88, 0xad, 0xe4, ...b]))),
    proven: true,
  },
  { name: "WIF", arbitrary: key.map((b) => checked(Uint8Array.from([0x80, ...b, 1]))), proven: true },
  {
    name: "Solana key pair",
    arbitrary: key.map((b) => base58.encode(Uint8Array.from([...b, ...ed25519.getPublicKey(b)]))),
    proven: true,
  },
  { name: "bytes as a list", arbitrary: key.map((b) => [...b].join(",")), proven: true },
  {
    name: "AWS key id",
    arbitrary: text(`${UPPER}234567`, 16)
      .filter((s) => !/(.)\1\1/.test(s))
      .map((s) => `AKIA${s}`),
    proven: true,
  },
  {
    name: "GitHub token",
    arbitrary: text(ALNUM, 36)
      .filter(isRandom)
      .map((s) => `ghp_${s}`),
    proven: true,
  },
  {
    name: "Stripe key",
    arbitrary: text(ALNUM, 24)
      .filter(isRandom)
      .map((s) => `sk_live_${s}`),
    proven: true,
  },
  {
    name: "JWT",
    arbitrary: bytes(32).map((b) => {
      const part = (v: unknown): string => Buffer.from(JSON.stringify(v)).toString("base64url");
      return `${part({ alg: "HS256", typ: "JWT" })}.${part({ sub: "42" })}.${Buffer.from(b).toString("base64url")}`;
    }),
    proven: true,
  },
  {
    name: "Infura URL",
    arbitrary: bytes(16).map((b) => `https://mainnet.infura.io/v3/${hexOf(b)}`),
    proven: true,
  },
  { name: "password", arbitrary: text(`${ALNUM}!#$*^_`, 14).filter(isRandom), proven: false },
  { name: "API key", arbitrary: text(ALNUM, 32).filter(isRandom), proven: false },
];

/** What must not be left of a secret: pieces of it, in lower case. */
export function needles(secret: string): string[] {
  const url = /\/v3\/(\w+)$/.exec(secret);
  if (url?.[1] !== undefined) return [url[1]];
  if (/[\s\u3000]/.test(secret)) {
    const words = secret.split(/[\s\u3000]+/);
    return words.slice(0, -2).map((word, i) => `${word} ${words[i + 1]} ${words[i + 2]}`);
  }
  if (secret.includes(",")) return [secret.slice(0, 24), secret.slice(-24)];
  const bare = secret.replace(/^0x/, "").toLowerCase();
  return bare.length < 24 ? [bare] : [bare.slice(0, 18), bare.slice(-18)];
}
