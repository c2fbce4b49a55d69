import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** A server program, or why its tests are skipped. */
export interface FoundServer {
  readonly path: string;
  /** For `test.skipIf`. */
  readonly missing: boolean;
}

/**
 * Looks for a server on PATH and in the Go folder. A missing one is said in one line; with DCMX_REQUIRE_SERVERS=1,
 * as in CI, it is an error instead.
 */
export function findServer(name: string): FoundServer {
  const folders = [...(process.env.PATH ?? "").split(delimiter), goBin()];
  const path = folders.map((folder) => join(folder, name)).find(isExecutable);
  if (path !== undefined) return { path, missing: false };
  if (process.env.DCMX_REQUIRE_SERVERS === "1") {
    throw new Error(
      `Cannot run the end-to-end tests as '${name}' is not installed and DCMX_REQUIRE_SERVERS is 1`,
    );
  }
  console.log(`skipped: ${name} is not installed, see .ci/run`);
  return { path: name, missing: true };
}

/** Runs a program to its end. */
export function runTool(
  path: string,
  args: readonly string[],
  cwd?: string,
): { status: number; output: string } {
  const result = spawnSync(path, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, CLICKHOUSE_PASSWORD: "test" },
  });
  return { status: result.status ?? 1, output: `${result.stdout}${result.stderr}` };
}

function goBin(): string {
  return join(process.env.GOPATH ?? join(homedir(), "go"), "bin");
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
