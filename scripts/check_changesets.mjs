// Every changeset names packages that exist, with a bump and a text: a typo there surfaces only at release time otherwise.
import { readdirSync, readFileSync } from "node:fs";
import { packages, root } from "./_workspace.mjs";

const names = new Set(packages().map(({ manifest }) => manifest.name));
const files = readdirSync(`${root}.changeset`).filter((file) => file.endsWith(".md") && file !== "README.md");
const problems = [];
for (const file of files) {
  const [, head, body] =
    /^---\n([\s\S]*?)---\n([\s\S]*)$/.exec(readFileSync(`${root}.changeset/${file}`, "utf8")) ?? [];
  if (head === undefined || body.trim() === "") problems.push(`${file}: needs front matter and a text`);
  for (const line of (head ?? "").split("\n").filter(Boolean)) {
    const [, name, bump] = /^"(.+)": (\w+)$/.exec(line) ?? [];
    if (!names.has(name)) problems.push(`${file}: "${line}" names no package of the workspace`);
    else if (!["patch", "minor", "major"].includes(bump)) problems.push(`${file}: "${bump}" is no bump`);
  }
}
if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(`${files.length} changesets name packages that exist`);
