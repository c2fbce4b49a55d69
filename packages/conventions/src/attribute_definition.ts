/** Type of the value of an attribute. */
export type AttributeType = "string" | "int" | "double" | "boolean" | "string[]";

/**
 * How many values an attribute takes in one deployment: `fixed`, a closed set; `low`, tens;
 * `high`, without bound (identifiers, hashes, amounts). What is `high` is never a metric label.
 */
export type Cardinality = "fixed" | "low" | "high";

/**
 * Who may see the value: `public`, anyone who may see the telemetry; `personal`, it says something about a
 * person; `secret`, it is or may hold a secret, so that it is recorded only after redaction, or never.
 */
export type Sensitivity = "public" | "personal" | "secret";

/** Whether the name may still change. */
export type Stability = "stable" | "development" | "deprecated";

/** Where the name comes from. */
export type Source = "guide" | "opentelemetry" | "ethers" | "redaction" | "project";

/**
 * One attribute of the catalogue.
 *
 * @example Read a definition
 * ```ts
 * import { type AttributeDefinition, findAttribute } from "@dcmx-tracing/conventions";
 *
 * const status: AttributeDefinition | undefined = findAttribute("tx.status");
 * console.assert(status?.values?.includes("reverted"));
 * ```
 */
export interface AttributeDefinition {
  /** Name on the wire. */
  readonly name: string;
  /** Type of the value. */
  readonly type: AttributeType;
  /** One sentence on what it holds. */
  readonly description: string;
  /** How many values it takes. */
  readonly cardinality: Cardinality;
  /** Who may see its value. */
  readonly sensitivity: Sensitivity;
  /** Whether the name may still change. */
  readonly stability: Stability;
  /** Where the name comes from. */
  readonly source: Source;
  /** The closed set of values, where there is one. */
  readonly values?: readonly string[];
  /** Other names of the same attribute, found by {@link findAttribute}. */
  readonly aliases?: readonly string[];
}
