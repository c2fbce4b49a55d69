import type { Attributes, AttributeValue } from "@opentelemetry/api";
import type { SpanAttributes, SpanAttributeValue } from "./span_options.ts";

/** Turns a value into one that OpenTelemetry takes: a `bigint` into its decimal digits, `null` into nothing. */
export function plainValue(value: SpanAttributeValue): AttributeValue | undefined {
  if (typeof value === "bigint") return value.toString();
  return value ?? undefined;
}

/**
 * Turns attributes into those that OpenTelemetry takes: a `bigint` into its decimal digits, `null` into nothing.
 *
 * @param attributes The attributes.
 * @returns Attributes to be given to OpenTelemetry; the same object when nothing has to change.
 *
 * @example A token id beyond what a number can hold
 * ```ts
 * import { plainAttributes } from "@dcmx-tracing/span/kernel";
 *
 * console.assert(plainAttributes({ "nft.token_id": 2n ** 64n })["nft.token_id"] === "18446744073709551616");
 * ```
 */
export function plainAttributes(attributes: SpanAttributes): Attributes {
  for (const key in attributes) {
    const value = attributes[key];
    if (typeof value === "bigint" || value === null) return converted(attributes);
  }
  // The loop has shown that no bigint and no null is in it.
  return attributes as Attributes;
}

function converted(attributes: SpanAttributes): Attributes {
  const result: Attributes = {};
  for (const [key, value] of Object.entries(attributes)) result[key] = plainValue(value);
  return result;
}
