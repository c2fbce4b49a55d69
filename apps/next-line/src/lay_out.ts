import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
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
 */
export function layOut(folder: string): string {
  rmSync(work, { recursive: true, force: true });
  const scope = join(work, "node_modules/@dcmx-tracing");
  const sdk = join(work, "node_modules/@opentelemetry");
  mkdirSync(scope, { recursive: true });
  mkdirSync(sdk);
  for (const name of withDependencies(folder)) {
    const copy = join(work, "packages", name);
    cpSync(join(root, "packages", name), copy, { recursive: true, filter: isSource });
    symlinkSync(copy, join(scope, name), "junction");
  }
  symlinkSync(join(app, "sdk_trace_base"), join(sdk, "sdk-trace-base"), "junction");
  cpSync(join(root, "tsconfig.base.json"), join(work, "tsconfig.base.json"));
  writeFileSync(join(work, "package.json"), '{ "private": true, "type": "module" }\n');
  // The other runtimes are where the tests look for them, and take the packages from these folders as well.
  writeFileSync(join(work, "deno.json"), '{ "nodeModulesDir": "manual", "lock": false }\n');
  symlinkSync(join(root, "node_modules/.bin"), join(work, "node_modules/.bin"), "junction");
  const copy = join(work, "packages", folder);
  cpSync(join(app, "proof"), join(copy, "proof"), { recursive: true });
  return copy;
}

/** The package and all of ours that it needs, for its tests too. */
function withDependencies(folder: string): Set<string> {
  const found = new Set([folder]);
  // A set hands out what is added while it is walked.
  for (const name of found) {
    const manifest = JSON.parse(readFileSync(join(root, "packages", name, "package.json"), "utf8"));
    for (const dependency of Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })) {
      if (dependency.startsWith("@dcmx-tracing/")) found.add(dependency.slice("@dcmx-tracing/".length));
    }
  }
  return found;
}

function isSource(path: string): boolean {
  return !/[\\/](node_modules|dist|coverage|\.turbo|\.results|deno\.json)$/.test(path);
}
