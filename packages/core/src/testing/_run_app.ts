/**
 * Runs a TypeScript file as a child process.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** How a child process ended. */
export interface AppResult {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/** A running child. */
export interface RunningApp {
  readonly child: ChildProcess;
  readonly result: Promise<AppResult>;
  /** Resolves with standard output when it holds a text. */
  said(text: string): Promise<string>;
}

/**
 * Starts `node --import tsx FILE`.
 *
 * @param file The file beside this one, or a URL.
 * @param env Variables on top of PATH and HOME; nothing else of the parent's environment is passed on.
 * @param nodeOptions Options of node before the file.
 * @param args Arguments behind the file.
 */
export function runApp(
  file: string | URL,
  env: Readonly<Record<string, string>> = {},
  nodeOptions: readonly string[] = ["--import", "tsx"],
  args: readonly string[] = [],
): RunningApp {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const { PATH = "", HOME = "" } = process.env;
  const start = performance.now();
  const child = spawn(process.execPath, [...nodeOptions, path, ...args], {
    env: { PATH, HOME, ...env },
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
  });
  let stdout = "";
  let stderr = "";
  const waiting = new Set<() => void>();
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
    for (const check of waiting) check();
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  const result = new Promise<AppResult>((resolve) => {
    child.on("close", (code, signal) => {
      resolve({ code, signal, stdout, stderr, durationMs: performance.now() - start });
    });
  });
  const said = (text: string): Promise<string> =>
    new Promise((resolve, reject) => {
      const check = (): void => {
        if (stdout.includes(text)) resolve(stdout);
      };
      waiting.add(check);
      check();
      child.on("close", () => reject(new Error(`ended without saying ${text}: ${stdout}${stderr}`)));
    });
  return { child, result, said };
}
