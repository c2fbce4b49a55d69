import { spawn } from "node:child_process";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ROOT } from "./infra_files.ts";
import { findServer } from "./servers/find_server.ts";
import { type RunningJaeger, startJaeger } from "./servers/start_jaeger.ts";

const server = findServer("jaeger");
let jaeger: RunningJaeger;

beforeAll(async () => {
  if (!server.missing) jaeger = await startJaeger(server.path, "jaeger/jaeger.yaml");
});
afterAll(() => jaeger?.stop());

interface Report {
  readonly exitCode: number;
  readonly findings: readonly { readonly code: string; readonly level: string }[];
}

/** Runs `dcmx-tracing doctor` from its sources, in an environment of its own. */
async function doctor(
  env: Record<string, string>,
  ...args: string[]
): Promise<{ code: number | null; output: string }> {
  const command = ["--import", "tsx", `${ROOT}packages/core/src/cli.ts`, "doctor", ...args];
  const child = spawn(process.execPath, command, {
    cwd: `${ROOT}apps/e2e`,
    env: { PATH: process.env.PATH, ...env },
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += String(chunk);
  });
  child.stderr.resume();
  const code = await new Promise<number | null>((resolve) => child.once("close", resolve));
  return { code, output };
}

test.skipIf(server.missing)("doctor --send reads its trace back from Jaeger", async () => {
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: jaeger.otlpHttp, OTEL_SERVICE_NAME: "dcmx-doctor" };
  const { code, output } = await doctor(env, "--send", "--jaeger", jaeger.query, "--json");
  const report = JSON.parse(output) as Report; // its documented form
  expect(report.findings.map(({ code }) => code)).toContain("send.read_back");
  expect(
    report.findings.filter(({ level }) => level !== "ok" && level !== "info"),
    output,
  ).toEqual([]);
  expect(code).toBe(report.exitCode);
  const services = await (
    await fetch(`${jaeger.query}/api/v3/services`, { headers: { connection: "close" } })
  ).text();
  expect(services).toContain("dcmx-doctor");
});

test.skipIf(server.missing)("doctor names the swap of the gRPC and the HTTP port", async () => {
  const env = {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://${jaeger.otlpGrpc}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
  };
  const { code, output } = await doctor(env);
  expect(code).toBe(2);
  expect(output).toMatch(/gRPC/);
});
