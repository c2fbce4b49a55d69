import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { beforeAll, expect, test } from "vitest";

const here = fileURLToPath(new URL(".", import.meta.url));
const out = join(here, "../.results/matrix");
const root = join(here, "../../..");

interface FormResult {
  readonly outcome: readonly unknown[];
  readonly waiting: number;
  readonly open: number;
  readonly trace: string;
}
type Results = Readonly<Record<string, FormResult>>;

/** The trace that every form gives in every runtime. */
const TRACE = `
sync
└─ child

failing ERROR "failing" error.type="RangeError" exception.message=* exception.type="RangeError"
   • exception exception.message=* exception.stacktrace=* exception.type="RangeError"

later
└─ child

promised
└─ child

rejecting ERROR "undefined" error.type="undefined" exception.message=* exception.type="undefined"
   • exception exception.message=* exception.type="undefined"

thenable
└─ child

numbers
├─ child
└─ child

numbers
└─ child

laterNumbers
├─ child
└─ child

stream
└─ child

body

caller
├─ callback
│  └─ child
└─ after

recursive
└─ recursive
   └─ recursive

concurrent
└─ child-3

concurrent
└─ child-1

concurrent
└─ child-2

captured code.args.0="{\\"price\\":\\"5\\",\\"when\\":\\"1970-01-01T00:00:00.000Z\\",\\"tags\\":[\\"a\\"]}" code.args.1="7" code.result="{\\"count\\":\\"7\\",\\"bytes\\":\\"0x0102\\"}"
`.trim();

const OUTCOME = [
  2,
  "RangeError: failing",
  2,
  2,
  ["rejected", null],
  "rows",
  [1, 2],
  1,
  [1, 2],
  ["chunk"],
  "body",
  [null, 2],
  0,
  [3, 1, 2],
  ["count", "bytes"],
];

const REQUIRE =
  'import { createRequire as makeRequire } from "node:module"; const require = makeRequire(import.meta.url);';

const FORMS = [
  "byStartSpan",
  "byWrapper",
  "byStandardMethod",
  "byStandardClass",
  "byLegacyMethod",
  "byLegacyClass",
];

beforeAll(async () => {
  mkdirSync(out, { recursive: true });
  for (const name of ["span", "decorators"]) buildPackage(name);
  for (const [format, extension] of [
    ["esm", "mjs"],
    ["cjs", "cjs"],
  ] as const) {
    await build({
      entryPoints: [join(here, "main.ts")],
      outfile: join(out, `main.${extension}`),
      bundle: true,
      format,
      platform: "node",
      target: "node20.19",
      // The SDK is CommonJS, whose require() an ES module has to be given.
      banner: format === "esm" ? { js: REQUIRE } : {},
      alias: {
        "@dcmx-tracing/span/kernel": join(out, `span/kernel.${extension}`),
        "@dcmx-tracing/span": join(out, `span/mod.${extension}`),
        "@dcmx-tracing/decorators": join(out, `decorators/mod.${extension}`),
      },
    });
  }
}, 180_000);

/** Builds a package as it is published, into a folder of its own. */
function buildPackage(name: string): void {
  const folder = join(root, "packages", name);
  const bin = join(folder, "node_modules/.bin/tsdown");
  const args = ["--config", "../../scripts/tsdown.config.mjs", "--out-dir", join(out, name), "--no-dts"];
  execFileSync(bin, args, { cwd: folder, stdio: "pipe" });
}

/** The command that starts a runtime, if this machine has it. */
function find(command: string): string | undefined {
  const folders = [join(root, "node_modules/.bin"), ...(process.env.PATH ?? "").split(delimiter)];
  return folders.map((folder) => join(folder, command)).find((file) => existsSync(file));
}

function run(command: string, args: readonly string[]): Results {
  return JSON.parse(execFileSync(command, args, { encoding: "utf8", cwd: out }));
}

const RUNTIMES: readonly (readonly [string, string | undefined, readonly string[]])[] = [
  ["Node, ESM build", process.execPath, ["main.mjs"]],
  ["Node, CJS build", process.execPath, ["main.cjs"]],
  ["Deno, ESM build", find("deno"), ["run", "-A", "--node-modules-dir=manual", "main.mjs"]],
  ["Bun, ESM build", find("bun"), ["main.mjs"]],
];

for (const [runtime, command, args] of RUNTIMES) {
  test.skipIf(command === undefined)(
    `every form gives the same trace and the same results in ${runtime}`,
    () => {
      const results = run(command ?? "", args);
      expect(Object.keys(results)).toEqual(FORMS);
      for (const form of FORMS) {
        const result = results[form];
        // A class decorator gives no operation names: there, spans are named after the class.
        const trace = result?.trace.replaceAll("Service.", "");
        expect({ ...result, trace }, form).toEqual({ outcome: OUTCOME, waiting: 0, open: 0, trace: TRACE });
      }
    },
    120_000,
  );
}
