import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const app = fileURLToPath(new URL("..", import.meta.url));
const work = join(app, ".work");

/**
 * Copies a package of this workspace, and those that it imports, to where the dependencies of this app are found first.
 *
 * Node, the test runner, bundlers and loader hooks then resolve `@opentelemetry/*` to the 3.x line by themselves, in
 * child processes as well: no alias that could silently fail, and nothing between the loader and the hooks under test.
 *
 * @param folder Name of the package's folder.
 * @returns The folder of its copy, with the tests of `proof` in it.
 * @throws Error if a package of OpenTelemetry is needed that this app does not have.
 */
export function layOut(folder: string): string {
  rmSync(work, { recursive: true, force: true });
  const copy = join(work, "packages", folder);
  link(join(app, "sdk_trace_base"), "@opentelemetry/sdk-trace-base");
  for (const name of copyWithDependencies(folder))
    link(join(work, "packages", name), `@dcmx-tracing/${name}`);
  cpSync(join(root, "tsconfig.base.json"), join(work, "tsconfig.base.json"));
  cpSync(join(app, "proof"), join(copy, "proof"), { recursive: true });
  writeFileSync(join(work, "package.json"), '{ "private": true, "type": "module" }\n');
  // The other runtimes are where the tests look for them, and take the packages from these folders as well.
  writeFileSync(join(work, "deno.json"), '{ "nodeModulesDir": "manual", "lock": false }\n');
  link(join(root, "node_modules/.bin"), ".bin");
  return copy;
}

/** Copies the package and all of ours that it needs, for its tests too; returns their names. */
function copyWithDependencies(folder: string): Set<string> {
  const found = new Set([folder]);
  // A set hands out what is added while it is walked.
  for (const name of found) {
    const original = join(root, "packages", name);
    cpSync(original, join(work, "packages", name), { recursive: true, filter: isSource });
    const manifest = JSON.parse(readFileSync(join(original, "package.json"), "utf8"));
    for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
      if (dependency.startsWith("@dcmx-tracing/")) found.add(dependency.slice("@dcmx-tracing/".length));
      else provide(dependency, original);
    }
  }
  return found;
}

/** What this app has is found by itself; all but OpenTelemetry is otherwise taken from where the package has it. */
function provide(dependency: string, original: string): void {
  const places = [join(app, "node_modules", dependency), join(work, "node_modules", dependency)];
  if (places.some((place) => existsSync(place))) return;
  if (dependency.startsWith("@opentelemetry/"))
    throw new Error(`Cannot test on the 3.x line as apps/next-line has no ${dependency}`);
  link(join(original, "node_modules", dependency), dependency);
}

function link(target: string, name: string): void {
  const path = join(work, "node_modules", name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(realpathSync(target), path, "junction");
}

function isSource(path: string): boolean {
  return !/[\\/](node_modules|dist|coverage|\.turbo|\.results|deno\.json)$/.test(path);
}
