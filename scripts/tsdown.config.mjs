// Shared build of every package: ESM and CJS with types, one output file per source file. Core is the exception: an
// application loads it before everything else, and a few files load faster than a hundred.
import { readFileSync } from "node:fs";
import { defineConfig } from "tsdown";

const { exports, name, publishConfig } = JSON.parse(readFileSync("package.json", "utf8"));
const isCore = name === "@dcmx-tracing/core";
const files = [
  ...Object.values(exports).filter((file) => file.endsWith(".ts")),
  ...Object.values(publishConfig.bin ?? {}).map((file) =>
    file.replace("./dist/", "./src/").replace(/\.mjs$/, ".ts"),
  ),
];
const entry = Object.fromEntries(
  files.map((file) => [file.replace("./src/", "").replace(/\.ts$/, ""), file]),
);
// The doctor hands this file to another process by its path, beside its own.
if (isCore) entry._doctor_probe = "./src/doctor/_doctor_probe.ts";

export default defineConfig({
  entry,
  format: ["esm", "cjs"],
  platform: "node",
  target: "node20.19",
  dts: true,
  sourcemap: true,
  unbundle: !isCore,
  cwd: process.cwd(),
  logLevel: "warn",
});
