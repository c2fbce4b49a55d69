import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { type Versions, versions } from "./versions.ts";

const child = fileURLToPath(new URL("versions_child.ts", import.meta.url));
const folder = fileURLToPath(new URL("..", import.meta.url));
const run = promisify(execFile);

function expectNextLine(found: Versions): void {
  const [major = 0, minor = 0] = found.node.split(".").map(Number);
  expect(major * 1000 + minor).toBeGreaterThanOrEqual(22_015);
  expect(found).toMatchObject({
    api: expect.stringMatching(/^1\.10\./),
    traces: expect.stringMatching(/^3\./),
    metrics: expect.stringMatching(/^3\./),
  });
}

test("these tests run on Node 22.15 or newer, API 1.10 and the SDKs of the 3.x line", async () => {
  expectNextLine(await versions());
});

test("so do the processes that they start", async () => {
  const { stdout } = await run(process.execPath, ["--import", "tsx", child], { cwd: folder });
  expectNextLine(JSON.parse(stdout));
  const named = await run("node", ["-p", "process.execPath"]);
  expect(named.stdout.trim()).toBe(process.execPath);
});

test("so do the bundles that they make", async () => {
  const outfile = join(folder, "proof/bundle.mjs");
  await build({ entryPoints: [child], bundle: true, platform: "node", format: "esm", outfile });
  const { stdout } = await run(process.execPath, [outfile]);
  expectNextLine(JSON.parse(stdout));
});

test.for([
  ["@opentelemetry/instrumentation", /^0\.30\d\./],
  ["@opentelemetry/instrumentation-http", /^0\.30\d\./],
  ["@opentelemetry/otlp-transformer", /^0\.30\d\./],
] as const)("%s, which tells no version at run time, is the one of the 3.x line", ([name, expected]) => {
  const entry = createRequire(import.meta.url).resolve(name);
  const manifest = readFileSync(join(entry.slice(0, entry.lastIndexOf("dist")), "package.json"), "utf8");
  expect(JSON.parse(manifest)).toMatchObject({ name, version: expect.stringMatching(expected) });
});

test("sources and tests of the package type-check with the types of the 3.x line", async () => {
  const tsc = createRequire(import.meta.url)
    .resolve("typescript/package.json")
    .replace("package.json", "bin/tsc");
  await expect(run(process.execPath, [tsc, "-p", folder])).resolves.toBeDefined();
});
