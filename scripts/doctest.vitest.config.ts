// Runs the examples that scripts/doctest.mjs wrote. They share a thread, so that an example which leaves its set-up
// behind fails the ones after it: what is copied from the documentation cleans up after itself.
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  root: fileURLToPath(new URL("..", import.meta.url)),
  test: {
    include: [".doctest/*.test.ts"],
    exclude: [],
    reporters: [
      ["default", { summary: false }],
      ["json", { outputFile: ".doctest/results.json" }],
    ],
    testTimeout: 30_000,
    maxWorkers: 2,
    pool: "threads",
    isolate: false,
  },
});
