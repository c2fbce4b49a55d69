import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { expect, test } from "vitest";

/** Bytes of the bundle with its dependencies, minified and compressed; without OpenTelemetry and the catalogue. */
async function size(withOtherLists: boolean): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [new URL("./mod.ts", import.meta.url).pathname],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    platform: "node",
    external: ["@opentelemetry/*", "@dcmx-tracing/conventions"],
    plugins: withOtherLists
      ? []
      : [
          {
            name: "without the lists other than English",
            setup: ({ onLoad }) =>
              onLoad({ filter: /_foreign_words\.ts$/ }, () => ({
                contents: 'export const FOREIGN_WORDS = "", FOREIGN_SHORT_WORDS = "";',
              })),
          },
        ],
  });
  return gzipSync(outputFiles[0]?.contents ?? "", { level: 9 }).length;
}

test("the package has less than 60 KiB without the word lists other than English, and 18 KiB more with them", async () => {
  const own = await size(false);
  expect(own).toBeGreaterThan(50 * 1024);
  expect(own).toBeLessThan(60 * 1024);
  expect((await size(true)) - own).toBeLessThan(18 * 1024);
});
