// Runs every test of ethers-instrumentation on the 3.x line of OpenTelemetry, under a Node that this line supports.
import { spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { findNode } from "./find_node.ts";
import { layOut } from "./lay_out.ts";

const app = fileURLToPath(new URL("..", import.meta.url));
const require = createRequire(import.meta.url);

const node = findNode();
if (node === undefined) {
  const text = `no Node 22.15 or newer for ${process.platform}-${process.arch}: the 3.x line of OpenTelemetry is not tested`;
  console.log(`skipped: ${text}`);
  process.exitCode = process.env.DCMX_REQUIRE_SERVERS === "1" ? 1 : 0;
} else {
  process.exitCode = run(node);
}

function run(node: string): number {
  const folder = layOut("ethers-instrumentation");
  const vitest = join(dirname(require.resolve("vitest/package.json")), "vitest.mjs");
  const config = fileURLToPath(new URL("../../../scripts/vitest.config.ts", import.meta.url));
  const args = [vitest, "run", "--root", folder, "--config", config];
  // Whatever starts `node` by its name gets this one, too.
  const PATH = `${dirname(node)}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}`;
  const { status } = spawnSync(node, [...args, ...process.argv.slice(2)], {
    cwd: folder,
    stdio: "inherit",
    env: { ...process.env, PATH, CI: "true" },
  });
  if (process.argv.length > 2) return status ?? 1;
  // Counted by `npm test`, also when turbo replays this run.
  cpSync(join(folder, ".results"), join(app, ".results"), { recursive: true });
  if (status !== 0) return status ?? 1;
  const missing = filesNotRun(folder);
  if (missing.length > 0) console.error(`These test files were not run: ${missing.join(", ")}`);
  return missing.length === 0 ? 0 : 1;
}

/** A file that a pattern has left out would otherwise count as one that has passed. */
function filesNotRun(folder: string): string[] {
  const results = readFileSync(join(folder, ".results/vitest.json"), "utf8");
  const { testResults }: { testResults: { name: string }[] } = JSON.parse(results);
  const run = new Set(testResults.map(({ name }) => relative(folder, name)));
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".test.ts") && !run.has(file),
  );
}
