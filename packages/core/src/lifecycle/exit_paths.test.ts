import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startOtlpReceiver } from "../testing/_otlp_receiver.ts";
import { type AppResult, runApp } from "../testing/_run_app.ts";

async function exitBy(
  path: string,
  signal?: NodeJS.Signals,
): Promise<{ result: AppResult; spans: string[] }> {
  await using receiver = await startOtlpReceiver();
  const app = runApp("_exit_app.ts", { EXIT_PATH: path, OTLP_ENDPOINT: receiver.url });
  if (signal !== undefined) {
    await app.said("ready");
    app.child.kill(signal);
  }
  const result = await app.result;
  return { result, spans: receiver.spans().map((span) => `${span.name} ${span.attributes.path}`) };
}

test("initTracing() delivers what waits when the process runs out of work", async () => {
  const { result, spans } = await exitBy("return");
  expect(spans).toEqual(["work return"]);
  expect(result).toMatchObject({ code: 0, signal: null });
});

test("initTracing() delivers what waits on process.exit() and keeps the exit code", async () => {
  const { result, spans } = await exitBy("exit");
  expect(spans).toEqual(["work exit"]);
  expect(result).toMatchObject({ code: 7, signal: null });
});

test("initTracing() delivers what waits when an error is thrown, and the crash stays as it was", async () => {
  const { result, spans } = await exitBy("throw");
  expect(spans).toEqual(["work throw"]);
  expect(result.code).toBe(1);
  expect(result.stderr).toContain("Error: thrown by the application");
});

test("initTracing() delivers what waits when a rejection is not handled, and the crash stays as it was", async () => {
  const { result, spans } = await exitBy("reject");
  expect(spans).toEqual(["work reject"]);
  expect(result.code).toBe(1);
  expect(result.stderr).toContain("Error: rejected by the application");
});

test.each(["SIGTERM", "SIGINT"] as const)(
  "initTracing() delivers what waits on %s and dies of it",
  async (signal) => {
    const { result, spans } = await exitBy("signal", signal);
    expect(spans).toEqual(["work signal"]);
    expect(result).toMatchObject({ code: null, signal });
  },
);

test("initTracing() leaves a signal to the application when that listens itself", async () => {
  const { result, spans } = await exitBy("signal-listener", "SIGTERM");
  expect(spans).toEqual(["work signal-listener"]);
  expect(result).toMatchObject({
    code: 3,
    signal: null,
    stdout: expect.stringContaining("listener of the application"),
  });
});

test("initTracing() delivers what waits in a worker that runs out of work", async () => {
  const { result, spans } = await exitBy("worker");
  expect(spans).toEqual(["work worker"]);
  expect(result).toMatchObject({ code: 0, stdout: "worker exit 0\n" });
});

test("initTracing() delivers what waits in a worker that calls process.exit()", async () => {
  const { result, spans } = await exitBy("worker-exit");
  expect(spans).toEqual(["work worker-exit"]);
  expect(result.stdout).toContain("worker exit 7");
});

test("initTracing() delivers what waits in a worker that throws", async () => {
  const { result, spans } = await exitBy("worker-throw");
  expect(spans).toEqual(["work worker-throw"]);
  expect(result.stdout).toContain("worker error thrown by the application");
});

test("Tracing.shutdown() leaves nothing for the exit handlers", async () => {
  const { result, spans } = await exitBy("shutdown");
  expect(spans).toEqual(["work shutdown"]);
  expect(result).toMatchObject({ code: 0, stdout: "exported 1\n" });
});

test("initTracing() does not hold process.exit() up for longer than its bound when the collector never answers", async () => {
  await using receiver = await startOtlpReceiver({ answer: () => ({ after: new Promise(() => {}) }) });
  const env = { EXIT_PATH: "exit", OTLP_ENDPOINT: receiver.url, DCMX_TRACING_SHUTDOWN_TIMEOUT: "300" };
  expect(await runApp("_exit_app.ts", env).result).toMatchObject({ code: 7, signal: null });
});

test("initTracing() leaves the process alone when exitHandlers is off", async () => {
  await using receiver = await startOtlpReceiver();
  const env = { EXIT_PATH: "exit", OTLP_ENDPOINT: receiver.url, DCMX_TRACING_EXIT_HANDLERS: "false" };
  expect(await runApp("_exit_app.ts", env).result).toMatchObject({ code: 7 });
  expect(receiver.requests).toEqual([]);
});

test.each([
  ["exit", undefined, { code: 7 }],
  ["return", undefined, { code: 0 }],
  ["signal", "SIGTERM", { signal: "SIGTERM" }],
] as const)(
  "initTracing() spools what waits on %s while the collector is down, and the next process sends it",
  async (path, signal, end) => {
    const closed = await startOtlpReceiver();
    await closed.close();
    const directory = await mkdtemp(join(tmpdir(), "core-spool-"));
    const env = {
      OTLP_ENDPOINT: closed.url,
      DCMX_TRACING_SPOOL_DIRECTORY: directory,
      DCMX_TRACING_SHUTDOWN_TIMEOUT: "1000",
    };
    const first = runApp("_exit_app.ts", { ...env, EXIT_PATH: path });
    if (signal !== undefined) {
      await first.said("ready");
      first.child.kill(signal);
    }
    expect(await first.result).toMatchObject(end);
    await using receiver = await startOtlpReceiver({ port: closed.port });
    await runApp("_exit_app.ts", { ...env, EXIT_PATH: "shutdown", DCMX_TRACING_SHUTDOWN_TIMEOUT: "20000" })
      .result;
    expect(
      receiver
        .spans()
        .map((span) => span.attributes.path)
        .sort(),
    ).toEqual([path, "shutdown"].sort());
    await rm(directory, { recursive: true });
  },
);
