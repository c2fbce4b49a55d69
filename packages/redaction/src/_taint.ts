/** Secrets found in one span, to be removed from its other fields. */
export class Taint {
  readonly #needles = new Set<string>();
  readonly #bound: number;

  constructor(bound = 32) {
    this.#bound = bound;
  }

  get size(): number {
    return this.#needles.size;
  }

  /** Adds a secret that is long and odd enough not to occur by chance. */
  add(secret: string): void {
    if (this.#needles.size >= this.#bound || secret.length > 2048) return;
    const bare = secret.replace(/^0[xX]/, "").trim();
    if (bare.length < 8 || !isOdd(bare)) return;
    this.#needles.add(bare);
    if (/^[0-9a-fA-F]+$/.test(bare)) {
      this.#needles.add(bare.toLowerCase());
      this.#needles.add(bare.toUpperCase());
    }
    if (bare.includes("%")) {
      try {
        this.#needles.add(decodeURIComponent(bare));
      } catch {
        // Not percent encoding: the raw form is enough.
      }
    }
  }

  /** Removes the secrets from a text. */
  clean(text: string, marker: string): string {
    let out = text;
    for (const needle of this.#needles) if (out.includes(needle)) out = out.replaceAll(needle, marker);
    return out;
  }
}

/** A word, a small number or a marker may stand in other fields by right. */
function isOdd(secret: string): boolean {
  if (/\s/.test(secret)) return secret.length >= 24;
  if (/^[a-z]+$|^[A-Z][a-z]+$|^\d{1,11}$|REDACTED/.test(secret)) return false;
  return true;
}
