// Names of attributes, metrics and span events are written in packages/conventions only. A package that depends on it
// uses the constants; one that may not depend on it may write a name, but only a name that the catalogue has.
// A line that ends with `// no name of telemetry` is left alone.
// Run: tsx scripts/check_names.mjs
import { readFileSync } from "node:fs";
import * as conventions from "../packages/conventions/src/mod.ts";
import { packages, root, sourceFiles } from "./_workspace.mjs";

/** Where a literal is a name of telemetry whatever it says: a key of an object, or an argument of such a call. */
const CALL =
  /\b(setAttribute|addEvent|create(?:Observable)?(?:Counter|UpDownCounter|Gauge|Histogram)|record(?:Counter|Histogram|Gauge|UpDown)|bind(?:Counter|Histogram|Gauge|UpDown))\(\s*$/;
const DOTTED = /^[a-z][a-z0-9]*(_[a-z0-9]+)*(\.[a-z][a-z0-9]*(_[a-z0-9]+)*)+$/;

/** Settings have dotted names as well; the folder that defines them is about nothing else. */
const SETTINGS = "packages/core/src/config/";
const settings = new Set(
  sourceFiles("packages/core")
    .filter((file) => file.startsWith(SETTINGS))
    .flatMap((file) => literals(readFileSync(root + file, "utf8")).map(({ text }) => text)),
);

const constants = new Map();
for (const [constant, value] of Object.entries(conventions)) {
  if (/^(ATTR|METRIC|EVENT)_/.test(constant) && value.includes(".")) constants.set(value, constant);
}
const aliases = new Set(
  [...conventions.METRICS, ...conventions.ATTRIBUTES].flatMap(({ aliases: list = [] }) =>
    list.map((alias) => alias.name ?? alias),
  ),
);

const problems = [];
for (const { folder, path, manifest } of packages()) {
  if (folder === "conventions") continue;
  const uses = "@dcmx-tracing/conventions" in { ...manifest.dependencies, ...manifest.peerDependencies };
  for (const file of sourceFiles(path)) {
    if (file.startsWith(SETTINGS)) continue;
    const known = folder === "core" ? settings : aliases;
    for (const { text, line, before, after } of literals(readFileSync(root + file, "utf8"))) {
      const constant = constants.get(text);
      const where = `${file}:${line}: "${text}"`;
      if (constant !== undefined && uses) problems.push(`${where} is written out: use ${constant}`);
      else if (constant === undefined && !known.has(text) && DOTTED.test(text)) {
        if (CALL.test(before) || /^\]?:\s/.test(after))
          problems.push(`${where} is not in packages/conventions: add it there`);
      }
    }
  }
}

if (problems.length > 0) {
  console.error(problems.join("\n"));
  console.error(`${problems.length} names are written outside packages/conventions`);
  process.exit(1);
}
console.log("all names of attributes, metrics and events come from packages/conventions");

/** The string literals of a source with their lines, without those in comments and in imports. */
function literals(source) {
  const found = [];
  const lines = source.split("\n");
  const scanner =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"((?:[^"\\\n]|\\.)*)"|'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\]|\\.)*)`/g;
  for (const match of source.matchAll(scanner)) {
    const text = match[1] ?? match[2] ?? match[3];
    if (text === undefined) continue;
    const line = source.slice(0, match.index).split("\n").length;
    const code = lines[line - 1] ?? "";
    if (/\b(from|import)\s*\(?["']/.test(code) || code.includes("// no name of telemetry")) continue;
    const end = match.index + match[0].length;
    found.push({
      text,
      line,
      before: source.slice(Math.max(0, match.index - 60), match.index),
      after: source.slice(end, end + 4),
    });
  }
  return found;
}
