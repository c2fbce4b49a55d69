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
  expect(order(found.node)).toBeGreaterThanOrEqual(order("22.15.0"));
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
  "@opentelemetry/instrumentation",
  "@opentelemetry/instrumentation-http",
  "@opentelemetry/otlp-transformer",
])("%s is that of the 3.x line", (name) => {
  expect(versionOf(name)).toMatch(/^0\.30\d\./);
});

test.for(["@opentelemetry/api", "@opentelemetry/instrumentation"])(
  "the version of %s is one that the package allows",
  (name) => {
    const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const [, least = "", below = ""] = /^>=(\S+) <(\S+)$/.exec(manifest.peerDependencies[name]) ?? [];
    expect(order(versionOf(name))).toBeGreaterThanOrEqual(order(least));
    expect(order(versionOf(name))).toBeLessThan(order(below));
  },
);

/** A number that is greater for a later version. */
function order(version: string): number {
  const [major = 0, minor = 0, patch = 0] = version.split(".").map(Number);
  return (major * 1000 + minor) * 1000 + patch;
}

/** The version of a package that tells none at run time. */
function versionOf(name: string): string {
  const entry = createRequire(import.meta.url).resolve(name);
  const end = entry.lastIndexOf(name) + name.length;
  return JSON.parse(readFileSync(join(entry.slice(0, end), "package.json"), "utf8")).version;
}

test("sources and tests of the package type-check with the types of the 3.x line", async () => {
  const tsc = createRequire(import.meta.url)
    .resolve("typescript/package.json")
    .replace("package.json", "bin/tsc");
  await expect(run(process.execPath, [tsc, "-p", folder])).resolves.toBeDefined();
});
