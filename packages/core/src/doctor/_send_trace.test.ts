import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { startHttpStub } from "../testing/_http_stub.ts";
import { startOtlpReceiver } from "../testing/_otlp_receiver.ts";
import { diagnose } from "./diagnose.ts";

const NAMED = { OTEL_SERVICE_NAME: "doctor-test", OTEL_TRACES_SAMPLER: "always_off" };

function sendCodes(report: Awaited<ReturnType<typeof diagnose>>): string[] {
  return report.findings.map(({ code }) => code).filter((code) => code.startsWith("send."));
}

test("diagnose() with send delivers one trace, whatever the sampler is, and reads it back from /api/v3", async () => {
  await using receiver = await startOtlpReceiver();
  let polls = 0;
  await using jaeger = await startHttpStub((request) => {
    const id = request.url?.split("/").at(-1) ?? "";
    // Jaeger needs a moment until a trace can be queried
    return ++polls < 3
      ? { status: 404 }
      : { body: JSON.stringify({ result: { resourceSpans: [{ traceId: id }] } }) };
  });
  const report = await diagnose({
    env: { ...NAMED, OTLP_ENDPOINT: receiver.url },
    send: true,
    jaegerUrl: `${jaeger.url}/`,
  });
  expect(sendCodes(report)).toEqual(["send.delivered", "send.read_back"]);
  const [span] = receiver.spans();
  expect(span).toMatchObject({ name: "dcmx-tracing doctor", resource: { "service.name": "doctor-test" } });
  expect(jaeger.paths.at(-1)).toBe(`/api/v3/traces/${span?.traceId}`);
  expect(report.trace).toEqual({
    traceId: span?.traceId,
    uiUrl: `${jaeger.url}/trace/${span?.traceId}`,
    found: true,
  });
});

test("diagnose() with send says when Jaeger does not have the trace, or does not answer", async () => {
  await using receiver = await startOtlpReceiver();
  await using jaeger = await startHttpStub(() => ({ status: 404 }));
  const options = { env: { ...NAMED, OTLP_ENDPOINT: receiver.url }, send: true, readBackMs: 1 };
  expect(sendCodes(await diagnose({ ...options, jaegerUrl: jaeger.url }))).toEqual([
    "send.delivered",
    "send.not_found",
  ]);
  const gone = await diagnose({ ...options, jaegerUrl: "http://127.0.0.1:1" });
  expect(sendCodes(gone)).toEqual(["send.delivered", "send.jaeger_unreachable"]);
});

test("diagnose() with send says when the collector does not take the trace", async () => {
  await using receiver = await startOtlpReceiver({ answer: () => ({ status: 400 }) });
  const report = await diagnose({ env: { ...NAMED, OTLP_ENDPOINT: receiver.url }, send: true });
  expect(sendCodes(report)).toEqual(["send.not_delivered"]);
});

const binary = jaegerBinary();
if (binary === undefined)
  process.stdout.write("skipped: no jaeger binary on PATH or in GOPATH/bin for the read-back test\n");

test.skipIf(binary === undefined && process.env.DCMX_REQUIRE_SERVERS !== "1")(
  "diagnose() with send reads its trace back from a real Jaeger",
  async () => {
    if (binary === undefined) throw new Error("DCMX_REQUIRE_SERVERS is 1 and there is no jaeger binary");
    const jaeger = await startJaeger(binary);
    try {
      const report = await diagnose({
        env: { ...NAMED, OTLP_ENDPOINT: jaeger.otlp },
        send: true,
        jaegerUrl: jaeger.query,
      });
      expect(sendCodes(report)).toEqual(["send.delivered", "send.read_back"]);
      expect(report.trace?.found).toBe(true);
    } finally {
      await jaeger.stop();
    }
  },
  60_000,
);

function jaegerBinary(): string | undefined {
  const folders = (process.env.PATH ?? "").split(":");
  try {
    folders.push(join(execFileSync("go", ["env", "GOPATH"], { encoding: "utf8" }).trim(), "bin"));
  } catch {
    // no Go: the PATH is all there is
  }
  return folders.map((folder) => join(folder, "jaeger")).find((file) => existsSync(file));
}

interface RunningJaeger {
  readonly otlp: string;
  readonly query: string;
  stop(): Promise<void>;
}

async function startJaeger(file: string): Promise<RunningJaeger> {
  const [otlp, grpc, query, queryGrpc, health] = await freePorts(5);
  const at = (port: number | undefined): string => `127.0.0.1:${port}`;
  const config = {
    service: {
      extensions: ["jaeger_storage", "jaeger_query", "healthcheckv2"],
      pipelines: { traces: { receivers: ["otlp"], exporters: ["jaeger_storage_exporter"] } },
      telemetry: { metrics: { level: "none" }, logs: { level: "error" } },
    },
    extensions: {
      healthcheckv2: { use_v2: true, http: { endpoint: at(health) } },
      jaeger_query: {
        storage: { traces: "memory" },
        http: { endpoint: at(query) },
        grpc: { endpoint: at(queryGrpc) },
      },
      jaeger_storage: { backends: { memory: { memory: { max_traces: 1000 } } } },
    },
    receivers: { otlp: { protocols: { http: { endpoint: at(otlp) }, grpc: { endpoint: at(grpc) } } } },
    exporters: { jaeger_storage_exporter: { trace_storage: "memory" } },
  };
  const child = spawn(file, ["--config", `yaml:${JSON.stringify(config)}`], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  await reachable(`http://${at(health)}/status`, child, () => said);
  return {
    otlp: `http://${at(otlp)}`,
    query: `http://${at(query)}`,
    stop: () =>
      new Promise((resolve) => {
        child.on("close", () => resolve()).kill("SIGKILL");
      }),
  };
}

async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer());
  await Promise.all(
    servers.map((server) => new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))),
  );
  const ports = servers.map((server) => {
    const address = server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  });
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

/** Asks until the server answers, or has ended. */
async function reachable(url: string, child: ChildProcess, said: () => string): Promise<void> {
  while (child.exitCode === null) {
    const ok = await fetch(url).then(
      (response) => response.ok,
      () => false,
    );
    if (ok) return;
    await new Promise((resolve) => setImmediate(resolve));
  }
  throw new Error(`jaeger ended: ${said()}`);
}
