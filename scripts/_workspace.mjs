// What the scripts share: where the repository is, which packages it holds, and how to run a command.
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The repository's folder, with a slash at its end. */
export const root = fileURLToPath(new URL("..", import.meta.url));

/** Reads a JSON file, named from the root. */
export function readJson(file) {
  return JSON.parse(readFileSync(root + file, "utf8"));
}

/** The published packages, by folder name: `{ folder, path, manifest }`. */
export function packages() {
  return folders("packages");
}

/** The private apps, in the same form. */
export function apps() {
  return folders("apps");
}

/** Every file below a folder (named from the root) whose path the test accepts, sorted. */
export function filesBelow(folder, accept) {
  return readdirSync(root + folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `${entry.parentPath.slice(root.length)}/${entry.name}`)
    .filter(
      (file) => !/(^|\/)(node_modules|dist|coverage|\.turbo|\.results|\.work)\//.test(file) && accept(file),
    )
    .sort();
}

/** The TypeScript sources of a package or app that are shipped or run: no tests, no test helpers. */
export function sourceFiles(path) {
  return filesBelow(`${path}/src`, (file) => file.endsWith(".ts") && !isTestFile(file));
}

/** Tests, their helpers and fixtures: they may import what the package itself may not. */
export function isTestFile(file) {
  return /\.test(-d)?\.ts$|\/src\/(?:.*\/)?(testing|fixtures)\//.test(file);
}

/** Runs a command in a folder, gathers what it prints. */
export function run(command, args, options = {}) {
  const stdio = ["ignore", "pipe", "pipe"];
  const result = spawnSync(command, args, {
    cwd: root,
    stdio,
    encoding: "utf8",
    maxBuffer: 1 << 28,
    ...options,
  });
  const output = `${result.stdout ?? ""}${result.stderr ?? ""}${result.error ? `\n${result.error.message}` : ""}`;
  return { ok: result.status === 0, status: result.status, stdout: result.stdout ?? "", output };
}

function folders(parent) {
  return readdirSync(root + parent, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort()
    .flatMap((folder) => {
      const path = `${parent}/${folder}`;
      try {
        return [{ folder, path, manifest: readJson(`${path}/package.json`) }];
      } catch {
        return []; // a folder without a manifest, for example one that holds only a build
      }
    });
}
