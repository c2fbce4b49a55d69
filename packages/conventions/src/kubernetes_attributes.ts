import { defineAttribute } from "./_define_attribute.ts";
import type { AttributeDefinition } from "./attribute_definition.ts";

/** Namespace of the pod. */
export const ATTR_K8S_NAMESPACE_NAME = "k8s.namespace.name" as const;

/** Node on which the pod runs. */
export const ATTR_K8S_NODE_NAME = "k8s.node.name" as const;

/** Name of the pod. */
export const ATTR_K8S_POD_NAME = "k8s.pod.name" as const;

/** Identifier of the pod. */
export const ATTR_K8S_POD_UID = "k8s.pod.uid" as const;

/** Name of the container in the pod. */
export const ATTR_K8S_CONTAINER_NAME = "k8s.container.name" as const;

/** Name of the deployment. */
export const ATTR_K8S_DEPLOYMENT_NAME = "k8s.deployment.name" as const;

/** Definitions of the attributes of Kubernetes. */
export const KUBERNETES_ATTRIBUTES: readonly AttributeDefinition[] = [
  defineAttribute(
    ATTR_K8S_NAMESPACE_NAME,
    "string",
    "low",
    "public",
    "development",
    "opentelemetry",
    "Namespace of the pod.",
  ),
  defineAttribute(
    ATTR_K8S_NODE_NAME,
    "string",
    "low",
    "public",
    "development",
    "opentelemetry",
    "Node on which the pod runs.",
  ),
  defineAttribute(
    ATTR_K8S_POD_NAME,
    "string",
    "high",
    "public",
    "development",
    "opentelemetry",
    "Name of the pod.",
  ),
  defineAttribute(
    ATTR_K8S_POD_UID,
    "string",
    "high",
    "public",
    "development",
    "opentelemetry",
    "Identifier of the pod.",
  ),
  defineAttribute(
    ATTR_K8S_CONTAINER_NAME,
    "string",
    "low",
    "public",
    "development",
    "opentelemetry",
    "Name of the container in the pod.",
  ),
  defineAttribute(
    ATTR_K8S_DEPLOYMENT_NAME,
    "string",
    "low",
    "public",
    "development",
    "opentelemetry",
    "Name of the deployment.",
  ),
];
