import { digitAt } from "./_hex_digits.ts";

// What another module exports is looked up there at each use; a constant of this module is compiled in.
const readDigit = digitAt;
/** A number of this process, so that nobody can choose hashes that fall on one another. */
const SALT = (Math.random() * 2 ** 32) | 0;

/**
 * Hashes that are known to be public because they came from the chain: at least the last ones up to the bound, and
 * never twice as many. When one generation is full, the one before is dropped. Of each hash 53 bits are kept: numbers
 * keep no text alive, and that a key has the same ones by chance does not happen.
 */
export class PublicRegistry {
  readonly #bound: number;
  #young = new Set<number>();
  #old = new Set<number>();

  constructor(bound: number) {
    this.#bound = Math.max(1, bound);
  }

  /** Adds a 32-byte hash, with or without 0x. Returns false, and adds nothing, when it is none. */
  add(hash: string): boolean {
    const member = numberOf(hash);
    if (Number.isNaN(member)) return false;
    if (this.#young.size >= this.#bound && !this.#young.has(member)) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(member);
    return true;
  }

  /** Asks for a 32-byte hash, with or without 0x. */
  has(hash: string): boolean {
    const member = numberOf(hash);
    return this.#young.has(member) || this.#old.has(member);
  }
}

/** 53 bits that all 64 digits decide; NaN for what is no hash. */
function numberOf(hash: string): number {
  const { length } = hash;
  const hasPrefix = length === 66 && hash.charCodeAt(0) === 48 && (hash.charCodeAt(1) | 32) === 120;
  if (!hasPrefix && length !== 64) return Number.NaN;
  let a = SALT;
  let b = ~SALT;
  let wrong = 0;
  for (let i = length - 64; i < length; ) {
    let word = 0;
    for (const end = i + 8; i < end; i++) {
      const digit = readDigit(hash, i);
      wrong |= digit;
      word = (word << 4) | (digit & 15);
    }
    a = Math.imul(a ^ word ^ (a >>> 15), 0x85ebca6b);
    b = Math.imul(b ^ word ^ (b >>> 13), 0x9e3779b1);
  }
  return wrong < 0 ? Number.NaN : (a >>> 0) * 2 ** 21 + (b >>> 11);
}
