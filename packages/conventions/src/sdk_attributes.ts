import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Name of the telemetry SDK. */
export const ATTR_TELEMETRY_SDK_NAME = "telemetry.sdk.name" as const;

/** Language of the telemetry SDK. */
export const ATTR_TELEMETRY_SDK_LANGUAGE = "telemetry.sdk.language" as const;

/** Version of the telemetry SDK. */
export const ATTR_TELEMETRY_SDK_VERSION = "telemetry.sdk.version" as const;

/** Name of the distribution; dcmx-tracing here. */
export const ATTR_TELEMETRY_DISTRO_NAME = "telemetry.distro.name" as const;

/** Version of the distribution. */
export const ATTR_TELEMETRY_DISTRO_VERSION = "telemetry.distro.version" as const;

/** Definitions of the attributes of the telemetry SDK. */
export const SDK_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_TELEMETRY_SDK_NAME,
    "string",
    "fixed",
    "public",
    "stable",
    "opentelemetry",
    "Name of the telemetry SDK.",
  ),
  defineAttribute(
    ATTR_TELEMETRY_SDK_LANGUAGE,
    "string",
    "fixed",
    "public",
    "stable",
    "opentelemetry",
    "Language of the telemetry SDK.",
  ),
  defineAttribute(
    ATTR_TELEMETRY_SDK_VERSION,
    "string",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Version of the telemetry SDK.",
  ),
  defineAttribute(
    ATTR_TELEMETRY_DISTRO_NAME,
    "string",
    "fixed",
    "public",
    "stable",
    "opentelemetry",
    "Name of the distribution; dcmx-tracing here.",
  ),
  defineAttribute(
    ATTR_TELEMETRY_DISTRO_VERSION,
    "string",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Version of the distribution.",
  ),
];
