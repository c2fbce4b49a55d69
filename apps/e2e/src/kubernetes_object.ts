import { createRequire } from "node:module";

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

const load = createRequire(import.meta.url);

function modelOf({ apiVersion, kind }: KubernetesObject): ModelClass {
  const module = load(`kubernetes-models/${apiVersion}/${kind}`) as Record<string, ModelClass | undefined>; // its documented form
  const Model = module[kind];
  if (Model === undefined)
    throw new RangeError(`Cannot validate ${apiVersion} ${kind} as it is not built in`);
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
