import { type ChildProcess, spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** A real node for tests, on a free port of the loopback. */
export interface Anvil {
  readonly url: string;
  readonly webSocketUrl: string;
  /** Sends a JSON-RPC call past ethers and past the instrumentation. */
  rpc(method: string, ...params: readonly unknown[]): Promise<unknown>;
  stop(): Promise<void>;
}

/** The first two accounts of anvil's well-known test mnemonic. */
export const ACCOUNTS: readonly { readonly address: string; readonly key: string }[] = [
  {
    address: "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
    key: "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
  },
  {
    address: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    key: "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
  },
];

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
  const here = createRequire(import.meta.url);
  const anvil = createRequire(here.resolve("@foundry-rs/anvil/package.json"));
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
