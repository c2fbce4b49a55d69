import type { SpanText } from "./_span_texts.ts";

/** What a text looks like, without knowing any secret; undefined when it looks harmless. */
export function secretShape({ text, key }: SpanText): string | undefined {
  for (const [shape, pattern] of SHAPES) {
    if (pattern.test(text)) return shape;
  }
  if (key !== undefined && SECRET_KEY.test(key) && text !== "" && !REDACTED.test(text)) {
    return "a value under the name of a secret";
  }
  return undefined;
}

const SHAPES: readonly (readonly [shape: string, pattern: RegExp])[] = [
  ["a private key in PEM form", /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----/],
  ["a JSON Web Token", /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{8,}/],
  ["credentials in a URL", /\b[a-z][a-z0-9+.-]*:\/\/[^\s/?#@:[\]]*:(?!\*+@|\[|%5B|redacted@)[^\s/?#@]+@/i],
  ["an authorization header", /\b(?:Bearer|Basic) [A-Za-z0-9+/._~-]{16,}/],
  [
    "a key in the URL of an RPC provider",
    /\b(?:infura\.io|alchemy\.com|alchemyapi\.io)\/(?:v[23]|ws\/v[23])\/[\w-]{20,}/,
  ],
  // The development phrase of anvil and hardhat: worthless, but where it shows, a real one would show as well.
  ["the development mnemonic", /\btest(?:\W+test){10}\W+junk\b/i],
];

const SECRET_KEY =
  /(?:^|[._-])(?:private[_-]?key|mnemonic|seed[_-]?phrase|password|passwd|secret|api[_-]?key|authorization|cookie)s?$/i;

const REDACTED = /^(?:\*+|\[.*\]|<.*>|redacted)$/i;
