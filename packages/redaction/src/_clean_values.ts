/** Longer values are not remembered. */
const LONGEST = 80;
/** Values in one generation of a key. */
const GENERATION = 64;
/** After so many misses a key whose values hardly repeat is left alone for a while. */
const PATIENCE = 64;
const REST = 1024;

/** What all keys of a redactor remember together. */
export class CleanBudget {
  readonly #bound: number;
  readonly #forget: () => void;
  #used = 0;

  /** Calls `forget` once more values were remembered than the bound allows. */
  constructor(bound: number, forget: () => void) {
    this.#bound = bound;
    this.#forget = forget;
  }

  /** Counts a value. */
  spend(): void {
    if (++this.#used > this.#bound) this.#forget();
  }

  /** Everything was forgotten. */
  reset(): void {
    this.#used = 0;
  }
}

/**
 * Short values under one key in which nothing was found, so that constants are not read twice. Two generations: when
 * the younger one is full, the older one is dropped, and values that were asked for since are in the younger.
 */
export class CleanValues {
  readonly #budget: CleanBudget | undefined;
  #last: string | undefined;
  #young = new Set<string>();
  #old: Set<string> | undefined;
  #hits = 0;
  #misses = 0;
  #rest = 0;

  /** Without a budget nothing is remembered. */
  constructor(budget?: CleanBudget) {
    this.#budget = budget;
  }

  /** True for a value that was added. */
  has(value: string): boolean {
    if (value === this.#last) return true;
    if (!isWorth(value)) return false;
    if (this.#rest > 0) {
      this.#rest--;
      return false;
    }
    if (this.#young.has(value)) {
      this.#hits++;
      this.#last = value;
      return true;
    }
    if (this.#old?.has(value)) {
      this.#hits++;
      this.add(value);
      return true;
    }
    if (++this.#misses > PATIENCE) this.#review();
    return false;
  }

  /** Remembers a value in which nothing was found. */
  add(value: string): void {
    if (this.#budget === undefined || value.length > LONGEST) return;
    this.#last = value;
    if (this.#rest > 0 || !isWorth(value)) return;
    if (this.#young.size >= GENERATION) {
      this.#old = this.#young;
      this.#young = new Set();
    }
    this.#young.add(value);
    this.#budget.spend();
  }

  /** Values that hardly ever repeat cost more to look up than to read. */
  #review(): void {
    if (this.#hits < this.#misses) {
      this.#rest = REST;
      this.#young.clear();
      this.#old = undefined;
    }
    this.#hits = 0;
    this.#misses = 0;
  }
}

/** Addresses and hashes are decided by their shape, faster than a look-up. */
function isWorth(value: string): boolean {
  const { length } = value;
  return length <= LONGEST && length !== 42 && length !== 66;
}
