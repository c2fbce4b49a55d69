import type {
  AttributeDefinition,
  AttributeType,
  Cardinality,
  Sensitivity,
  Source,
  Stability,
} from "./attribute_definition.ts";

/** Makes one definition from a line of a table; the order of the parameters is the order of the columns. */
export function defineAttribute(
  name: string,
  type: AttributeType,
  cardinality: Cardinality,
  sensitivity: Sensitivity,
  stability: Stability,
  source: Source,
  description: string,
  rest: Pick<AttributeDefinition, "values" | "aliases"> = {},
): AttributeDefinition {
  return { name, type, cardinality, sensitivity, stability, source, description, ...rest };
}
