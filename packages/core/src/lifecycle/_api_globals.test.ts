import { existsSync } from "node:fs";
import { trace } from "@opentelemetry/api";
import { expect, test } from "vitest";
import { apiCanUse, loadedApiCopies } from "./_api_globals.ts";

test.each([
  ["1.9.1", "1.9.1", true],
  ["1.8.0", "1.9.1", true],
  ["1.9.0", "1.9.1", true],
  ["1.10.0", "1.9.1", false],
  ["2.0.0", "1.9.1", false],
  ["0.9.0", "1.9.1", false],
  ["unknown", "1.9.1", false],
])("apiCanUse() tells whether copy %s sees what %s registered: %s", (copy, registered, expected) => {
  expect(apiCanUse(copy, registered)).toBe(expected);
});

test("loadedApiCopies() finds the loaded copy by its folder", () => {
  expect(trace.getActiveSpan()).toBeUndefined();
  const copies = loadedApiCopies();
  expect(copies.map(({ version }) => version)).toContain("1.9.1");
  for (const { path } of copies) expect(existsSync(`${path}/package.json`)).toBe(true);
});
