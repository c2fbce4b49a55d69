import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";

/** A local chain that runs as a child process. */
export interface Anvil {
  /** The URL of its JSON-RPC endpoint, on a free port of the loopback interface. */
  readonly url: string;
  /** Ends the process; resolves when it is gone. */
  stop(): Promise<void>;
}

/**
 * Starts the anvil of the npm package on a free port. Its accounts are those of the development mnemonic, each with
 * 10,000 ETH; it mines a block for each transaction.
 *
 * @throws Error if the package has no binary for this platform, or anvil ends before it listens.
 */
export async function startAnvil(): Promise<Anvil> {
  const child = spawn(anvilBinary(), ["--host", "127.0.0.1", "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const kill = (): void => void child.kill("SIGKILL");
  process.once("exit", kill);
  const stop = async (): Promise<void> => {
    process.off("exit", kill);
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    await gone;
  };
  return { url: await listening(child), stop };
}

async function listening(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error("anvil has no output");
  for await (const line of createInterface({ input: child.stdout })) {
    const address = /^Listening on (\S+)$/.exec(line)?.[1];
    if (address !== undefined) {
      // What anvil prints later must be read, or it stops when the pipe is full.
      child.stdout.resume();
      return `http://${address}`;
    }
  }
  throw new Error("Cannot start anvil as it ended before it listened");
}

/** The binary lies in a package of its own for each platform, which the main package depends on. */
function anvilBinary(): string {
  const main = createRequire(import.meta.url).resolve("@foundry-rs/anvil/package.json");
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const name = `@foundry-rs/anvil-${process.platform}-${arch}`;
  try {
    const manifest = createRequire(main).resolve(`${name}/package.json`);
    return join(dirname(manifest), "bin", process.platform === "win32" ? "anvil.exe" : "anvil");
  } catch (cause) {
    throw new Error(`Cannot start anvil as ${name} is not installed: give the URL of a chain instead`, {
      cause,
    });
  }
}
