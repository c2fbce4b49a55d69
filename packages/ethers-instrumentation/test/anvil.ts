import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export { ACCOUNTS } from "./accounts.ts";

/** A real node for tests, on a free port of the loopback. */
export interface Anvil {
  readonly url: string;
  readonly webSocketUrl: string;
  /** Sends a JSON-RPC call past ethers and past the instrumentation. */
  rpc(method: string, ...params: readonly unknown[]): Promise<unknown>;
  stop(): Promise<void>;
}

/** Starts anvil and waits until it listens. Blocks are mined with each transaction unless `args` say otherwise. */
export async function startAnvil(...args: readonly string[]): Promise<Anvil> {
  const child = spawn(anvilBinary(), ["--port", "0", "--host", "127.0.0.1", "--threads", "1", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const address = await listening(child);
  const url = `http://${address}`;
  let id = 0;
  return {
    url,
    webSocketUrl: `ws://${address}`,
    async rpc(method, ...params) {
      const body = JSON.stringify({ jsonrpc: "2.0", id: ++id, method, params });
      const headers = { "content-type": "application/json" };
      const response = await fetch(url, { method: "POST", headers, body });
      const answer: unknown = await response.json();
      if (typeof answer !== "object" || answer === null || !("result" in answer)) {
        throw new Error(`${method} failed: ${JSON.stringify(answer)}`);
      }
      return answer.result;
    },
    async stop() {
      // Nothing waits for the end: the signal cannot be refused, and the port is never used again.
      child.stdout.destroy();
      child.kill("SIGKILL");
      child.unref();
    },
  };
}

/** The binary of the platform's package; the install script that would link it does not run. */
function anvilBinary(): string {
  const require = createRequire(import.meta.url);
  const anvil = createRequire(require.resolve("@foundry-rs/anvil/package.json"));
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  const manifest = anvil.resolve(`@foundry-rs/anvil-${process.platform}-${arch}/package.json`);
  return join(dirname(manifest), "bin", process.platform === "win32" ? "anvil.exe" : "anvil");
}

function listening(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let output = "";
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`anvil ended with ${code}: ${output}`)));
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const address = /Listening on (\S+)/.exec(output)?.[1];
      if (address === undefined) return;
      child.removeAllListeners("exit");
      resolve(address);
    });
  });
}
