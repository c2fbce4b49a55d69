import { LruSet } from "./_lru_set.ts";

/** Hashes that are known to be public because they came from the chain. */
export class PublicRegistry {
  readonly #hashes: LruSet;

  constructor(bound: number) {
    this.#hashes = new LruSet(bound);
  }

  /** Adds a 32-byte hash, with or without 0x; anything else is ignored. */
  add(hash: string): void {
    const hex = hash.length === 66 && hash.startsWith("0x") ? hash.slice(2) : hash;
    if (hex.length === 64 && /^[0-9a-fA-F]+$/.test(hex)) this.#hashes.add(hex.toLowerCase());
  }

  /** Asks for 64 lower-case digits without 0x. */
  has(hex: string): boolean {
    return this.#hashes.has(hex);
  }
}
