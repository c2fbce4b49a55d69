import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Identifier of the token within its contract, as a decimal or hexadecimal string. */
export const ATTR_NFT_TOKEN_ID = "nft.token_id" as const;

/** Number of the edition of the token. */
export const ATTR_NFT_EDITION = "nft.edition" as const;

/** Stage of the token. */
export const ATTR_NFT_STATUS = "nft.status" as const;

/** Outcome of the watermark check. */
export const ATTR_WATERMARK_STATUS = "watermark.status" as const;

/** Whether the watermark is valid. */
export const ATTR_WATERMARK_VALID = "watermark.valid" as const;

/** Confidence of the watermark check, 0 to 1. */
export const ATTR_WATERMARK_CONFIDENCE = "watermark.confidence" as const;

/** Whether the watermark was tampered with. */
export const ATTR_WATERMARK_TAMPERED = "watermark.tampered" as const;

/** Whether the zero-knowledge proof is valid. */
export const ATTR_PROOF_VALID = "proof.valid" as const;

/** Definitions of the attributes of tokens, watermarks and proofs. */
export const NFT_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_NFT_TOKEN_ID,
    "string",
    "high",
    "public",
    "stable",
    "guide",
    "Identifier of the token within its contract, as a decimal or hexadecimal string.",
  ),
  defineAttribute(
    ATTR_NFT_EDITION,
    "int",
    "high",
    "public",
    "stable",
    "guide",
    "Number of the edition of the token.",
  ),
  defineAttribute(ATTR_NFT_STATUS, "string", "fixed", "public", "stable", "guide", "Stage of the token.", {
    values: ["pending", "minted", "transferred", "burned", "failed"],
  }),
  defineAttribute(
    ATTR_WATERMARK_STATUS,
    "string",
    "fixed",
    "public",
    "stable",
    "guide",
    "Outcome of the watermark check.",
    { values: ["valid", "invalid", "missing"] },
  ),
  defineAttribute(
    ATTR_WATERMARK_VALID,
    "boolean",
    "fixed",
    "public",
    "stable",
    "guide",
    "Whether the watermark is valid.",
  ),
  defineAttribute(
    ATTR_WATERMARK_CONFIDENCE,
    "double",
    "high",
    "public",
    "stable",
    "guide",
    "Confidence of the watermark check, 0 to 1.",
  ),
  defineAttribute(
    ATTR_WATERMARK_TAMPERED,
    "boolean",
    "fixed",
    "public",
    "stable",
    "guide",
    "Whether the watermark was tampered with.",
  ),
  defineAttribute(
    ATTR_PROOF_VALID,
    "boolean",
    "fixed",
    "public",
    "stable",
    "guide",
    "Whether the zero-knowledge proof is valid.",
  ),
];
