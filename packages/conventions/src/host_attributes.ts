import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Name of the host. */
export const ATTR_HOST_NAME = "host.name" as const;

/** Identifier of the host. */
export const ATTR_HOST_ID = "host.id" as const;

/** Architecture of the processor. */
export const ATTR_HOST_ARCH = "host.arch" as const;

/** Operating system. */
export const ATTR_OS_TYPE = "os.type" as const;

/** Version of the operating system. */
export const ATTR_OS_VERSION = "os.version" as const;

/** Identifier of the container. */
export const ATTR_CONTAINER_ID = "container.id" as const;

/** Definitions of the attributes of hosts and containers. */
export const HOST_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_HOST_NAME,
    "string",
    "high",
    "public",
    "development",
    "opentelemetry",
    "Name of the host.",
  ),
  defineAttribute(
    ATTR_HOST_ID,
    "string",
    "high",
    "public",
    "development",
    "opentelemetry",
    "Identifier of the host.",
  ),
  defineAttribute(
    ATTR_HOST_ARCH,
    "string",
    "fixed",
    "public",
    "development",
    "opentelemetry",
    "Architecture of the processor.",
  ),
  defineAttribute(
    ATTR_OS_TYPE,
    "string",
    "fixed",
    "public",
    "development",
    "opentelemetry",
    "Operating system.",
  ),
  defineAttribute(
    ATTR_OS_VERSION,
    "string",
    "low",
    "public",
    "development",
    "opentelemetry",
    "Version of the operating system.",
  ),
  defineAttribute(
    ATTR_CONTAINER_ID,
    "string",
    "high",
    "public",
    "development",
    "opentelemetry",
    "Identifier of the container.",
  ),
];
