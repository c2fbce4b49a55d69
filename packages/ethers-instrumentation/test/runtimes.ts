import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** What a mint must be in every runtime. */
export const GOLDEN_MINT: string = fileURLToPath(new URL("golden/mint.txt", import.meta.url));

/** How a script of `fixtures` is started in a runtime. */
export interface Runtime {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
}

/** The Node that runs the tests. */
export const node: Runtime = { name: "Node", command: process.execPath, args: ["--import", "tsx"] };
export const deno: Runtime = { name: "Deno", command: bin("deno"), args: ["run", "-A"] };
export const bun: Runtime = { name: "Bun", command: bin("bun"), args: ["run"] };

/**
 * Whether a runtime of another package cannot be tested with.
 *
 * @throws Error if it is absent although everything must be here (`DCMX_REQUIRE_SERVERS=1`).
 */
export function isAbsent({ name, command }: Runtime): boolean {
  if (existsSync(command)) return false;
  if (process.env.DCMX_REQUIRE_SERVERS === "1") throw new Error(`Cannot test in ${name}: no ${command}`);
  return true;
}

/** The path of a script in `fixtures`. */
export function fixture(file: string): string {
  return fileURLToPath(new URL(`fixtures/${file}`, import.meta.url));
}

/** Runs a script in a process of its own and returns what it prints. */
export async function run(
  { command, args }: Pick<Runtime, "command" | "args">,
  script: string,
  scriptArgs: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const options = { cwd: root, env: { ...process.env, ...env } };
  return (await promisify(execFile)(command, [...args, script, ...scriptArgs], options)).stdout;
}

function bin(name: string): string {
  return join(root, "node_modules/.bin", name);
}
