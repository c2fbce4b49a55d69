import { expect, test } from "vitest";
import * as testing from "./mod.ts";

test("mod.ts exports these names and no others", () => {
  expect(Object.keys(testing).sort()).toEqual([
    "SecretsFoundError",
    "assertNoSecrets",
    "createTestTracing",
    "renderTrace",
    "toMatchTrace",
  ]);
});
