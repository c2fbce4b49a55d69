import { Deployment } from "kubernetes-models/apps/v1/Deployment";
import { StatefulSet } from "kubernetes-models/apps/v1/StatefulSet";
import { HorizontalPodAutoscaler } from "kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler";
import { NetworkPolicy } from "kubernetes-models/networking.k8s.io/v1/NetworkPolicy";
import { PodDisruptionBudget } from "kubernetes-models/policy/v1/PodDisruptionBudget";
import { Role } from "kubernetes-models/rbac.authorization.k8s.io/v1/Role";
import { RoleBinding } from "kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding";
import { ConfigMap } from "kubernetes-models/v1/ConfigMap";
import { Namespace } from "kubernetes-models/v1/Namespace";
import { PersistentVolumeClaim } from "kubernetes-models/v1/PersistentVolumeClaim";
import { Service } from "kubernetes-models/v1/Service";
import { ServiceAccount } from "kubernetes-models/v1/ServiceAccount";

/** A Kubernetes object, as much of it as every kind has. */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Record<string, string>;
  };
  readonly spec?: unknown;
  readonly data?: Record<string, string>;
}

/**
 * What is wrong with an object of a kind that is built into Kubernetes: violations of its schema, and keys that the
 * schema does not know. The library finds the former only; the latter are the keys that its validator never reads.
 */
export function objectProblems(object: KubernetesObject): readonly string[] {
  const read = new Set<string>();
  try {
    // Not through `new Model()`: its constructor copies, and so reads, every key.
    Reflect.apply(modelOf(object).prototype.validate, watched(object, "", read), []);
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
  const unknown = pathsOf(object, "").filter((path) => !read.has(path));
  return unknown.map((path) => `unknown key ${path}`);
}

interface ModelClass {
  readonly prototype: { validate(): void };
}

/** The built-in kinds that infra/kubernetes uses. */
const MODELS: Readonly<Record<string, ModelClass>> = {
  "apps/v1 Deployment": Deployment,
  "apps/v1 StatefulSet": StatefulSet,
  "autoscaling/v2 HorizontalPodAutoscaler": HorizontalPodAutoscaler,
  "networking.k8s.io/v1 NetworkPolicy": NetworkPolicy,
  "policy/v1 PodDisruptionBudget": PodDisruptionBudget,
  "rbac.authorization.k8s.io/v1 Role": Role,
  "rbac.authorization.k8s.io/v1 RoleBinding": RoleBinding,
  "v1 ConfigMap": ConfigMap,
  "v1 Namespace": Namespace,
  "v1 PersistentVolumeClaim": PersistentVolumeClaim,
  "v1 Service": Service,
  "v1 ServiceAccount": ServiceAccount,
};

function modelOf({ apiVersion, kind }: KubernetesObject): ModelClass {
  const Model = MODELS[`${apiVersion} ${kind}`];
  if (Model === undefined)
    throw new RangeError(`Cannot validate ${apiVersion} ${kind} as no model of it is listed`);
  return Model;
}

/** The same value, but reading a key of it is noted. */
function watched<T>(value: T, path: string, read: Set<string>): T {
  if (typeof value !== "object" || value === null) return value;
  return new Proxy(value, {
    get(target, key, receiver) {
      const found: unknown = Reflect.get(target, key, receiver);
      if (typeof key === "symbol" || !Object.hasOwn(target, key)) return found;
      read.add(`${path}/${key}`);
      return watched(found, `${path}/${key}`, read);
    },
  });
}

function pathsOf(value: unknown, path: string): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [
    `${path}/${key}`,
    ...pathsOf(inner, `${path}/${key}`),
  ]);
}
