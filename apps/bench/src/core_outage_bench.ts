// A collector that is away for 30 of 45 seconds: what is lost, and what it costs, for the pipeline of core with and
// without its spool and for the stock BatchSpanProcessor. The subjects of one rate run side by side.
// Run: pnpm --filter @dcmx-tracing/bench bench:core-outage [--rates 500,5000]
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "esbuild";

const { values } = parseArgs({
  options: { rates: { type: "string", default: "500,5000" }, scale: { type: "string", default: "1" } },
});
const out = fileURLToPath(new URL("../.results/", import.meta.url));

await build({
  entryPoints: ["core_outage_child.ts", "core_pipeline_collector.ts"].map((file) =>
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

for (const rate of values.rates.split(",")) {
  const cases = ["refused", "503"].flatMap((mode) =>
    ["bsp", "ours", "ours-spool"].map((subject) => ({ mode, subject })),
  );
  const rows = await Promise.all(
    cases.map(async (each) => ({ ...each, ...(await run(each.subject, rate, each.mode)) })),
  );
  console.log(`\nOutage of 30 s in 45 s at ${rate} spans/s, 5 attributes\n`);
  console.log(
    "| collector | subject | ended | lost | duplicates | extra MB | not exported by its counters | spooled |",
  );
  console.log("|---|---|---|---|---|---|---|---|");
  for (const { mode, subject, ended, lost, duplicates, extraMB, counted, spooled } of rows) {
    const cells = [mode, subject, ended, lost, duplicates, extraMB.toFixed(1), counted, spooled];
    console.log(`| ${cells.map((cell) => cell ?? "-").join(" | ")} |`);
  }
}

/** What a child prints; the counters are those of our pipelines only. */
interface Result {
  readonly ended: number;
  readonly lost: number;
  readonly duplicates: number;
  readonly extraMB: number;
  readonly counted?: number;
  readonly spooled?: number;
}

function run(subject: string, rate: string, mode: string): Promise<Result> {
  const child = spawn(
    process.execPath,
    ["--expose-gc", `${out}core_outage_child.mjs`, subject, rate, mode, values.scale],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let text = "";
  child.stdout.on("data", (chunk) => {
    text += chunk;
  });
  return new Promise((resolve, reject) => {
    child.on("close", (code) => {
      if (code === 0) resolve(JSON.parse(text));
      else reject(new Error(`${subject} ended with ${code}`));
    });
  });
}
