// Cost of a traced call: bare, by hand on the OpenTelemetry API, ours, and the published wrappers; one process for each
// tracing set-up, its cases interleaved, the whole repeated. The table shows CPU time over a bare call, its ratio to the same
// by hand, and the garbage, as medians; Sentry and Datadog have pipelines of their own and no counterpart by hand.
// Run: pnpm --filter @dcmx-tracing/bench bench:decorators [--runs 5] [--rounds 31] [--setups none,sampled]
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
  options: {
    runs: { type: "string", default: "5" },
    rounds: { type: "string", default: "31" },
    setups: { type: "string", default: SETUPS.join() },
  },
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
  for (const setup of values.setups.split(",")) {
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

/** Prints what a call costs over a bare one, its ratio to the same by hand, and its garbage: medians over the runs. */
function print(): void {
  const columns = SETUPS.slice(0, 4);
  const keys = [...runs.keys()].map((key) => JSON.parse(key) as [string, string, string]);
  const rows = new Set(
    keys
      .filter(([, , subject]) => subject !== "bare")
      .map(([, row, subject]) => JSON.stringify([row, subject])),
  );
  console.log(`| call | wrapper | ${columns.join(" | ")} |`);
  console.log(`| --- | --- | ${columns.map(() => "---").join(" | ")} |`);
  for (const each of rows) {
    const [row, subject] = JSON.parse(each) as [string, string];
    const own = SETUPS.slice(4).find((setup) => of(setup, row, subject).length > 0);
    const cells = columns.map((setup) =>
      cell(own !== undefined && setup === "sampled" ? own : setup, row, subject),
    );
    console.log(`| ${row} | ${subject} | ${cells.join(" | ")} |`);
  }
}

function cell(setup: string, row: string, subject: string): string {
  const results = of(setup, row, subject);
  if (results.length === 0) return "";
  const bare = of(setup, row, "bare");
  const hand = of(setup, row, "by hand");
  const over = median(results.map(({ ns }, i) => ns - at(bare, i).ns));
  const bytes = median(results.map((each, i) => each.bytes - at(bare, i).bytes));
  const ratio = median(results.map(({ ns }, i) => (ns - at(bare, i).ns) / (at(hand, i).ns - at(bare, i).ns)));
  const parts = [
    `${over.toFixed(0)} ns`,
    ...(hand.length > 0 ? [ratio.toFixed(2)] : []),
    `${(bytes / 1024).toFixed(1)} KB`,
  ];
  return parts.join(", ");
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
