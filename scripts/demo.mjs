// Starts the demo of apps/examples from its sources, with the arguments of the command line: no build, no network.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath, pathToFileURL } from "node:url";

const app = new URL("../apps/examples/", import.meta.url);
const require = createRequire(new URL("package.json", app));
const tsx = pathToFileURL(require.resolve("tsx")).href;
const main = fileURLToPath(new URL("src/main.ts", app));
const args = ["--import", tsx, main, ...process.argv.slice(2)];
const child = spawn(process.execPath, args, { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === "SIGINT" ? 130 : 1);
});
