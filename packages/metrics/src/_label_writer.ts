import type { Attributes } from "@opentelemetry/api";
import { escapeLabelValue } from "./_page_text.ts";

/** What was seen of one attribute key. */
interface SeenKey {
  readonly key: string;
  readonly label: string;
  readonly type: string;
}

/**
 * Writes the labels of the series of one metric. It also watches for what could give two series the same labels:
 * keys that become one label, values that differ in type only, and empty values, which are no labels at all for
 * Prometheus. As long as `ambiguous` is false, distinct attributes have distinct texts.
 */
export class LabelWriter {
  ambiguous = false;
  readonly #reserved: ReadonlySet<string>;
  readonly #keys = new Map<string, SeenKey>();
  /** The key that a label was made for first. */
  readonly #owners = new Map<string, string>();

  /** @param reserved Labels that the page writes itself; an attribute of such a name gets the prefix `exported_`. */
  constructor(reserved: ReadonlySet<string>) {
    this.#reserved = reserved;
  }

  /** The labels as they stand between the braces; empty when there are none. */
  text(attributes: Attributes): string {
    const seen: SeenKey[] = [];
    for (const key of Object.keys(attributes)) {
      const value = attributes[key];
      if (value === undefined || value === null) continue;
      // Prometheus takes a label without a value for no label.
      if (value === "") this.ambiguous = true;
      else seen.push(this.#see(key, typeof value));
    }
    // In one order, whatever that of the attributes is: equal labels are found by their text.
    if (seen.length > 1) seen.sort(byLabel);
    let text = "";
    for (let i = 0; i < seen.length; i++) {
      // i is below the length.
      const { key, label } = seen[i] as SeenKey;
      const value = textOf(attributes[key]);
      // Two keys of one series that become one label: both values are kept.
      if (i > 0 && label === seen[i - 1]?.label) text = `${text.slice(0, -1)};${value}"`;
      else text += `${text === "" ? "" : ","}${label}="${value}"`;
    }
    return text;
  }

  #see(key: string, type: string): SeenKey {
    const known = this.#keys.get(key);
    if (known !== undefined) {
      if (known.type !== type) this.ambiguous = true;
      return known;
    }
    let label = labelName(key);
    if (this.#reserved.has(label)) label = `exported_${label}`;
    const owner = this.#owners.get(label);
    if (owner !== undefined && owner !== key) this.ambiguous = true;
    this.#owners.set(label, key);
    const seen = { key, label, type };
    this.#keys.set(key, seen);
    return seen;
  }
}

function byLabel(one: SeenKey, other: SeenKey): number {
  if (one.label !== other.label) return one.label < other.label ? -1 : 1;
  return one.key < other.key ? -1 : 1;
}

function textOf(value: unknown): string {
  return escapeLabelValue(typeof value === "object" ? JSON.stringify(value) : String(value));
}

/** Label of an attribute: what is not allowed becomes `_`, several in a row one `_`. */
export function labelName(key: string): string {
  const name = key.replace(/[^a-zA-Z0-9]+/g, "_");
  return /^\d/.test(name) ? `key_${name}` : name === "" ? "_" : name;
}
