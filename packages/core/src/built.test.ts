import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildPackages } from "./testing/_build_packages.ts";
import { startOtlpReceiver } from "./testing/_otlp_receiver.ts";

const project = await mkdtemp(join(tmpdir(), "core-built-"));
beforeAll(() => buildPackages(project), 120_000);
afterAll(() => rm(project, { recursive: true, force: true }));

const APP = `
const tracing = initTracing({ otlpEndpoint: process.env.COLLECTOR });
startSpan("built", () => 1);
tracing.shutdown().then((receipt) => console.log(receipt.exported, receipt.settled));
`;

test.each([
  ["app.mjs", `import { initTracing, startSpan } from "@dcmx-tracing/core";${APP}`],
  ["app.cjs", `const { initTracing, startSpan } = require("@dcmx-tracing/core");${APP}`],
])("the built package traces %s", async (file, text) => {
  await using receiver = await startOtlpReceiver();
  await writeFile(join(project, file), text);
  const env = { COLLECTOR: receiver.url, OTEL_SERVICE_NAME: "built" };
  const { stdout } = await promisify(execFile)(process.execPath, [file], { cwd: project, env });
  expect(stdout).toBe("1 true\n");
  expect(receiver.spans().map((span) => span.name)).toEqual(["built"]);
});

test.each(["--import", "--require"])("the built preload starts tracing with %s", async (option) => {
  await using receiver = await startOtlpReceiver();
  const start = `require("@dcmx-tracing/core").startSpan("preloaded", () => 1)`;
  await writeFile(join(project, "plain.cjs"), start);
  const env = { OTLP_ENDPOINT: receiver.url, OTEL_SERVICE_NAME: "built" };
  const args = [option, "@dcmx-tracing/core/register", "plain.cjs"];
  await promisify(execFile)(process.execPath, args, { cwd: project, env });
  expect(receiver.spans().map((span) => span.name)).toEqual(["preloaded"]);
});

test("the ESM and the CJS build know of each other in one process", async () => {
  const text = `
import { createRequire } from "node:module";
import { initTracing } from "@dcmx-tracing/core";
const first = initTracing({ serviceName: "a", exporter: "none" });
try { createRequire(import.meta.url)("@dcmx-tracing/core").initTracing({ serviceName: "a", exporter: "none" }); }
catch (error) { console.log(error.problems[0].code); }
await first.shutdown();
`;
  await writeFile(join(project, "both.mjs"), text);
  const { stdout } = await promisify(execFile)(process.execPath, ["both.mjs"], { cwd: project });
  expect(stdout).toBe("setup.already_started\n");
});

test("the built command examines an application", async () => {
  await writeFile(
    join(project, "traced.mjs"),
    `import { startSpan } from "@dcmx-tracing/core"; startSpan("a", () => 1);`,
  );
  const cli = join(project, "node_modules/@dcmx-tracing/core/dist/cli.mjs");
  const app = [process.execPath, "--import", "@dcmx-tracing/core/register", "traced.mjs"];
  const env = { OTEL_SERVICE_NAME: "built", OTEL_TRACES_EXPORTER: "none" };
  const result = spawnSync(process.execPath, [cli, "doctor", "--json", "--", ...app], {
    cwd: project,
    env,
    encoding: "utf8",
  });
  expect(JSON.parse(result.stdout)).toMatchObject({ status: "healthy", stats: { started: 1, ended: 1 } });
  expect(result.status).toBe(0);
});
