/**
 * Start of a process: loading and registering core, against the plain SDK pieces that do the same work.
 *
 * Every measurement is a fresh process that runs built code; the subjects take turns, and the figures are medians.
 * Run: `pnpm --filter @dcmx-tracing/bench bench:core-start`
 */

import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ROUNDS = Number(process.env.ROUNDS ?? 15);
const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

const NAMES = {
  plain: ["@opentelemetry/api", "@opentelemetry/sdk-trace-node", "@opentelemetry/exporter-trace-otlp-proto"],
  core: ["@dcmx-tracing/core"],
};

const REGISTER = {
  nothing: "",
  plain: `
new NodeTracerProvider({
  spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url: "http://127.0.0.1:4318/v1/traces" }))],
}).register();
trace.getTracer("t").startSpan("a");`,
  core: `
initTracing({ serviceName: "bench" });
startSpan("a", () => 1);`,
};

const IMPORTS = {
  plain: [
    ["trace", NAMES.plain[0]],
    ["NodeTracerProvider, BatchSpanProcessor", NAMES.plain[1]],
    ["OTLPTraceExporter", NAMES.plain[2]],
  ],
  core: [["initTracing, startSpan", NAMES.core[0]]],
};

type Subject = keyof typeof REGISTER;
type Format = "mjs" | "cjs";

interface Result {
  readonly ms: number;
  readonly cpuMs: number;
  readonly rssMb: number;
}

const project = mkdtempSync(join(tmpdir(), "core-start-"));
try {
  build();
  for (const format of ["mjs", "cjs"] as const) report(format, measure(format));
} finally {
  rmSync(project, { recursive: true, force: true });
}

/** The published form of core and span, in a project of its own. */
function build(): void {
  const modules = join(project, "node_modules");
  mkdirSync(join(modules, "@dcmx-tracing"), { recursive: true });
  mkdirSync(join(modules, "@opentelemetry"));
  for (const from of ["packages/core", "apps/bench"]) {
    const installed = join(ROOT, from, "node_modules/@opentelemetry");
    for (const name of readdirSync(installed)) {
      const link = join(modules, "@opentelemetry", name);
      if (!existsSync(link)) symlinkSync(join(installed, name), link);
    }
  }
  for (const name of ["core", "span"]) {
    const cwd = join(ROOT, "packages", name);
    const target = join(modules, "@dcmx-tracing", name);
    mkdirSync(target);
    const tsdown = join(ROOT, "node_modules/tsdown/dist/run.mjs");
    const config = join(ROOT, "scripts/tsdown.config.mjs");
    const args = [
      tsdown,
      "--config",
      config,
      "--out-dir",
      join(target, "dist"),
      "--no-dts",
      "--no-sourcemap",
    ];
    execFileSync(process.execPath, args, { cwd, stdio: ["ignore", "ignore", "inherit"] });
    const manifest = JSON.parse(readFileSync(join(cwd, "package.json"), "utf8"));
    writeFileSync(join(target, "package.json"), JSON.stringify({ ...manifest, ...manifest.publishConfig }));
  }
  for (const format of ["mjs", "cjs"] as const) {
    for (const subject of ["nothing", "plain", "core"] as const) {
      writeFileSync(join(project, `${subject}.${format}`), program(subject, format));
    }
  }
}

/** Modules are loaded after the clock starts, which a static import would not allow. */
function program(subject: Subject, format: Format): string {
  const imports = subject === "nothing" ? [] : IMPORTS[subject];
  const load = (name: string | undefined): string =>
    format === "mjs" ? `await import("${name}")` : `require("${name}")`;
  return `
const before = process.memoryUsage().rss;
const cpu = process.cpuUsage();
const start = performance.now();
${imports.map(([names, from]) => `const { ${names} } = ${load(from)};`).join("\n")}${REGISTER[subject]}
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(cpu);
process.stdout.write(JSON.stringify({ ms, cpuMs: (user + system) / 1000, rssMb: (process.memoryUsage().rss - before) / 1e6 }));
process.kill(process.pid, "SIGKILL");
`;
}

function measure(format: Format): Record<Subject, { result: Result; wallMs: number }[]> {
  const results: Record<Subject, { result: Result; wallMs: number }[]> = { nothing: [], plain: [], core: [] };
  const subjects = Object.keys(results) as Subject[]; // the record's own keys
  for (let round = -1; round < ROUNDS; round++) {
    // A B C, C B A: what slows the machine down for a while slows all of them down
    for (const subject of round % 2 === 0 ? subjects : [...subjects].reverse()) {
      const begin = performance.now();
      const result = run(subject, format);
      if (round >= 0) results[subject].push({ result, wallMs: performance.now() - begin });
    }
  }
  return results;
}

function run(subject: Subject, format: Format): Result {
  try {
    execFileSync(process.execPath, [`${subject}.${format}`], { cwd: project, stdio: "pipe" });
  } catch (error) {
    // The program ends itself with SIGKILL, so that no exit handling is measured.
    const { stdout } = error as { stdout: Buffer };
    return JSON.parse(stdout.toString());
  }
  throw new Error(`${subject} ended by itself`);
}

function report(format: Format, results: ReturnType<typeof measure>): void {
  const median = (values: number[]): number =>
    values.sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const row = (subject: Subject): { ms: number; cpu: number; rss: number; wall: number } => ({
    ms: median(results[subject].map(({ result }) => result.ms)),
    cpu: median(results[subject].map(({ result }) => result.cpuMs)),
    rss: median(results[subject].map(({ result }) => result.rssMb)),
    wall: median(results[subject].map(({ wallMs }) => wallMs)),
  });
  const [nothing, plain, core] = [row("nothing"), row("plain"), row("core")];
  console.log(`${format === "mjs" ? "ESM" : "CommonJS"}, median of ${ROUNDS} processes`);
  console.log(`  whole process without tracing: ${nothing.wall.toFixed(0)} ms`);
  for (const [name, { ms, cpu, rss, wall }] of Object.entries({ plain, core })) {
    console.log(
      `  ${name.padEnd(5)} load and register ${ms.toFixed(1)} ms (CPU ${cpu.toFixed(1)} ms), RSS +${rss.toFixed(1)} MB, whole process ${wall.toFixed(0)} ms`,
    );
  }
  console.log(
    `  core / plain: load and register x${(core.ms / plain.ms).toFixed(2)} (CPU x${(core.cpu / plain.cpu).toFixed(2)}; target <= 1.10), RSS x${(core.rss / plain.rss).toFixed(2)}`,
  );
}
