import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { initTracing, startSpan } from "@dcmx-tracing/core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ROOT } from "./infra_files.ts";
import { startProcess, until } from "./servers/start_process.ts";

// The script runs in a copy of the repository's shape. Programs that it calls are stand-ins that write down how they
// were called, since there is no container engine to talk to.
const REAL = ["bash", "sh", "cat", "sed", "mkdir", "head", "base64", "tr", "dirname", "env", "sleep"];
let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "dcmx-start-"));
  mkdirSync(join(root, "bin"));
  mkdirSync(join(root, "infra"));
  cpSync(`${ROOT}scripts/start-tracing.sh`, join(root, "scripts/start-tracing.sh"));
  for (const name of REAL)
    symlinkSync(spawnSync("which", [name], { encoding: "utf8" }).stdout.trim(), join(root, "bin", name));
  program("node");
});
afterEach(() => rmSync(root, { recursive: true }));

/** Makes a program that notes its arguments; `fails` are arguments with which it ends with 1. */
function program(name: string, fails: string = "nothing"): void {
  const file = join(root, "bin", name);
  writeFileSync(
    file,
    `#!/bin/sh\necho "${name} $*" >> "${root}/calls"\ncase "$*" in ${fails}) exit 1;; esac\n`,
  );
  chmodSync(file, 0o755);
}

function start(...args: string[]): {
  status: number | null;
  stdout: string;
  stderr: string;
  calls: readonly string[];
} {
  writeFileSync(join(root, "calls"), "");
  const env = { PATH: join(root, "bin"), DCMX_WAIT_TRIES: "1" };
  const { status, stdout, stderr } = spawnSync(join(root, "scripts/start-tracing.sh"), args, {
    env,
    encoding: "utf8",
    cwd: tmpdir(),
  });
  return {
    status,
    stdout,
    stderr,
    calls: readFileSync(join(root, "calls"), "utf8").split("\n").filter(Boolean),
  };
}

const SETUP = "node scripts/setup.mjs";
const VIEWER = "node --import tsx packages/viewer/src/cli.ts";

test.each([
  ["Docker is not installed", () => undefined],
  ["The Docker engine does not run or may not be used", () => program("docker", "info")],
  ["Docker has no compose plugin", () => program("docker", '"compose version"')],
])("without an engine it says '%s' and starts the viewer", (reason, prepare) => {
  prepare();
  const { status, stdout, calls } = start();
  expect(status).toBe(0);
  expect(stdout).toContain(`${reason}: starting the embedded viewer`);
  expect(calls.at(-1)).toBe(VIEWER);
});

test("it starts the stack, waits until all three answer, and prints the addresses", () => {
  program("docker");
  program("curl");
  const { status, stdout, calls } = start();
  expect(status).toBe(0);
  expect(calls).toContain("docker compose -f infra/docker-compose.tracing.yml up -d");
  const asked = calls.filter((call) => call.startsWith("curl")).map((call) => call.split(" ").at(-1));
  expect(asked).toEqual([
    "http://localhost:16686/",
    "http://localhost:9090/-/ready",
    "http://localhost:3000/api/health",
  ]);
  expect(stdout).toMatch(
    /Jaeger +http:\/\/localhost:16686.*\nPrometheus +http:\/\/localhost:9090.*\nGrafana +http:\/\/localhost:3000/,
  );
});

test("it fails, naming the log to read, when a service does not answer", () => {
  program("docker");
  program("curl", "*9090*");
  const { status, stderr } = start();
  expect(status).toBe(1);
  expect(stderr).toContain("Prometheus does not answer at http://localhost:9090/-/ready");
  expect(stderr).toContain("docker compose -f infra/docker-compose.tracing.yml logs prometheus");
});

test("it fails when the engine cannot start the stack", () => {
  program("docker", '*"up -d"');
  program("curl");
  expect(start().status).toBe(1);
});

test("--prod lays the second file over the first and makes a password once, in a folder of its own", () => {
  program("docker");
  program("curl");
  const { calls, stdout } = start("--prod");
  expect(calls).toContain(
    "docker compose -f infra/docker-compose.tracing.yml -f infra/docker-compose.tracing.prod.yml up -d",
  );
  const file = join(root, "infra/secrets/grafana_admin_password");
  const password = readFileSync(file, "utf8");
  expect(password).toMatch(/^[A-Za-z0-9]{20,}$/);
  expect(stdout).not.toContain(password);
  expect(statSync(join(root, "infra/secrets")).mode & 0o077).toBe(0);
  start("--prod");
  expect(readFileSync(file, "utf8")).toBe(password);
});

test("--stop takes both files down and keeps the volumes", () => {
  program("docker");
  const { status, calls } = start("--stop");
  expect(status).toBe(0);
  expect(calls.at(-1)).toBe(
    "docker compose -f infra/docker-compose.tracing.yml -f infra/docker-compose.tracing.prod.yml down",
  );
});

test("--stop without an engine says that there is nothing to stop", () => {
  const { status, stderr, calls } = start("--stop");
  expect(status).toBe(1);
  expect(stderr).toContain("Docker is not installed: there is nothing to stop.");
  expect(calls).toEqual([]);
});

test("--viewer starts the viewer although an engine runs", () => {
  program("docker");
  expect(start("--viewer").calls).toEqual([SETUP, VIEWER]);
  expect(start("--viewer", "--", "--port", "0").calls).toEqual([SETUP, `${VIEWER} --port 0`]);
});

test("--help explains every option, an unknown option is refused", () => {
  const { status, stdout } = start("--help");
  expect(status).toBe(0);
  for (const option of ["--prod", "--stop", "--viewer"]) expect(stdout).toContain(option);
  expect(start("--production")).toMatchObject({
    status: 2,
    stderr: expect.stringContaining("Unknown option: --production"),
  });
});

test("the real viewer takes a trace over OTLP and draws it", async () => {
  let url = "";
  const viewer = await startProcess(
    `${ROOT}scripts/start-tracing.sh`,
    ["--viewer", "--", "--port", "0"],
    async (output) => {
      url = /Traces: (http:\/\/\S+)/.exec(output)?.[1] ?? "";
      return url !== "";
    },
  );
  const tracing = initTracing({ serviceName: "dcmx", otlpEndpoint: url, exitHandlers: false });
  startSpan("artist_onboarding", () => startSpan("artist_onboarding.verify_identity", () => undefined));
  expect(await tracing.shutdown()).toMatchObject({ exported: 2, failed: 0 });
  await until(
    async () => viewer.output().includes("artist_onboarding.verify_identity"),
    "the trace is drawn",
  );
  expect(viewer.output()).toContain("starting the embedded viewer");
  await viewer.stop();
}, 90_000);
