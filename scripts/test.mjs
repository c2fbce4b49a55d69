// What `npm test` and CI run: every gate in turn, all of them even after a failure, and one plain line at the end.
// A gate that is no test runner counts as one test; the tests of vitest count one by one, also when turbo replays them.
import { existsSync, readFileSync, rmSync } from "node:fs";
import { apps, packages, root, run } from "./_workspace.mjs";

process.env.TURBO_TELEMETRY_DISABLED = "1";
process.env.DO_NOT_TRACK = "1";
process.env.NO_COLOR = "1";
process.env.NO_UPDATE_NOTIFIER = "1";

const TURBO = ["--output-logs=new-only", "--concurrency=3", "--continue=dependencies-successful"];
// What takes seconds goes through turbo, which replays it as long as its inputs are the same.
const GATES = [
  ["lint", "turbo", ["run", "//#lint", ...TURBO]],
  ["entry points", "node", ["scripts/check_exports.mjs"]],
  ["dependency rules", "node", ["scripts/dependency_rules.mjs"]],
  ["names of telemetry", "tsx", ["scripts/check_names.mjs"]],
  ["reference page", "tsx", ["scripts/telemetry_reference.mjs", "--check"]],
  ["changesets", "node", ["scripts/check_changesets.mjs"]],
  ["build, types, tests, tarballs", "turbo", ["run", "build", "typecheck", "test", "pack:check", ...TURBO]],
  ["tarballs in an empty project", "turbo", ["run", "//#consumer", ...TURBO]],
  ["examples in the documentation", "turbo", ["run", "//#doctest", ...TURBO]],
  ["unused files, exports, dependencies", "turbo", ["run", "//#knip", ...TURBO]],
  ["workspace manifests", "sherif", ["--fail-on-warnings"]],
  ["JSR dry run", "turbo", ["run", "//#jsr", ...TURBO]],
];

const total = { passed: 0, failed: 0, skipped: 0 };
const resultFiles = [...packages(), ...apps()].map(({ path }) => `${root}${path}/.results/vitest.json`);
// Those of cached runs are restored by turbo.
for (const file of [...resultFiles, `${root}.doctest/results.json`]) rmSync(file, { force: true });

for (const [name, command, args] of GATES) gate(name, command, args);
for (const file of [...resultFiles, `${root}.doctest/results.json`]) addResults(file);

console.log(
  `${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ""}`,
);
process.exitCode = total.failed > 0 ? 1 : 0;

function gate(name, command, args) {
  const start = Date.now();
  const result = run(command, args);
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  total[result.ok ? "passed" : "failed"] += 1;
  console.log(`${result.ok ? "ok  " : "FAIL"} ${name} (${seconds} s)`);
  if (!result.ok) console.log(result.output);
  else for (const line of new Set(result.output.match(/skipped: .*/g) ?? [])) console.log(`     ${line}`);
}

/** Adds what one vitest run counted; no file means that its gate failed before any test, and was counted there. */
function addResults(file) {
  if (!existsSync(file)) return;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(
    readFileSync(file, "utf8"),
  );
  total.passed += numPassedTests;
  total.failed += numFailedTests;
  total.skipped += numPendingTests + numTodoTests;
}
