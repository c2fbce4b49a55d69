// Installs the packed tarballs of span, decorators and ethers-instrumentation alone in an empty project, the way a user
// does, and uses them there: as ESM, as CJS, and from TypeScript (nodenext and bundler). No OpenTelemetry SDK is in
// reach. Nothing is downloaded: the registry packages they need are taken from this workspace.
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { packages, root, run } from "./_workspace.mjs";

/** What the user asks for; everything else they get is a dependency of these. */
const WANTED = ["span", "decorators", "ethers-instrumentation"];
const ALSO = ["conventions"];
const project = mkdtempSync(join(tmpdir(), "dcmx-consumer-"));
let failed = false;

try {
  install();
  check("no SDK package is installed", () => {
    const found = readdirSync(join(project, "node_modules/@opentelemetry")).filter((name) => name !== "api");
    return found.length === 0 ? "" : `found ${found.join(", ")}`;
  });
  for (const [file, text] of Object.entries(PROGRAMS())) writeFileSync(join(project, file), text);
  check("ESM", () => expectOutput(run(process.execPath, ["esm.mjs"], { cwd: project })));
  check("CJS", () => expectOutput(run(process.execPath, ["cjs.cjs"], { cwd: project })));
  for (const [module, resolution] of [
    ["nodenext", "nodenext"],
    ["preserve", "bundler"],
  ]) {
    const options = [
      "--module",
      module,
      "--moduleResolution",
      resolution,
      "--target",
      "es2022",
      "--strict",
      "--noEmit",
      "--types",
      "node",
    ];
    check(`TypeScript, ${resolution}`, () => {
      const result = run("tsc", [...options, "types.ts"], { cwd: project });
      return result.ok ? "" : result.output;
    });
  }
} finally {
  rmSync(project, { recursive: true, force: true });
}
process.exitCode = failed ? 1 : 0;

/** Packs with pnpm (which swaps in publishConfig.exports) and installs with npm, offline. */
function install() {
  const tarballs = join(project, "tarballs");
  mkdirSync(tarballs);
  for (const { folder, path } of packages()) {
    if (![...WANTED, ...ALSO].includes(folder)) continue;
    must(run("pnpm", ["pack", "--pack-destination", tarballs], { cwd: root + path }));
  }
  for (const name of ["@opentelemetry/api", ...registryDependencies()]) {
    must(run("pnpm", ["pack", "--pack-destination", tarballs], { cwd: folderOf(name) }));
  }
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "consumer", private: true }));
  const files = readdirSync(tarballs).map((file) => `./tarballs/${file}`);
  must(
    run(
      "npm",
      ["install", "--offline", "--no-audit", "--no-fund", "--omit=optional", "--legacy-peer-deps", ...files],
      { cwd: project },
    ),
  );
  // ethers and the Node types are the user's own: linked, so that their dependencies resolve where they are.
  symlinkSync(folderOf("ethers"), join(project, "node_modules/ethers"), "dir");
  mkdirSync(join(project, "node_modules/@types"), { recursive: true });
  symlinkSync(folderOf("@types/node"), join(project, "node_modules/@types/node"), "dir");
}

/** What npm would download along with the packages. */
function registryDependencies() {
  const manifests = packages().filter(({ folder }) => [...WANTED, ...ALSO].includes(folder));
  const names = manifests.flatMap(({ path }) => {
    const { dependencies = {} } = JSON.parse(readFileSync(`${root}${path}/package.json`, "utf8"));
    return Object.keys(dependencies).filter((name) => !name.startsWith("@dcmx-tracing/"));
  });
  return [...new Set(names)];
}

function PROGRAMS() {
  const names = {
    span: "addEvent, recordError, setAttribute, startSpan",
    decorators: "traced, tracedMethod",
    "ethers-instrumentation": "instrumentProvider",
  };
  const esm = Object.entries(names).map(([name, list]) => `import { ${list} } from "@dcmx-tracing/${name}";`);
  const cjs = Object.entries(names).map(
    ([name, list]) => `const { ${list} } = require("@dcmx-tracing/${name}");`,
  );
  const body = readFileSync(`${root}scripts/fixtures/consumer_body.txt`, "utf8");
  return {
    "esm.mjs": [...esm, 'import { JsonRpcProvider } from "ethers";', body].join("\n"),
    "cjs.cjs": [...cjs, 'const { JsonRpcProvider } = require("ethers");', body].join("\n"),
    "types.ts": [
      ...esm,
      'import { JsonRpcProvider } from "ethers";',
      readFileSync(`${root}scripts/fixtures/consumer_types.txt`, "utf8"),
    ].join("\n"),
  };
}

/** The real folder of a registry package somewhere in this workspace. */
function folderOf(name) {
  for (const from of [root, ...packages().map(({ path }) => `${root}${path}/`)]) {
    const folder = join(from, "node_modules", name);
    if (existsSync(folder)) return realpathSync(folder);
  }
  return dirname(createRequire(`${root}package.json`).resolve(`${name}/package.json`));
}

function expectOutput(result) {
  return result.stdout.trim() === "consumer ok" ? "" : `printed: ${result.output}`;
}

function check(name, act) {
  const problem = act();
  console.log(`${problem === "" ? "ok" : "FAIL"} ${name}${problem === "" ? "" : `: ${problem}`}`);
  if (problem !== "") failed = true;
}

function must(result) {
  if (!result.ok) throw new Error(result.output);
}
