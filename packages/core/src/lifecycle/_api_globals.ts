import { createRequire } from "node:module";
import { sep } from "node:path";

/** What the OpenTelemetry API keeps in its global place, shared by all copies of its 1.x line. */
export interface ApiGlobals {
  readonly version?: string;
  readonly trace?: object;
  readonly context?: object;
  readonly propagation?: object;
  readonly diag?: object;
  readonly metrics?: object;
}

// Every 1.x copy of the API uses this key, or copies could not share a provider.
const API_KEY = Symbol.for("opentelemetry.js.api.1");

/** The registrations of the OpenTelemetry API, of whichever copy made them. */
export function apiGlobals(): ApiGlobals {
  // The global object has no index signature for symbols; the value is only read through the optional fields above.
  return (globalThis as unknown as { readonly [API_KEY]?: ApiGlobals })[API_KEY] ?? {};
}

/** A copy of `@opentelemetry/api` that this process has loaded. */
export interface ApiCopy {
  /** Folder of the package. */
  readonly path: string;
  readonly version: string;
}

/**
 * The copies of `@opentelemetry/api` that are loaded now, found by their files. The API is CommonJS in Node, so its
 * files are in the module cache however it was imported. A bundled copy cannot be seen.
 */
export function loadedApiCopies(): ApiCopy[] {
  const localRequire = createRequire(import.meta.url);
  const marker = ["", "@opentelemetry", "api", "build", ""].join(sep);
  const folders = new Set<string>();
  for (const file of Object.keys(localRequire.cache)) {
    const at = file.lastIndexOf(marker);
    if (at >= 0) folders.add(file.slice(0, at + marker.length - "build".length - 2 * sep.length));
  }
  return [...folders].sort().map((path) => ({ path, version: versionOf(localRequire, path) }));
}

function versionOf(load: NodeJS.Require, folder: string): string {
  try {
    // package.json is not in the API's exports, so it is read by its path.
    const manifest: unknown = load(`${folder}${sep}package.json`);
    const version =
      typeof manifest === "object" && manifest !== null ? Reflect.get(manifest, "version") : undefined;
    return typeof version === "string" ? version : "unknown";
  } catch {
    return "unknown"; // a copy whose package.json was stripped, as some images do
  }
}

/**
 * Whether a copy of the API can use a provider that another copy registered.
 *
 * The API's rule: same major version, and a minor version that is not newer than the registered one.
 *
 * @param copy Version of the copy.
 * @param registered Version of the copy that registered the provider.
 */
export function apiCanUse(copy: string, registered: string): boolean {
  const [major, minor] = copy.split(".").map(Number);
  const [registeredMajor, registeredMinor] = registered.split(".").map(Number);
  if (copy === registered) return true;
  if (major === undefined || minor === undefined || registeredMinor === undefined) return false;
  return major === registeredMajor && minor <= registeredMinor;
}
