import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { PROBE_FILE_VARIABLE } from "./_doctor_probe.ts";
import type { ProcessFacts } from "./_process_findings.ts";

/** What came of running the application. */
export interface WatchedProcess {
  readonly facts: ProcessFacts | undefined;
  readonly exit: string;
}

/**
 * Runs the application with a probe in it, until it ends by itself or a signal ends it.
 *
 * @param command The command and its arguments; every Node process below it is probed, the first to end tells.
 */
export async function watchProcess(command: readonly [string, ...string[]]): Promise<WatchedProcess> {
  const folder = await mkdtemp(join(tmpdir(), "dcmx-doctor-"));
  const file = join(folder, "facts.json");
  try {
    const [name, ...args] = command;
    const options = [process.env.NODE_OPTIONS, ...probeOptions()].filter(Boolean).join(" ");
    const child = spawn(name, args, {
      stdio: ["inherit", 2, "inherit"], // standard output belongs to the report
      env: { ...process.env, NODE_OPTIONS: options, [PROBE_FILE_VARIABLE]: file },
    });
    const forward = (signal: NodeJS.Signals): void => void child.kill(signal);
    process.on("SIGINT", forward).on("SIGTERM", forward);
    const exit = await new Promise<string>((resolve) => {
      child.on("error", (error) => resolve(error.message));
      child.on("close", (code, signal) => resolve(signal === null ? `exit ${code}` : `signal ${signal}`));
    });
    process.removeListener("SIGINT", forward).removeListener("SIGTERM", forward);
    return { exit, facts: await readFacts(file) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function probeOptions(): string[] {
  const own = fileURLToPath(import.meta.url);
  const extension = own.slice(own.lastIndexOf("."));
  const probe = pathToFileURL(join(own, "..", `_doctor_probe${extension}`)).href;
  // Sources (.ts) are run by a loader that the parent was given; it must be there before the probe.
  const loaders = extension === ".ts" ? process.execArgv.filter((item) => item !== "") : [];
  return [...loaders, extension === ".cjs" ? `--require=${fileURLToPath(probe)}` : `--import=${probe}`];
}

async function readFacts(file: string): Promise<ProcessFacts | undefined> {
  try {
    // written by our own probe, in the same version
    return JSON.parse(await readFile(file, "utf8")) as ProcessFacts;
  } catch {
    return undefined; // the command was no Node process, or was killed before it could write
  }
}
