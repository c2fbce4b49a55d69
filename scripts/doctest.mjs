// Executes every ```ts example of the sources' JSDoc and of the Markdown files: each fence becomes a test file in
// .doctest/, is type-checked, and runs in vitest. A fence marked `ts ignore` is left out.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { filesBelow, isTestFile, packages, root, run } from "./_workspace.mjs";

const target = `${root}.doctest`;
rmSync(target, { recursive: true, force: true });
mkdirSync(target, { recursive: true });

const documents = ["README.md", "TRACING.md", ...packages().flatMap(({ path }) => documentsOf(path))];
const count = documents.reduce((sum, file) => sum + writeExamples(file), 0);
if (count === 0) {
  console.error("No example was found: the fences or this script have changed.");
  process.exit(1);
}
writeFileSync(
  `${target}/tsconfig.json`,
  JSON.stringify({
    extends: "../tsconfig.base.json",
    compilerOptions: { isolatedDeclarations: false, declaration: false },
    include: ["*.ts"],
  }),
);

const types = run("tsc", ["-p", ".doctest"]);
if (!types.ok) console.error(types.output);
const tests = run("vitest", ["run", "--config", "scripts/doctest.vitest.config.ts"]);
if (!tests.ok) console.error(tests.output);
console.log(`${count} examples`);
process.exitCode = types.ok && tests.ok ? 0 : 1;

function documentsOf(path) {
  return filesBelow(
    path,
    (file) =>
      file.endsWith("README.md") || (file.includes("/src/") && file.endsWith(".ts") && !isTestFile(file)),
  );
}

/** Writes the fences of one file as tests; a test's name holds the line, so that a failure leads there. */
function writeExamples(file) {
  const text = readFileSync(root + file, "utf8");
  const blocks = file.endsWith(".md")
    ? [{ at: 0, block: text }]
    : [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].map((match) => ({
        at: match.index,
        block: match[0].replace(/^[ \t]*\*(?!\/) ?/gm, ""),
      }));
  let written = 0;
  for (const { at, block } of blocks) {
    for (const fence of block.matchAll(/^```ts([^\n]*)\n([\s\S]*?)^```/gm)) {
      if (/\bignore\b/.test(fence[1])) continue;
      const line = text.slice(0, at).split("\n").length + block.slice(0, fence.index).split("\n").length - 1;
      const { imports, code } = splitImports(fence[2]);
      const name = `${file.replace(/[^a-z0-9]+/gi, "_")}_${line}.test.ts`;
      const lines = ['import { test as doctest } from "vitest";', ...imports];
      lines.push(
        `doctest(${JSON.stringify(`${file}:${line}`)}, async () => {`,
        ...code,
        "});",
        "export {};",
        "",
      );
      writeFileSync(`${target}/${name}`, lines.join("\n"));
      written += 1;
    }
  }
  return written;
}

/** Imports go to the top of the file, the rest into the test; an import may span lines. */
function splitImports(text) {
  const imports = [];
  const code = text.replace(/^import\b(?:[^;"']*\bfrom\b)?\s*"[^"]+";\n?/gm, (statement) => {
    imports.push(statement.trimEnd());
    return "";
  });
  return { imports, code: [code] };
}
