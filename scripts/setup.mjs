// Installs the dependencies with the pinned pnpm when they are missing or not those of the lockfile.
// It needs Node and npm only, so that `npm test` and `npm run demo` work as the first command of a fresh clone.
// With the name of a workspace project it installs what that project needs and no more.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`DCMX Tracing needs Node 20.19 or newer: this is ${process.version}.`);
  process.exit(1);
}

const lockfile = createHash("sha256")
  .update(readFileSync(`${root}pnpm-lock.yaml`))
  .digest("hex");
const stamp = (name) => `${root}node_modules/.setup-${name}`;
// Installing for one project alone takes away what the others need, so a full installation stays full.
const project = existsSync(stamp("all")) ? undefined : process.argv[2];
const current = (name) => existsSync(stamp(name)) && readFileSync(stamp(name), "utf8") === lockfile;

if (!current("all") && !(project !== undefined && current(project))) install();

function install() {
  const { packageManager } = JSON.parse(readFileSync(`${root}package.json`, "utf8"));
  const what = project === undefined ? "all dependencies" : `what the ${project} need`;
  console.log(`Installing ${what} with ${packageManager}, once ...`);
  const only = ["--filter", `@dcmx-tracing/${project}...`, "--filter", "!dcmx-tracing", "--prod"];
  const args = ["-y", packageManager, ...(project === undefined ? [] : only), "install", "--frozen-lockfile"];
  const run = spawnSync("npx", args, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
  if (run.status !== 0) {
    console.error(run.stdout, run.stderr, run.error ?? "");
    console.error(`The installation failed. Try it by hand: npx -y ${packageManager} install`);
    process.exit(run.status ?? 1);
  }
  mkdirSync(`${root}node_modules`, { recursive: true });
  writeFileSync(stamp(project ?? "all"), lockfile);
}
