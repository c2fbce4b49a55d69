import { HashSet } from "./_hash_set.ts";

/** Hashes that are known to be public because they came from the chain. */
export class PublicRegistry {
  readonly #hashes: HashSet;

  constructor(bound: number) {
    this.#hashes = new HashSet(bound);
  }

  /** Adds a 32-byte hash, with or without 0x. Returns false, and adds nothing, when it is none. */
  add(hash: string): boolean {
    const from = digitsOf(hash);
    return from >= 0 && this.#hashes.add(hash, from);
  }

  /** Asks for a 32-byte hash, with or without 0x. */
  has(hash: string): boolean {
    const from = digitsOf(hash);
    return from >= 0 && this.#hashes.has(hash, from);
  }
}

/** Where the 64 digits begin; -1 when there cannot be as many. */
function digitsOf(hash: string): number {
  if (hash.length === 64) return 0;
  return hash.length === 66 && hash.charCodeAt(0) === 48 && (hash.charCodeAt(1) | 32) === 120 ? 2 : -1;
}
