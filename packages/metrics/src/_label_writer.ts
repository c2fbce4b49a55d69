import type { Attributes } from "@opentelemetry/api";
import { escapeLabelValue } from "./_page_text.ts";

/** What was seen of one attribute key. */
interface SeenKey {
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
  readonly #labels = new Map<string, string>();

  /** @param reserved Labels that the page writes itself; an attribute of such a name gets the prefix `exported_`. */
  constructor(reserved: ReadonlySet<string>) {
    this.#reserved = reserved;
  }

  /** The labels as they stand between the braces; empty when there are none. */
  text(attributes: Attributes): string {
    const keys = Object.keys(attributes);
    if (keys.length > 1) keys.sort();
    const values = new Map<string, string>();
    for (const key of keys) {
      const value = attributes[key];
      if (value === undefined || value === null) continue;
      const label = this.#label(key, typeof value);
      const text = typeof value === "object" ? JSON.stringify(value) : String(value);
      if (text === "") {
        this.ambiguous = true;
        continue;
      }
      const other = values.get(label);
      // Two keys of one series that become one label: both values are kept, in the order of the keys.
      values.set(label, other === undefined ? text : `${other};${text}`);
    }
    const labels = [...values].map(([label, value]) => `${label}="${escapeLabelValue(value)}"`);
    // In one order, whatever the keys were: equal labels are found by their text.
    if (labels.length > 1) labels.sort();
    return labels.join(",");
  }

  #label(key: string, type: string): string {
    const seen = this.#keys.get(key);
    if (seen !== undefined) {
      if (seen.type !== type) this.ambiguous = true;
      return seen.label;
    }
    let label = labelName(key);
    if (this.#reserved.has(label)) label = `exported_${label}`;
    const owner = this.#labels.get(label);
    if (owner !== undefined && owner !== key) this.ambiguous = true;
    this.#labels.set(label, key);
    this.#keys.set(key, { label, type });
    return label;
  }
}

/** Label of an attribute: what is not allowed becomes `_`, several in a row one `_`. */
export function labelName(key: string): string {
  const name = key.replace(/[^a-zA-Z0-9]+/g, "_");
  return /^\d/.test(name) ? `key_${name}` : name === "" ? "_" : name;
}
