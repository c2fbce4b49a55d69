import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Logical name of the service. */
export const ATTR_SERVICE_NAME = "service.name" as const;

/** Namespace of the service name. */
export const ATTR_SERVICE_NAMESPACE = "service.namespace" as const;

/** Version of the service. */
export const ATTR_SERVICE_VERSION = "service.version" as const;

/** Identifier of the instance of the service. */
export const ATTR_SERVICE_INSTANCE_ID = "service.instance.id" as const;

/** Name of the environment, for example production. */
export const ATTR_DEPLOYMENT_ENVIRONMENT_NAME = "deployment.environment.name" as const;

/** Region in which the process runs. */
export const ATTR_CLOUD_REGION = "cloud.region" as const;

/** Definitions of the attributes of the process and where it runs. */
export const RESOURCE_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_SERVICE_NAME,
    "string",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Logical name of the service.",
  ),
  defineAttribute(
    ATTR_SERVICE_NAMESPACE,
    "string",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Namespace of the service name.",
  ),
  defineAttribute(
    ATTR_SERVICE_VERSION,
    "string",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Version of the service.",
  ),
  defineAttribute(
    ATTR_SERVICE_INSTANCE_ID,
    "string",
    "high",
    "public",
    "stable",
    "opentelemetry",
    "Identifier of the instance of the service.",
  ),
  defineAttribute(
    ATTR_DEPLOYMENT_ENVIRONMENT_NAME,
    "string",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Name of the environment, for example production.",
  ),
  defineAttribute(
    ATTR_CLOUD_REGION,
    "string",
    "low",
    "public",
    "stable",
    "opentelemetry",
    "Region in which the process runs.",
  ),
];
