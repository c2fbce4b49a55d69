import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real geth on a chain of its own. */
export interface Geth {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * The geth to test with: `GETH_BINARY`, or `geth` on the PATH. Versions before 1.17 cannot export spans.
 *
 * @returns Undefined when there is none.
 */
export function findGeth(): string | undefined {
  const binary = process.env.GETH_BINARY ?? "geth";
  const { stdout, status } = spawnSync(binary, ["version"], { encoding: "utf8" });
  const [, major, minor] = /^Version: (\d+)\.(\d+)/m.exec(stdout ?? "") ?? [];
  if (status !== 0 || major === undefined) return undefined;
  return Number(major) > 1 || Number(minor) >= 17 ? binary : undefined;
}

/** Starts geth in developer mode, exporting the spans of its JSON-RPC server to the given OTLP endpoint. */
export async function startGeth(binary: string, otlpUrl: string): Promise<Geth> {
  const folder = mkdtempSync(join(tmpdir(), "geth-"));
  const args = ["--dev", "--datadir", folder, "--ipcdisable", "--nodiscover", "--maxpeers", "0"];
  const http = [
    "--http",
    "--http.addr",
    "127.0.0.1",
    "--http.port",
    "0",
    "--authrpc.port",
    "0",
    "--port",
    "0",
  ];
  const telemetry = [
    "--rpc.telemetry",
    "--rpc.telemetry.endpoint",
    otlpUrl,
    "--rpc.telemetry.sample-ratio",
    "1",
  ];
  const child = spawn(binary, [...args, ...http, ...telemetry], { stdio: ["ignore", "ignore", "pipe"] });
  const url = await new Promise<string>((resolve, reject) => {
    let output = "";
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`geth ended with ${code}: ${output.slice(-2000)}`)));
    child.stderr.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      const endpoint = /HTTP server started\s+endpoint=(127\.0\.0\.1:\d+) auth=false/.exec(output)?.[1];
      if (endpoint !== undefined) resolve(`http://${endpoint}`);
    });
  });
  return {
    url,
    async stop() {
      child.removeAllListeners("exit");
      const gone = new Promise((resolve) => child.once("exit", resolve));
      // geth exports its last spans when it is asked to end.
      child.kill("SIGTERM");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
