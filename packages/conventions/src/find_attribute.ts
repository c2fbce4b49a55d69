import type { AttributeDefinition } from "./attribute_definition.ts";
import { ATTRIBUTES } from "./attributes.ts";

const byName = new Map<string, AttributeDefinition>();
for (const attribute of ATTRIBUTES) {
  byName.set(attribute.name, attribute);
  for (const alias of attribute.aliases ?? []) byName.set(alias, attribute);
}

/**
 * Finds an attribute of the catalogue by its name or by an alias. Not for hot paths that know the name at
 * build time: those use the `ATTR_` constants.
 *
 * @param name Name as it is on the wire.
 * @returns The definition, or undefined when the catalogue does not know the name.
 *
 * @example Ask whether an attribute may be a metric label
 * ```ts
 * import { findAttribute } from "@dcmx-tracing/conventions";
 *
 * console.assert(findAttribute("tx.hash")?.cardinality === "high");
 * console.assert(findAttribute("shop.order") === undefined);
 * ```
 */
export function findAttribute(name: string): AttributeDefinition | undefined {
  return byName.get(name);
}
