// Runs the examples that scripts/doctest.mjs wrote; each file is its own process-wide OpenTelemetry set-up.
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
  },
});
