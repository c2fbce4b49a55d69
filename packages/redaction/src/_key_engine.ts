import { findAttribute } from "@dcmx-tracing/conventions";
import { classifyKey, type KeyClass, NEUTRAL_KEY } from "./_classify_key.ts";
import { type KeyPattern, keyPattern } from "./_key_pattern.ts";
import type { RedactionOptions } from "./redaction_options.ts";

const BOUND = 4096;

/** Class of a key that the user excludes from redaction. */
export const ALLOWED_KEY: KeyClass = { ...NEUTRAL_KEY, kind: "public" };
/** Class of a key that the user always removes. */
export const DENIED_KEY: KeyClass = { ...NEUTRAL_KEY, kind: "secret" };

/** Creates the memoised lookup: the user's lists first, then the catalogue of names, then the words of the key. */
export function createKeyEngine(options: RedactionOptions): (key: string) => KeyClass {
  const allow = keyPattern(options.allowKeys);
  const deny = keyPattern(options.denyKeys);
  const hashes = keyPattern(options.publicKeys);
  const memo = new Map<string, KeyClass>();
  return (key) => {
    const known = memo.get(key);
    if (known !== undefined) return known;
    const read = readKey(key, allow, deny, hashes);
    if (memo.size >= BOUND) memo.clear();
    memo.set(key, read);
    return read;
  };
}

function readKey(key: string, allow: KeyPattern, deny: KeyPattern, hashes: KeyPattern): KeyClass {
  if (deny(key)) return DENIED_KEY;
  if (allow(key)) return ALLOWED_KEY;
  const read = classifyKey(key);
  const defined = findAttribute(key);
  if (hashes(key)) return { ...read, kind: "public", publicHex: true };
  if (defined?.sensitivity === "public" && (read.kind === "weak" || read.kind === "secret")) {
    return { ...read, kind: "neutral" };
  }
  return read;
}
