import { matches } from "./_matches.ts";

/** Secrets that the process holds, searched for literally in every text. */
export class SecretBank {
  readonly #needles = new Set<string>();
  #pattern: RegExp | undefined;

  get size(): number {
    return this.#needles.size;
  }

  /** Adds a secret in the forms in which it may be written. Values under six characters would match by chance. */
  add(secret: string): void {
    if (secret.length < 6) return;
    this.#needles.add(secret);
    const hex = /^(?:0[xX])?([0-9a-fA-F]{64})$/.exec(secret)?.[1]?.toLowerCase();
    if (hex !== undefined) {
      this.#needles.add(hex);
      this.#needles.add(hex.toUpperCase());
      this.#needles.add(BigInt(`0x${hex}`).toString());
      const bytes = Buffer.from(hex, "hex");
      this.#needles.add(bytes.join(","));
      this.#needles.add(bytes.toString("base64"));
    }
    this.#pattern = undefined;
  }

  /** Stretches of the text that are a secret of the bank. */
  find(text: string): [start: number, end: number][] {
    if (this.#needles.size === 0) return [];
    this.#pattern ??= new RegExp(
      [...this.#needles]
        .sort((a, b) => b.length - a.length)
        .map(quoteLiteral)
        .join("|"),
      "g",
    );
    return Array.from(matches(text, this.#pattern), (m) => [m.index, m.index + m[0].length]);
  }
}

function quoteLiteral(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
