// Installs the dependencies with the pinned pnpm when they are missing or not those of the lockfile.
// It needs Node and npm only, so that `npm test` and `npm run demo` work as the first command of a fresh clone.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`DCMX Tracing needs Node 20.19 or newer: this is ${process.version}.`);
  process.exit(1);
}

const stamp = `${root}node_modules/.setup`;
const wanted = createHash("sha256")
  .update(readFileSync(`${root}pnpm-lock.yaml`))
  .digest("hex");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  console.log(`Installing the dependencies with ${packageManager} ...`);
  const args = ["-y", packageManager, "install", "--frozen-lockfile", "--reporter=append-only"];
  const run = spawnSync("npx", args, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
  if (run.status !== 0) {
    console.error(run.stdout, run.stderr, run.error ?? "");
    console.error(`The installation failed. Try it by hand: npx -y ${packageManager} install`);
    process.exit(run.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}
