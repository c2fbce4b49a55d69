import { expect, test } from "vitest";
import { loadCases, scoreCases } from "./testing/_score_cases.ts";

const cases = loadCases(new URL("../fixtures/dev.jsonl", import.meta.url));

test("createRedactor() keeps every clean case of the development set whole", () => {
  const clean = scoreCases(cases.filter((c) => c.tier === "clean"));
  expect(clean.filter((row) => row.lost.length > 0).map((row) => row.case.id)).toEqual([]);
  expect(clean).toHaveLength(62);
});
