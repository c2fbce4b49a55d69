import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** State of the operation, in the words of the application. */
export const ATTR_OPERATION_STATUS = "operation.status" as const;

/** Identifier of the parent item, in the words of the application. */
export const ATTR_PARENT_ID = "parent.id" as const;

/** Position of a child operation among its siblings. */
export const ATTR_CHILD_ORDER = "child.order" as const;

/** Number of a step; attribute of an event. */
export const ATTR_STEP = "step" as const;

/** Definitions of the attributes of operations in general. */
export const OPERATION_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_OPERATION_STATUS,
    "string",
    "low",
    "public",
    "stable",
    "guide",
    "State of the operation, in the words of the application.",
  ),
  defineAttribute(
    ATTR_PARENT_ID,
    "string",
    "high",
    "public",
    "stable",
    "guide",
    "Identifier of the parent item, in the words of the application.",
  ),
  defineAttribute(
    ATTR_CHILD_ORDER,
    "int",
    "low",
    "public",
    "stable",
    "guide",
    "Position of a child operation among its siblings.",
  ),
  defineAttribute(
    ATTR_STEP,
    "int",
    "low",
    "public",
    "stable",
    "guide",
    "Number of a step; attribute of an event.",
  ),
];
