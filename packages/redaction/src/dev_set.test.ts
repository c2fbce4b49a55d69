import { expect, test } from "vitest";
import { loadCases, scoreCases } from "./testing/_score_cases.ts";

const cases = loadCases(new URL("../fixtures/dev.jsonl", import.meta.url));

const scored = scoreCases(cases);

test("createRedactor() removes every secret of the development set", () => {
  const secret = scored.filter((row) => row.case.secrets.length > 0);
  expect(secret.filter((row) => row.leaked.length > 0).map((row) => row.case.id)).toEqual([]);
  expect(secret.filter((row) => row.case.tier === "hard")).toHaveLength(117);
});

test("createRedactor() keeps what is not secret beside a secret", () => {
  const mixed = scored.filter((row) => row.case.secrets.length > 0 && row.case.keep.length > 0);
  expect(mixed.filter((row) => row.lost.length > 0).map((row) => row.case.id)).toEqual([]);
});

test("createRedactor() keeps every clean case of the development set whole", () => {
  const clean = scored.filter((row) => row.case.tier === "clean");
  expect(clean.filter((row) => row.lost.length > 0).map((row) => row.case.id)).toEqual([]);
  expect(clean).toHaveLength(62);
});
