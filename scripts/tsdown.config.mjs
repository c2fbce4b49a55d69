// Shared build of every package: ESM and CJS with types, one output file per source file.
import { readFileSync } from "node:fs";
import { defineConfig } from "tsdown";

const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const entry = Object.values(exports).filter((file) => file.endsWith(".ts"));
const { bin = {} } = JSON.parse(readFileSync("package.json", "utf8")).publishConfig;
for (const file of Object.values(bin)) entry.push(file.replace("./dist/", "./src/").replace(/\.mjs$/, ".ts"));

export default defineConfig({
  entry: [...new Set(entry)],
  format: ["esm", "cjs"],
  platform: "node",
  target: "node20.19",
  dts: true,
  sourcemap: true,
  unbundle: true,
  cwd: process.cwd(),
  logLevel: "warn",
});
