// Writes the compiled contracts to artifacts/: run it after a change of a Solidity file (`pnpm contracts`).
import { writeFileSync } from "node:fs";
import { compileContracts } from "./compile_contracts.ts";

for (const artifact of compileContracts()) {
  const file = new URL(`./artifacts/${artifact.contract}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(artifact, null, 2)}\n`);
  process.stdout.write(`${artifact.contract}: ${(artifact.bytecode.length - 2) / 2} bytes\n`);
}
