/** A set that forgets its oldest members beyond a bound. */
export class LruSet {
  readonly #members = new Set<string>();
  readonly #bound: number;

  constructor(bound: number) {
    this.#bound = bound;
  }

  has(member: string): boolean {
    return this.#members.has(member);
  }

  add(member: string): void {
    if (this.#members.has(member)) this.#members.delete(member);
    else if (this.#members.size >= this.#bound) {
      const oldest = this.#members.values().next();
      if (!oldest.done) this.#members.delete(oldest.value);
    }
    this.#members.add(member);
  }

  clear(): void {
    this.#members.clear();
  }

  get size(): number {
    return this.#members.size;
  }
}
