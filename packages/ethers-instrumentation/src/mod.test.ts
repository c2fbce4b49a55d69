import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { SCOPE_NAME, SCOPE_VERSION } from "./_scope.ts";
import * as auto from "./auto.ts";
import * as mod from "./mod.ts";

test("mod.ts exports this and nothing else", () => {
  expect(Object.keys(mod).sort()).toEqual([
    "instrumentContract",
    "instrumentEthers",
    "instrumentProvider",
    "instrumentSigner",
    "openTelemetryPlugin",
    "uninstrument",
  ]);
});

test("auto.ts exports the instrumentation", () => {
  expect(Object.keys(auto)).toEqual(["EthersInstrumentation"]);
});

test("the scope of spans and metrics is the package, with its version", () => {
  const manifest: unknown = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
  expect(manifest).toMatchObject({ name: SCOPE_NAME, version: SCOPE_VERSION });
});

test("no module of the package imports ethers: an import would load a second copy, or defeat the hooks", () => {
  for (const file of [
    "mod.ts",
    "instrument_ethers.ts",
    "_patch_classes.ts",
    "_patch_json_rpc.ts",
    "ethers_instrumentation.ts",
  ]) {
    const source = readFileSync(new URL(file, import.meta.url), "utf8").replace(/\/\*\*[\s\S]*?\*\//g, "");
    expect(source).not.toMatch(/from "ethers"|import\("ethers"\)|require\("ethers"\)/);
  }
});
