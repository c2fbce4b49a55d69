import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { CONTRACTS, compileContracts } from "./compile_contracts.ts";

test("the committed artefacts are what the sources compile to", () => {
  const compiled = compileContracts();
  expect(compiled.map(({ contract }) => contract)).toEqual(CONTRACTS);
  for (const artifact of compiled) {
    const committed = readFileSync(new URL(`./artifacts/${artifact.contract}.json`, import.meta.url), "utf8");
    expect(JSON.parse(committed)).toEqual(artifact);
  }
});
