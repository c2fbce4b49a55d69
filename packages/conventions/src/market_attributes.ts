import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Marketplace on which a sale took place. */
export const ATTR_MARKETPLACE_NAME = "marketplace.name" as const;

/** Amount of the royalty in the currency of the sale, rounded to a double; the exact amount is royalty.amount_wei. */
export const ATTR_ROYALTY_AMOUNT = "royalty.amount" as const;

/** Exact amount of the royalty in wei, as a decimal string. */
export const ATTR_ROYALTY_AMOUNT_WEI = "royalty.amount_wei" as const;

/** Share of the sale that is paid as royalty, in percent. */
export const ATTR_ROYALTY_PERCENTAGE = "royalty.percentage" as const;

/** Outcome of the distribution of a royalty. */
export const ATTR_DISTRIBUTION_STATUS = "distribution.status" as const;

/** Definitions of the attributes of royalties, sales and marketplaces. */
export const MARKET_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_MARKETPLACE_NAME,
    "string",
    "low",
    "public",
    "stable",
    "guide",
    "Marketplace on which a sale took place.",
  ),
  defineAttribute(
    ATTR_ROYALTY_AMOUNT,
    "double",
    "high",
    "public",
    "stable",
    "guide",
    "Amount of the royalty in the currency of the sale, rounded to a double; the exact amount is royalty.amount_wei.",
  ),
  defineAttribute(
    ATTR_ROYALTY_AMOUNT_WEI,
    "string",
    "high",
    "public",
    "stable",
    "project",
    "Exact amount of the royalty in wei, as a decimal string.",
  ),
  defineAttribute(
    ATTR_ROYALTY_PERCENTAGE,
    "double",
    "low",
    "public",
    "stable",
    "guide",
    "Share of the sale that is paid as royalty, in percent.",
  ),
  defineAttribute(
    ATTR_DISTRIBUTION_STATUS,
    "string",
    "fixed",
    "public",
    "stable",
    "guide",
    "Outcome of the distribution of a royalty.",
    { values: ["pending", "completed", "failed"] },
  ),
];
