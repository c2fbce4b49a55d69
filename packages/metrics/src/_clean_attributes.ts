import type { Attributes, AttributeValue } from "@opentelemetry/api";

/**
 * Copies what may be an attribute: strings, numbers, booleans and lists of them under a name that is not empty.
 * A bigint becomes its decimal text, because chain values are bigints; everything else is left out.
 */
export function cleanAttributes(attributes: Attributes): Attributes {
  const cleaned: Attributes = {};
  for (const key of Object.keys(attributes)) {
    if (key === "") continue;
    const value = cleanValue(attributes[key]);
    if (value === undefined) continue;
    // A plain assignment to __proto__ would be lost.
    if (key === "__proto__") Object.defineProperty(cleaned, key, { value, enumerable: true });
    else cleaned[key] = value;
  }
  return cleaned;
}

function cleanValue(value: unknown): AttributeValue | undefined {
  switch (typeof value) {
    case "string":
    case "boolean":
    case "number":
      return value;
    case "bigint":
      return value.toString();
    case "object":
      return Array.isArray(value) ? value.map((item) => String(item ?? "")) : undefined;
    default:
      return undefined;
  }
}
