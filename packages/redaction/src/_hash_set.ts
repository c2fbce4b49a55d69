import { NIBBLE } from "./_hex_digits.ts";

/** Words of 32 bits in a hash. */
const WORDS = 8;
/** Members for which a generation has room at first. */
const SMALLEST = 256;

/**
 * A set of 32-byte hashes that keeps at least the last ones up to its bound, and never twice as many: when one
 * generation is full, the one before is dropped. The hashes are kept as numbers, so that adding and asking millions
 * of times leaves nothing to collect.
 */
export class HashSet {
  readonly #bound: number;
  readonly #probe = new Int32Array(WORDS);
  #young: Generation;
  #old: Generation | undefined;

  constructor(bound: number) {
    this.#bound = Math.max(1, bound);
    this.#young = new Generation(Math.min(this.#bound, SMALLEST));
  }

  /** Asks for the 64 hexadecimal digits that begin at a position; false when they are none. */
  has(text: string, from = 0): boolean {
    if (!this.#read(text, from)) return false;
    return this.#young.has(this.#probe) || this.#old?.has(this.#probe) === true;
  }

  /** Adds the 64 hexadecimal digits that begin at a position. Returns false when they are none. */
  add(text: string, from = 0): boolean {
    if (!this.#read(text, from)) return false;
    if (this.#young.add(this.#probe)) return true;
    if (this.#young.room < this.#bound) this.#young = this.#young.grown(this.#bound);
    else [this.#young, this.#old] = [this.#old?.emptied() ?? new Generation(this.#bound), this.#young];
    return this.#young.add(this.#probe);
  }

  /** Reads the digits into the probe. */
  #read(text: string, from: number): boolean {
    for (let word = 0; word < WORDS; word++) {
      let value = 0;
      let wrong = 0;
      for (let i = from + word * 8; i < from + word * 8 + 8; i++) {
        const c = text.charCodeAt(i);
        // Beyond the end of the text this is NaN.
        const digit = c < 128 ? (NIBBLE[c] ?? -1) : -1;
        wrong |= digit;
        value = (value << 4) | (digit & 15);
      }
      if (wrong < 0) return false;
      this.#probe[word] = value;
    }
    return true;
  }
}

/** A table of hashes with linear probing, at most half full. */
class Generation {
  readonly room: number;
  readonly #members: Int32Array;
  /** Place of a member plus one; 0 where there is none. */
  readonly #index: Int32Array;
  /** A number of this table, so that nobody can choose hashes that fall on one another. */
  readonly #salt = (Math.random() * 2 ** 32) | 0;
  #size = 0;

  constructor(room: number) {
    this.room = room;
    this.#members = new Int32Array(room * WORDS);
    this.#index = new Int32Array(2 ** Math.ceil(Math.log2(room * 2)));
  }

  has(hash: Int32Array): boolean {
    return this.#index[this.#find(hash)] !== 0;
  }

  /** Returns false when there is no room. */
  add(hash: Int32Array): boolean {
    const at = this.#find(hash);
    if (this.#index[at] !== 0) return true;
    if (this.#size >= this.room) return false;
    const base = this.#size * WORDS;
    for (let i = 0; i < WORDS; i++) this.#members[base + i] = hash[i] ?? 0;
    this.#index[at] = ++this.#size;
    return true;
  }

  /** A larger table with the same members. */
  grown(bound: number): Generation {
    const larger = new Generation(Math.min(bound, this.room * 2));
    for (let place = 0; place < this.#size; place++)
      larger.add(this.#members.subarray(place * WORDS, (place + 1) * WORDS));
    return larger;
  }

  emptied(): this {
    this.#index.fill(0);
    this.#size = 0;
    return this;
  }

  /** The slot of a hash: where it is, or where it would go. */
  #find(hash: Int32Array): number {
    const index = this.#index;
    const mask = index.length - 1;
    let mixed = this.#salt;
    for (let i = 0; i < WORDS; i++) mixed = Math.imul(mixed ^ (hash[i] ?? 0), 0x9e3779b1) ^ (mixed >>> 15);
    for (let at = (mixed ^ (mixed >>> 16)) & mask; ; at = (at + 1) & mask) {
      const place = index[at] ?? 0;
      if (place === 0 || this.#equals(place - 1, hash)) return at;
    }
  }

  #equals(place: number, hash: Int32Array): boolean {
    const base = place * WORDS;
    for (let i = 0; i < WORDS; i++) if (this.#members[base + i] !== hash[i]) return false;
    return true;
  }
}
