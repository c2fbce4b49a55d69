import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { arch, hostname, platform, release } from "node:os";
import { basename } from "node:path";
import type { Environment } from "../config/_read_settings.ts";

/** Facts about this process. All are read at once: nothing here may wait. */
export type Facts = Record<string, string | number | boolean>;

/** Reads a small file, or undefined when that is not possible. */
export type ReadFile = (path: string) => string | undefined;

/** https://opentelemetry.io/docs/specs/semconv/resource/host/ */
export function hostFacts(): Facts {
  return { "host.name": hostname(), "host.arch": hostArch(arch()) };
}

/** https://opentelemetry.io/docs/specs/semconv/resource/os/ */
export function osFacts(): Facts {
  const type = platform() === "win32" ? "windows" : platform();
  return { "os.type": type, "os.version": release() };
}

/**
 * https://opentelemetry.io/docs/specs/semconv/resource/process/ without the command line and its arguments, which
 * often hold passwords, and without the user's name.
 */
export function processFacts(): Facts {
  return {
    "process.pid": process.pid,
    "process.executable.name": basename(process.execPath),
    "process.runtime.name": "nodejs",
    "process.runtime.version": process.versions.node,
  };
}

/** The container's id, from the control group or the mounts that Docker, containerd and Podman leave. */
export function containerFacts(read: ReadFile = readSmallFile): Facts {
  const fromGroup = /(?:^|[/:-])([0-9a-f]{64})(?:\.scope)?$/m.exec(read("/proc/self/cgroup") ?? "")?.[1];
  const mounts = read("/proc/self/mountinfo") ?? "";
  const fromMounts = /\/(?:containers|overlay-containers|sandboxes)\/([0-9a-f]{64})\//.exec(mounts)?.[1];
  const id = fromGroup ?? fromMounts;
  return id === undefined ? {} : { "container.id": id };
}

/** What Kubernetes tells a pod by itself, and what the downward API commonly puts into variables. */
export function kubernetesFacts(env: Environment = process.env, read: ReadFile = readSmallFile): Facts {
  if (env.KUBERNETES_SERVICE_HOST === undefined) return {};
  const namespace =
    first(env, "K8S_NAMESPACE_NAME", "POD_NAMESPACE", "K8S_NAMESPACE") ??
    read("/var/run/secrets/kubernetes.io/serviceaccount/namespace")?.trim();
  return defined({
    "k8s.namespace.name": namespace,
    // In a pod the host name is the pod's name, unless the pod uses the node's network.
    "k8s.pod.name": first(env, "K8S_POD_NAME", "POD_NAME", "HOSTNAME"),
    "k8s.pod.uid": first(env, "K8S_POD_UID", "POD_UID"),
    "k8s.node.name": first(env, "K8S_NODE_NAME", "NODE_NAME"),
    "k8s.deployment.name": first(env, "K8S_DEPLOYMENT_NAME"),
    "k8s.container.name": first(env, "K8S_CONTAINER_NAME", "CONTAINER_NAME"),
  });
}

/** A fresh identity of this process. */
export function newInstanceId(): string {
  return randomUUID();
}

function hostArch(name: string): string {
  const known: Record<string, string> = { x64: "amd64", ia32: "x86", arm: "arm32", ppc: "ppc32" };
  return known[name] ?? name;
}

function first(env: Environment, ...names: string[]): string | undefined {
  return names.map((name) => env[name]).find((value) => value !== undefined && value !== "");
}

function defined(facts: Record<string, string | undefined>): Facts {
  return Object.fromEntries(
    Object.entries(facts).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== "",
    ),
  );
}

function readSmallFile(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined; // not on Linux, not in a container, or not allowed: then the fact is not known
  }
}
