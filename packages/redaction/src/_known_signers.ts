import { keccak256 } from "./_keccak256.ts";
import { publicPoint } from "./_public_point.ts";
import { toHex } from "./_text_bytes.ts";

const CACHE = 4096;
/** Derivations in a row before the check pauses: each takes a fraction of a millisecond. */
const BURST = 64;

/** Addresses whose private keys this process holds: a value that derives one of them is that key. */
export class KnownSigners {
  readonly #addresses = new Set<string>();
  readonly #seen = new Map<string, boolean>();
  #budget = BURST;
  #refilled = 0;

  add(address: string): void {
    this.#addresses.add(address.toLowerCase().replace(/^0x/, ""));
    this.#seen.clear();
  }

  get size(): number {
    return this.#addresses.size;
  }

  /** True when the 64 hexadecimal digits are the key of a known address. Without budget it answers false. */
  derives(hex: string): boolean {
    if (this.#addresses.size === 0) return false;
    const known = this.#seen.get(hex);
    if (known !== undefined) return known;
    const second = Math.floor(Date.now() / 1000);
    if (second !== this.#refilled) {
      this.#refilled = second;
      this.#budget = BURST;
    }
    if (this.#budget-- <= 0) return false;
    const answer = this.#derive(hex.padStart(64, "0"));
    if (this.#seen.size >= CACHE) this.#seen.clear();
    this.#seen.set(hex, answer);
    return answer;
  }

  #derive(hex: string): boolean {
    const point = publicPoint(hex);
    return point !== undefined && this.#addresses.has(toHex(keccak256(Buffer.from(point, "hex"))).slice(24));
  }
}
