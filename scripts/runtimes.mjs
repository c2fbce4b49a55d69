// Runs the packages in another runtime: `node scripts/runtimes.mjs deno` or `... bun`. Deno executes the
// documentation's examples; Bun runs the tests of packages that use nothing of Node alone.
import { packages, run, sourceFiles } from "./_workspace.mjs";

const RUNTIMES = { deno, bun };
const runtime = process.argv[2];
if (!Object.hasOwn(RUNTIMES, runtime ?? "")) {
  console.error(`Name a runtime: ${Object.keys(RUNTIMES).join(" or ")}. Got: ${runtime}`);
  process.exit(1);
}
for (const [command, ...args] of RUNTIMES[runtime]()) {
  const result = run(command, args);
  console.log(
    `${result.ok ? "ok" : "FAIL"} ${command} ${args.filter((arg) => !arg.endsWith(".ts")).join(" ")}`,
  );
  if (!result.ok) {
    console.error(result.output);
    process.exitCode = 1;
  }
}

function deno() {
  // The example of the matcher runs inside vitest only.
  const files = packages()
    .flatMap(({ path }) => sourceFiles(path))
    .filter((file) => !file.endsWith("to_match_trace.ts"));
  // Types are checked by the JSR dry run: here the Node types of npm and those of Deno would meet.
  return [["deno", "test", "--doc", "-A", "--no-check", ...files]];
}

/** Spans and decorators run in Bun too: packages/decorators/matrix compares their traces, as a part of npm test. */
function bun() {
  return ["conventions", "testing"].map((folder) => ["bun", "test", `./packages/${folder}/src/`]);
}
