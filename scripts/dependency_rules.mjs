// Who may import whom. Reads the imports of every shipped source file, holds them against the table below, and draws
// the graph of what it found into ARCHITECTURE.md (`--write`); without the flag a stale drawing is a failure.
import { readFileSync, writeFileSync } from "node:fs";
import { apps, packages, root, sourceFiles } from "./_workspace.mjs";

const SDK =
  /^@opentelemetry\/(sdk-|exporter-|resources$|core$|context-|otlp-|propagator-|instrumentation|resource-detector|host-metrics)/;

/**
 * `ours`: our packages it may import; `sdk`: which files may import the OpenTelemetry SDK at run time (types are always
 * allowed); `others`: third-party packages it may import at run time.
 */
const RULES = {
  conventions: { ours: [], sdk: [], others: [] },
  span: { ours: [], sdk: [], others: [] },
  core: { ours: ["span"], sdk: [/./], others: [] },
  decorators: { ours: ["span"], sdk: [], others: [] },
  metrics: { ours: ["conventions"], sdk: [/./], others: [] },
  "ethers-instrumentation": {
    ours: ["conventions", "span"],
    sdk: [/ethers_instrumentation\.ts$/],
    others: ["@noble/hashes"],
  },
  redaction: {
    ours: ["conventions"],
    sdk: [],
    others: ["@noble/curves", "@noble/hashes", "@scure/base", "@scure/bip39"],
  },
  viewer: { ours: [], sdk: [], others: ["protobufjs"] },
  testing: { ours: [], sdk: [/./], others: [] },
};
/** The one file of the examples that names every package. */
const COMPOSITION = "apps/examples/src/telemetry.ts";
const START = "<!-- dependency graph: start -->";
const END = "<!-- dependency graph: end -->";

const problems = [];
const arrows = new Map();

for (const { folder, path, manifest } of packages()) {
  const rule = RULES[folder];
  if (rule === undefined) {
    problems.push(`${path}: has no row in scripts/dependency_rules.mjs`);
    continue;
  }
  const used = new Set();
  for (const file of sourceFiles(path)) {
    for (const { name, typeOnly, dynamic } of importsOf(file)) {
      const ours = name.startsWith("@dcmx-tracing/")
        ? name.slice("@dcmx-tracing/".length).split("/")[0]
        : undefined;
      if (ours !== undefined) {
        used.add(ours);
        if (!rule.ours.includes(ours)) problems.push(`${file}: ${folder} may not import ${name}`);
      } else if (name === "@opentelemetry/api" || name.startsWith("node:") || typeOnly) {
        continue;
      } else if (SDK.test(name)) {
        if (!rule.sdk.some((pattern) => pattern.test(file)))
          problems.push(`${file}: ${folder} may import ${name} as a type only`);
      } else if (
        !rule.others.includes(packageOf(name)) &&
        !(dynamic && packageOf(name) in (manifest.peerDependencies ?? {}))
      ) {
        problems.push(`${file}: ${folder} may not import ${name}`);
      }
      declared(file, manifest, packageOf(name));
    }
  }
  arrows.set(folder, [...used].sort());
}
reachable("metrics", "mod.ts", SDK);
reachable("ethers-instrumentation", "mod.ts", SDK);
composition();
drawGraph();

if (problems.length > 0) {
  console.error([...new Set(problems)].join("\n"));
  process.exit(1);
}
console.log(`${arrows.size} packages keep the dependency rules`);

/** The static and dynamic imports and re-exports of a file, bare specifiers only. */
function importsOf(file) {
  const text = readFileSync(root + file, "utf8")
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/^\s*\/\/.*$/gm, "");
  const found = [];
  for (const match of text.matchAll(/^\s*(?:import|export)\s+(type\s+)?[^;"'`]*?from\s+"([^"]+)"/gm)) {
    found.push({ name: match[2], typeOnly: match[1] !== undefined, dynamic: false });
  }
  for (const match of text.matchAll(/^\s*import\s+"([^"]+)"/gm))
    found.push({ name: match[1], typeOnly: false, dynamic: false });
  for (const match of text.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g))
    found.push({ name: match[1], typeOnly: false, dynamic: true });
  return found.filter(({ name }) => !name.startsWith("."));
}

/** What is imported must stand in the manifest of the package that imports it. */
function declared(file, manifest, name) {
  if (name.startsWith("node:")) return;
  const known = { ...manifest.dependencies, ...manifest.peerDependencies };
  if (!(name in known))
    problems.push(`${file}: imports ${name}, which is neither a dependency nor a peer of ${manifest.name}`);
}

/** Fails when an entry file reaches a forbidden package through static imports: such code belongs to a subpath. */
function reachable(folder, entry, forbidden) {
  const seen = new Set();
  const queue = [`packages/${folder}/src/${entry}`];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const { name, typeOnly, dynamic } of importsOf(file)) {
      if (!typeOnly && !dynamic && forbidden.test(name))
        problems.push(`${file}: ${name} is loaded by the main entry of ${folder}`);
    }
    const text = readFileSync(root + file, "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
    for (const match of text.matchAll(/^\s*(?:import|export)\s+(type\s+)?[^;"'`]*?from\s+"(\.[^"]+)"/gm)) {
      if (match[1] === undefined) queue.push(new URL(match[2], `file:///${file}`).pathname.slice(1));
    }
  }
}

/** Core is composed with the plugins in one file of the examples, nowhere else. */
function composition() {
  for (const { path, folder } of apps()) {
    if (folder !== "examples") continue;
    for (const file of sourceFiles(path)) {
      const named = new Set(importsOf(file).map(({ name }) => name.split("/").slice(0, 2).join("/")));
      const plugins = ["redaction", "viewer", "ethers-instrumentation"].filter((plugin) =>
        named.has(`@dcmx-tracing/${plugin}`),
      );
      if (named.has("@dcmx-tracing/core") && plugins.length > 0 && file !== COMPOSITION) {
        problems.push(
          `${file}: names core together with ${plugins.join(", ")}; only ${COMPOSITION} composes them`,
        );
      }
    }
  }
}

function drawGraph() {
  const lines = ["```mermaid", "graph LR"];
  for (const [from, targets] of arrows) {
    if (targets.length === 0) lines.push(`  ${from}`);
    for (const to of targets) lines.push(`  ${from} --> ${to}`);
  }
  const drawing = [START, ...lines, "```", END].join("\n");
  const file = `${root}ARCHITECTURE.md`;
  const text = readFileSync(file, "utf8");
  const stale = text.slice(text.indexOf(START), text.indexOf(END) + END.length);
  if (stale === drawing) return;
  if (process.argv.includes("--write")) writeFileSync(file, text.replace(stale, drawing));
  else problems.push("ARCHITECTURE.md: the dependency graph is stale; run `npm run graph`");
}

function packageOf(name) {
  return name.startsWith("@") ? name.split("/").slice(0, 2).join("/") : (name.split("/")[0] ?? name);
}
