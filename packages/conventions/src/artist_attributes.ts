import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Identifier of the artist on the platform. */
export const ATTR_ARTIST_ID = "artist.id" as const;

/** Whether the artist has passed identity verification. */
export const ATTR_ARTIST_VERIFIED = "artist.verified" as const;

/** Level of the know-your-customer check that the artist has passed. */
export const ATTR_ARTIST_KYC_LEVEL = "artist.kyc_level" as const;

/** Outcome of an identity verification. */
export const ATTR_VERIFICATION_STATUS = "verification.status" as const;

/** Identifier of a badge that was awarded. */
export const ATTR_BADGE_ID = "badge.id" as const;

/** Identifier of the user on whose behalf the operation runs. */
export const ATTR_USER_ID = "user.id" as const;

/** Definitions of the attributes of artists, their verification and their badges. */
export const ARTIST_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_ARTIST_ID,
    "string",
    "high",
    "personal",
    "stable",
    "guide",
    "Identifier of the artist on the platform.",
  ),
  defineAttribute(
    ATTR_ARTIST_VERIFIED,
    "boolean",
    "fixed",
    "public",
    "stable",
    "guide",
    "Whether the artist has passed identity verification.",
  ),
  defineAttribute(
    ATTR_ARTIST_KYC_LEVEL,
    "int",
    "fixed",
    "personal",
    "stable",
    "guide",
    "Level of the know-your-customer check that the artist has passed.",
  ),
  defineAttribute(
    ATTR_VERIFICATION_STATUS,
    "string",
    "fixed",
    "public",
    "stable",
    "guide",
    "Outcome of an identity verification.",
    { values: ["verified", "failed", "pending"] },
  ),
  defineAttribute(
    ATTR_BADGE_ID,
    "string",
    "high",
    "public",
    "stable",
    "guide",
    "Identifier of a badge that was awarded.",
  ),
  defineAttribute(
    ATTR_USER_ID,
    "string",
    "high",
    "personal",
    "stable",
    "opentelemetry",
    "Identifier of the user on whose behalf the operation runs.",
  ),
];
