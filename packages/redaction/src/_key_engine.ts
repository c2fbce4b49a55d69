import { findAttribute } from "@dcmx-tracing/conventions";
import { classifyKey, type KeyEntry, NEUTRAL_KEY } from "./_classify_key.ts";
import { CleanBudget, CleanValues } from "./_clean_values.ts";
import { keyPattern } from "./_key_pattern.ts";
import type { RedactionOptions } from "./redaction_options.ts";

const BOUND = 4096;
/** Values that all keys together remember as clean. */
const VALUES = 16_384;

/** Class of a key that the user excludes from redaction. */
export const ALLOWED_KEY: KeyEntry = {
  ...NEUTRAL_KEY,
  kind: "public",
  clean: new CleanValues(),
  feeds: false,
};
/** Class of a key that the user always removes. */
export const DENIED_KEY: KeyEntry = {
  ...NEUTRAL_KEY,
  kind: "secret",
  clean: new CleanValues(),
  feeds: false,
};

/** The memoised lookup of keys. */
export interface KeyEngine {
  readonly keyClass: (key: string) => KeyEntry;
  readonly forget: () => void;
}

/** Creates the lookup: the user's lists first, then the catalogue of names, then the words of the key. */
export function createKeyEngine(options: RedactionOptions): KeyEngine {
  const allow = keyPattern(options.allowKeys);
  const deny = keyPattern(options.denyKeys);
  const hashes = keyPattern(options.publicKeys);
  const memo = new Map<string, KeyEntry>();
  const forget = (): void => {
    memo.clear();
    budget.reset();
  };
  const budget = new CleanBudget(VALUES, forget);
  const read = (key: string): KeyEntry => {
    if (deny(key)) return DENIED_KEY;
    if (allow(key)) return ALLOWED_KEY;
    return readKey(key, hashes(key), budget);
  };
  return {
    keyClass: (key) => {
      const known = memo.get(key);
      if (known !== undefined) return known;
      const entry = read(key);
      if (memo.size >= BOUND) forget();
      memo.set(key, entry);
      return entry;
    },
    forget,
  };
}

function readKey(key: string, optedOut: boolean, budget: CleanBudget): KeyEntry {
  const read = classifyKey(key);
  const defined = findAttribute(key);
  const isPublic = defined?.sensitivity === "public";
  const entry = { ...read, clean: new CleanValues(budget), feeds: isPublic && read.publicHex };
  if (optedOut) return { ...entry, kind: "public", publicHex: true };
  // The catalogue knows better than the words: `token.standard` is public, whatever `token` may be elsewhere.
  if (isPublic && read.kind !== "public") return { ...entry, kind: "neutral" };
  return entry;
}
