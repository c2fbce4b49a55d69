import { expect, test } from "vitest";
import { startOtlpReceiver } from "../testing/_otlp_receiver.ts";
import { type AppResult, runApp } from "../testing/_run_app.ts";
import type { DoctorReport } from "./doctor_report.ts";
import { runDoctor } from "./run_doctor.ts";

function command(env: Record<string, string>, ...args: string[]): Promise<AppResult> {
  return runApp("../cli.ts", env, ["--import", "tsx"], args).result;
}

function report(result: AppResult): DoctorReport {
  return JSON.parse(result.stdout);
}

test("the command exits with 0 and prints the findings when all is well", async () => {
  await using receiver = await startOtlpReceiver();
  const result = await command(
    { OTEL_SERVICE_NAME: "dcmx", OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url },
    "doctor",
  );
  expect(result).toMatchObject({ code: 0, stderr: "" });
  expect(result.stdout).toContain('serviceName = "dcmx"  (OTEL_SERVICE_NAME)');
  expect(result.stdout).toContain("ok    the collector accepts OTLP [wire.otlp]");
  expect(result.stdout).toMatch(/Result: healthy\n$/);
});

test("the command exits with 1 on warnings and 2 when something is broken, as JSON too", async () => {
  const warnings = await command({ OTEL_TRACES_EXPORTER: "none" }, "doctor", "--json");
  expect(warnings.code).toBe(1);
  expect(report(warnings)).toMatchObject({ status: "warnings", exitCode: 1 });
  const broken = await command({ OTEL_TRACES_SAMPLER: "ratio" }, "doctor", "--json");
  expect(broken.code).toBe(2);
  expect(report(broken).findings[0]).toMatchObject({ code: "config.sampling.sampler", level: "error" });
});

test("the command runs an application and reports what its tracing did", async () => {
  await using receiver = await startOtlpReceiver();
  const env = { OTEL_SERVICE_NAME: "dcmx", OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, EXIT_PATH: "shutdown" };
  const app = new URL("../testing/_exit_app.ts", import.meta.url).pathname;
  const result = await command(env, "doctor", "--json", "--", process.execPath, app);
  expect(report(result)).toMatchObject({ status: "healthy", stats: { started: 1, exported: 1 } });
  expect(report(result).findings.map(({ code }) => code)).toContain("flow.counters");
  expect(result.stderr).toContain("exit 0");
  expect(receiver.spans().map((span) => span.name)).toEqual(["work"]);
});

test("the command says when the application never started tracing", async () => {
  const env = { OTEL_SERVICE_NAME: "dcmx", OTEL_TRACES_EXPORTER: "none" };
  const result = await command(env, "doctor", "--json", "--", process.execPath, "-e", "0");
  expect(result.code).toBe(2);
  expect(report(result).findings.map(({ code }) => code)).toContain("process.not_started");
});

test("runDoctor() explains itself, and refuses what it does not know", async () => {
  expect(await runDoctor(["doctor", "--help"])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^Usage:/),
  });
  expect(await runDoctor(["docter"])).toMatchObject({
    exitCode: 2,
    stderr: expect.stringContaining("'docter'"),
  });
  expect(await runDoctor(["--nope"])).toMatchObject({ exitCode: 2, stdout: "" });
  expect(await runDoctor(["--timeout", "soon"])).toMatchObject({ exitCode: 2 });
});
