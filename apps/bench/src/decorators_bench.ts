// Cost of a traced call: bare, by hand on the OpenTelemetry API, ours, and the published wrappers; one process for each
// tracing set-up, its cases interleaved, the whole repeated; the table shows medians of CPU time.
// Run: pnpm --filter @dcmx-tracing/bench bench:decorators [--runs 5] [--rounds 31]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

interface Result {
  readonly row: string;
  readonly subject: string;
  readonly ns: number;
  readonly bytes: number;
  readonly spans: number;
}

const SETUPS = ["none", "unsampled parent", "unsampled", "sampled", "sentry", "dd-trace"];
const { values } = parseArgs({
  options: { runs: { type: "string", default: "5" }, rounds: { type: "string", default: "31" } },
});
const outfile = fileURLToPath(new URL("../.results/decorators_child.mjs", import.meta.url));

// Plain JavaScript, as users run it: tsx would add a call to every named function.
await build({
  entryPoints: [fileURLToPath(new URL("decorators_child.ts", import.meta.url))],
  outfile,
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  external: [
    "@opentelemetry/*",
    "@langfuse/*",
    "@arizeai/*",
    "@sentry/*",
    "@fullstackhouse/*",
    "nestjs-otel",
    "dd-trace",
    "reflect-metadata",
  ],
});

const runs = new Map<string, Result[]>();
for (let run = 0; run < Number(values.runs); run++) {
  for (const setup of SETUPS) {
    for (const result of measure(setup)) {
      const key = JSON.stringify([setup, result.row, result.subject]);
      runs.set(key, [...(runs.get(key) ?? []), result]);
    }
  }
}
print();

function measure(setup: string): Result[] {
  const child = spawnSync(process.execPath, ["--expose-gc", outfile, setup, values.rounds], {
    encoding: "utf8",
    env: { ...process.env, DD_TRACE_LOG_LEVEL: "off", DD_INSTRUMENTATION_TELEMETRY_ENABLED: "false" },
  });
  if (child.status !== 0) {
    console.error(`${setup}: ${child.stderr.split("\n").slice(0, 12).join("\n")}`);
    return [];
  }
  return child.stdout
    .split("\n")
    .filter((line) => line.startsWith("{"))
    .map((line): Result => JSON.parse(line));
}

/** Prints what a call costs over a bare one, and its ratio to the same by hand, as medians over the runs. */
function print(): void {
  console.log("| set-up | call | wrapper | CPU ns over bare | by hand = 1 | bytes over bare | spans |");
  console.log("|---|---|---|---|---|---|---|");
  for (const [key, results] of runs) {
    const [setup, row, subject] = JSON.parse(key) as [string, string, string];
    if (subject === "bare") continue;
    const bare = of(setup, row, "bare");
    const hand = of(setup, row, "by hand");
    const ratios = results.map(({ ns }, i) => (ns - at(bare, i).ns) / (at(hand, i).ns - at(bare, i).ns));
    const over = median(results.map(({ ns }, i) => ns - at(bare, i).ns));
    const bytes = median(results.map((each, i) => each.bytes - at(bare, i).bytes));
    const ratio = hand.length === 0 ? "" : median(ratios).toFixed(2);
    console.log(
      `| ${setup} | ${row} | ${subject} | ${over.toFixed(0)} | ${ratio} | ${bytes.toFixed(0)} | ${at(results, 0).spans} |`,
    );
  }
}

function of(setup: string, row: string, subject: string): Result[] {
  return runs.get(JSON.stringify([setup, row, subject])) ?? [];
}

function at(results: readonly Result[], i: number): Result {
  return results[i] ?? { row: "", subject: "", ns: Number.NaN, bytes: Number.NaN, spans: 0 };
}

function median(list: readonly number[]): number {
  return [...list].sort((a, b) => a - b)[list.length >> 1] ?? Number.NaN;
}
