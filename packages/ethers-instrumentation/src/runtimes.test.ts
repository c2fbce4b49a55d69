import { execFile } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../test/anvil.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const script = fileURLToPath(new URL("../test/fixtures/mint.ts", import.meta.url));
const golden = fileURLToPath(new URL("../test/golden/mint.txt", import.meta.url));
const deno = join(root, "node_modules/.bin/deno");
let anvil: Anvil;
let folder: string;

beforeAll(async () => {
  anvil = await startAnvil();
  folder = mkdtempSync(join(tmpdir(), "ethers-runtimes-"));
});
afterAll(async () => {
  await anvil.stop();
  rmSync(folder, { recursive: true });
});

/** Runs the mint in a process of its own and returns its trace. */
async function traceOf(command: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(command, [...args, anvil.url], { cwd: root });
  return stdout;
}

/** A bundle as an application would ship it: names of classes are gone. */
async function bundle(format: "esm" | "cjs"): Promise<string> {
  const outfile = join(folder, `mint.${format === "esm" ? "mjs" : "cjs"}`);
  // Modules of Node that ethers requires are not in the bundle.
  const js = 'import{createRequire}from"node:module";const require=createRequire(import.meta.url);';
  const banner = format === "esm" ? { banner: { js } } : {};
  await build({
    entryPoints: [script],
    bundle: true,
    minify: true,
    platform: "node",
    format,
    outfile,
    ...banner,
  });
  return outfile;
}

test("a mint is the same trace in Node from sources", async () => {
  await expect(await traceOf(process.execPath, "--import", "tsx", script)).toMatchFileSnapshot(golden);
}, 60_000);

test.for(["esm", "cjs"] as const)(
  "a mint is the same trace in Node from a minified %s bundle",
  { timeout: 60_000 },
  async (format) => {
    await expect(await traceOf(process.execPath, await bundle(format))).toMatchFileSnapshot(golden);
  },
);

test.skipIf(!existsSync(deno))(
  "a mint is the same trace in Deno",
  async () => {
    await expect(await traceOf(deno, "run", "-A", script)).toMatchFileSnapshot(golden);
  },
  60_000,
);
