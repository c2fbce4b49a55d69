// Writes the tables of TRACING.md: `pnpm --filter @dcmx-tracing/e2e guide`. A test fails while they are stale.
import { readFileSync, writeFileSync } from "node:fs";
import { guideTables, withTables } from "./guide_tables.ts";
import { ROOT } from "./infra_files.ts";

const file = `${ROOT}TRACING.md`;
writeFileSync(file, withTables(readFileSync(file, "utf8")));
process.stdout.write(`${guideTables().size} tables\n`);
