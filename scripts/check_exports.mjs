// One list of entry points per package: package.json exports (sources), publishConfig.exports (builds) and deno.json
// must name the same, and every mod.ts holds re-exports only.
import { existsSync, readFileSync } from "node:fs";
import { packages, readJson, root } from "./_workspace.mjs";

const problems = [];
const entries = packages();

for (const { folder, path, manifest } of entries) {
  const say = (text) => problems.push(`${path}: ${text}`);
  const deno = readJson(`${path}/deno.json`);
  const sources = Object.entries(manifest.exports).filter(([key]) => key !== "./package.json");

  if (manifest.name !== `@dcmx-tracing/${folder}`) say(`package.json name is ${manifest.name}`);
  if (deno.name !== manifest.name) say(`deno.json name is ${deno.name}, package.json says ${manifest.name}`);
  if (deno.version !== manifest.version)
    say(`deno.json version is ${deno.version}, package.json says ${manifest.version}`);
  if (deno.license !== manifest.license)
    say(`deno.json licence is ${deno.license}, package.json says ${manifest.license}`);
  if (JSON.stringify(deno.exports) !== JSON.stringify(Object.fromEntries(sources))) {
    say("deno.json exports differ from package.json exports");
  }
  const expected = {
    ...Object.fromEntries(sources.map(([key, file]) => [key, built(file)])),
    "./package.json": "./package.json",
  };
  if (JSON.stringify(manifest.publishConfig.exports) !== JSON.stringify(expected)) {
    say(`publishConfig.exports should be ${JSON.stringify(expected)}`);
  }
  for (const [key, file] of sources) {
    if (!existsSync(`${root}${path}/${file}`)) say(`exports["${key}"] names ${file}, which does not exist`);
  }
  if (!existsSync(`${root}${path}/README.md`)) say("README.md is missing");
  checkMod(`${path}/src/mod.ts`);
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  process.exit(1);
}
console.log(
  `${entries.length} packages: package.json, publishConfig and deno.json name the same entry points`,
);

/** The pair of builds that stands for a source file when the package is packed. */
function built(file) {
  const base = file.replace("./src/", "./dist/").replace(/\.ts$/, "");
  return {
    import: { types: `${base}.d.mts`, default: `${base}.mjs` },
    require: { types: `${base}.d.cts`, default: `${base}.cjs` },
  };
}

/** mod.ts is a table of contents: a module doc and named re-exports, nothing else. */
function checkMod(file) {
  const text = readFileSync(root + file, "utf8");
  if (!text.startsWith("/**")) problems.push(`${file}: starts without a module doc`);
  const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/\/\/.*$/gm, "");
  if (/export\s*\*/.test(code)) problems.push(`${file}: has "export *"; name what is exported`);
  const rest = code.replace(/export\s+(type\s+)?\{[^}]*\}\s+from\s+"[^"]+";/g, "").trim();
  if (rest !== "") problems.push(`${file}: holds more than re-exports: ${rest.split("\n")[0]}`);
}
