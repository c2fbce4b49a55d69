import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Address of the wallet. */
export const ATTR_WALLET_ADDRESS = "wallet.address" as const;

/** Kind of the wallet, for example metamask. */
export const ATTR_WALLET_TYPE = "wallet.type" as const;

/** Whether the ownership of the wallet was proven. */
export const ATTR_WALLET_VERIFIED = "wallet.verified" as const;

/** Never recorded: listed so that redaction removes it wherever it appears. */
export const ATTR_WALLET_PRIVATE_KEY = "wallet.private_key" as const;

/** Never recorded: listed so that redaction removes it wherever it appears. */
export const ATTR_WALLET_MNEMONIC = "wallet.mnemonic" as const;

/** Definitions of the attributes of wallets. */
export const WALLET_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_WALLET_ADDRESS,
    "string",
    "high",
    "public",
    "stable",
    "guide",
    "Address of the wallet.",
  ),
  defineAttribute(
    ATTR_WALLET_TYPE,
    "string",
    "low",
    "public",
    "stable",
    "guide",
    "Kind of the wallet, for example metamask.",
  ),
  defineAttribute(
    ATTR_WALLET_VERIFIED,
    "boolean",
    "fixed",
    "public",
    "stable",
    "guide",
    "Whether the ownership of the wallet was proven.",
  ),
  defineAttribute(
    ATTR_WALLET_PRIVATE_KEY,
    "string",
    "high",
    "secret",
    "stable",
    "guide",
    "Never recorded: listed so that redaction removes it wherever it appears.",
  ),
  defineAttribute(
    ATTR_WALLET_MNEMONIC,
    "string",
    "high",
    "secret",
    "stable",
    "project",
    "Never recorded: listed so that redaction removes it wherever it appears.",
  ),
];
