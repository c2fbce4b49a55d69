// Packs the package of the current folder as npm users get it and checks the tarball with publint and attw.
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "./_workspace.mjs";

const cwd = process.cwd();
const target = mkdtempSync(join(tmpdir(), "dcmx-pack-"));
try {
  check("pnpm", ["pack", "--pack-destination", target]);
  const tarball = join(
    target,
    readdirSync(target).find((file) => file.endsWith(".tgz")),
  );
  check("publint", ["run", tarball, "--strict"]);
  // The profile leaves out node10, which does not know `exports`.
  check("attw", ["--profile", "node16", "--quiet", tarball]);
} finally {
  rmSync(target, { recursive: true, force: true });
}

function check(command, args) {
  const result = run(command, args, { cwd });
  if (result.ok) return;
  console.error(`${command} ${args.join(" ")}\n${result.output}`);
  process.exitCode = 1;
}
