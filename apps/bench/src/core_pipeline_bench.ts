// The export pipeline of core against the stock BatchSpanProcessor with the OTLP protobuf exporter.
// Every measurement is a process of its own with a collector of its own; subjects take turns; tables show medians.
// Run: pnpm --filter @dcmx-tracing/bench bench:core-pipeline [--runs 5] [--cases burst-sync,end,...] [--attributes 5,20]
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import type { SubjectName } from "./core_pipeline_subjects.ts";

interface Case {
  readonly title: string;
  readonly subjects: readonly SubjectName[];
  readonly attributes: readonly number[];
}

const BURST: readonly SubjectName[] = ["bsp", "bsp-200k", "ours", "ours-wrapped"];
const COST: readonly SubjectName[] = ["noop", "bsp", "ours", "ours-wrapped"];
const CASES: Readonly<Record<string, Case>> = {
  "burst-sync": { title: "Burst of 100,000 spans in one loop", subjects: BURST, attributes: [2, 5] },
  "burst-async": { title: "Burst of 100,000 spans, 200 tasks", subjects: BURST, attributes: [2, 5] },
  "burst-50ms": { title: "The same with a collector that takes 50 ms", subjects: BURST, attributes: [2, 5] },
  end: { title: "span.end() in microseconds, 50 spans a millisecond", subjects: COST, attributes: [5, 20] },
  paced: { title: "Event-loop delay in milliseconds at 20,000 spans/s", subjects: COST, attributes: [5] },
  cpu: {
    title: "CPU per span created and exported, in microseconds",
    subjects: COST,
    attributes: [0, 5, 20],
  },
};

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "5" },
    attributes: { type: "string" },
    cases: { type: "string", default: Object.keys(CASES).join(",") },
  },
});
const out = fileURLToPath(new URL("../.results/", import.meta.url));

// Plain JavaScript, as users run it: tsx would add a call to every named function.
await build({
  entryPoints: ["core_pipeline_child.ts", "core_pipeline_collector.ts"].map((file) =>
    fileURLToPath(new URL(file, import.meta.url)),
  ),
  outdir: out,
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  external: ["@opentelemetry/*"],
});

for (const name of values.cases.split(",")) {
  const found = CASES[name];
  if (!found)
    throw new RangeError(`Unknown case ${JSON.stringify(name)}: known are ${Object.keys(CASES).join(", ")}`);
  const only = values.attributes?.split(",").map(Number) ?? found.attributes;
  for (const attributes of only) print(found, attributes, run(name, found, attributes));
}

function run(name: string, { subjects }: Case, attributes: number): Map<string, Record<string, number>[]> {
  const results = new Map<string, Record<string, number>[]>(subjects.map((subject) => [subject, []]));
  for (let round = 0; round < Number(values.runs); round++) {
    // Back and forth, so that a slow spell of the machine does not always meet the same subject.
    for (const subject of round % 2 ? [...subjects].reverse() : subjects) {
      const args = ["--expose-gc", `${out}core_pipeline_child.mjs`, name, subject, String(attributes)];
      const child = spawnSync(process.execPath, args, { encoding: "utf8" });
      if (child.status !== 0) throw new Error(`${name} ${subject}: ${child.stderr}`);
      results.get(subject)?.push(JSON.parse(child.stdout));
    }
  }
  return results;
}

function print({ title }: Case, attributes: number, results: Map<string, Record<string, number>[]>): void {
  const [first = []] = results.values();
  const columns = Object.keys(first[0] ?? {});
  console.log(
    `\n${title}, ${attributes} attributes\n\n| | ${columns.join(" | ")} |\n|---${"|---".repeat(columns.length)}|`,
  );
  for (const [subject, runs] of results) {
    const cells = columns.map((column) => median(runs.map((run) => run[column] ?? Number.NaN)));
    console.log(
      `| ${subject} | ${cells.map((value) => Number(value.toPrecision(3)).toLocaleString("en")).join(" | ")} |`,
    );
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}
