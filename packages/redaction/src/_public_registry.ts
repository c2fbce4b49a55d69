import { areHexDigits } from "./_hex_digits.ts";

/**
 * Hashes that are known to be public because they came from the chain: at least the last ones up to the bound, and
 * never twice as many. When one generation is full, the one before is dropped.
 */
export class PublicRegistry {
  readonly #bound: number;
  #young = new Set<string>();
  #old = new Set<string>();

  constructor(bound: number) {
    this.#bound = Math.max(1, bound);
  }

  /** Adds a 32-byte hash, with or without 0x. Returns false, and adds nothing, when it is none. */
  add(hash: string): boolean {
    const member = formOf(hash);
    if (!member.startsWith("0x") || !areHexDigits(member, 2, 66)) return false;
    if (this.#young.has(member)) return true;
    if (this.#young.size >= this.#bound) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    // A copy, as a part of a longer text would keep the whole of it.
    this.#young.add(Buffer.from(member).toString("latin1"));
    return true;
  }

  /** Asks for a 32-byte hash, with or without 0x. */
  has(hash: string): boolean {
    const member = formOf(hash);
    return this.#young.has(member) || this.#old.has(member);
  }
}

/** The form in which hashes are kept; empty for what has another length. */
function formOf(hash: string): string {
  const { length } = hash;
  return length === 66 ? hash.toLowerCase() : length === 64 ? `0x${hash.toLowerCase()}` : "";
}
