/**
 * Loaded into an application that the doctor runs: when the process ends, it writes what can be known from inside.
 */

import { existsSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
import { gatherProcessFacts } from "./_process_findings.ts";

/** Names the file that the probe writes. */
export const PROBE_FILE_VARIABLE = "DCMX_TRACING_DOCTOR_FILE";

const file = process.env[PROBE_FILE_VARIABLE];

if (file !== undefined && isMainThread) {
  process.on("exit", () => {
    try {
      if (!existsSync(file)) writeFileSync(file, JSON.stringify(gatherProcessFacts()));
    } catch {
      // the folder is gone or full: the doctor says that it learnt nothing
    }
  });
}
