// Copies the versions that changesets wrote into package.json to each deno.json beside it.
import { writeFileSync } from "node:fs";
import { packages, readJson, root } from "./_workspace.mjs";

for (const { path, manifest } of packages()) {
  const file = `${path}/deno.json`;
  const deno = { ...readJson(file), version: manifest.version };
  writeFileSync(root + file, `${JSON.stringify(deno, null, 2)}\n`);
}
