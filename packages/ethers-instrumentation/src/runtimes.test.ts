import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../test/anvil.ts";
import { bun, deno, fixture, GOLDEN_MINT, isAbsent, node, run } from "../test/runtimes.ts";

const script = fixture("mint.ts");
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
  await expect(await run(node, script, [anvil.url])).toMatchFileSnapshot(GOLDEN_MINT);
}, 60_000);

test.for(["esm", "cjs"] as const)(
  "a mint is the same trace in Node from a minified %s bundle",
  { timeout: 60_000 },
  async (format) => {
    const bundled = { command: node.command, args: [] };
    const trace = await run(bundled, await bundle(format), [anvil.url]);
    await expect(trace).toMatchFileSnapshot(GOLDEN_MINT);
  },
);

for (const runtime of [deno, bun]) {
  test.skipIf(isAbsent(runtime))(
    `a mint is the same trace in ${runtime.name}`,
    async () => {
      await expect(await run(runtime, script, [anvil.url])).toMatchFileSnapshot(GOLDEN_MINT);
    },
    60_000,
  );
}
