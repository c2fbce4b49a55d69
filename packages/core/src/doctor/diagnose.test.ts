import { createServer } from "node:net";
import { startSpan } from "@dcmx-tracing/span";
import { createTestTracing } from "@dcmx-tracing/testing";
import { expect, test } from "vitest";
import { initTracing } from "../init_tracing.ts";
import { startGrpcReceiver } from "../testing/_grpc_receiver.ts";
import { startHttpStub } from "../testing/_http_stub.ts";
import { startOtlpReceiver } from "../testing/_otlp_receiver.ts";
import { type DiagnoseOptions, diagnose } from "./diagnose.ts";
import type { DoctorReport } from "./doctor_report.ts";

const NAMED = { OTEL_SERVICE_NAME: "dcmx" };

/** Codes of everything that is not fine. */
function trouble(report: DoctorReport): string[] {
  return report.findings.filter(({ level }) => level === "warn" || level === "error").map(({ code }) => code);
}

function codes(report: DoctorReport): string[] {
  return report.findings.map(({ code }) => code);
}

async function at(endpoint: string, more: DiagnoseOptions = {}): Promise<DoctorReport> {
  return diagnose({ env: { ...NAMED, OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }, ...more });
}

test("diagnose() finds a working collector healthy", async () => {
  await using receiver = await startOtlpReceiver();
  const report = await at(receiver.url);
  expect(report).toMatchObject({ status: "healthy", exitCode: 0 });
  expect(codes(report)).toEqual(
    expect.arrayContaining(["config.valid", "wire.dns", "wire.tcp", "wire.otlp", "process.clock"]),
  );
  expect(receiver.requests[0]).toMatchObject({ method: "POST", path: "/v1/traces", wireBytes: 0 });
});

test("diagnose() reports every configuration problem and checks no connection then", async () => {
  const env = { ...NAMED, OTEL_TRACES_SAMPLER_ARG: "10%", OTEL_EXPORTER_OTLP_PROTOCOL: "htp" };
  const report = await diagnose({ env });
  expect(report).toMatchObject({ status: "broken", exitCode: 2 });
  expect(trouble(report)).toEqual(["config.protocol.unknown", "config.sampling.rate_range"]);
  expect(report.findings.find(({ code }) => code === "config.sampling.rate_range")?.fix).toContain(
    "Did you mean 0.1?",
  );
});

test("diagnose() turns notes into findings and warns when nothing is kept", async () => {
  const report = await diagnose({
    tracing: { exporter: "none", sampleRate: 0 },
    env: { OTEL_SERVICE_NAMES: "x" },
  });
  expect(report).toMatchObject({ status: "warnings", exitCode: 1 });
  expect(trouble(report)).toEqual([
    "config.resource.no_service_name",
    "config.variable.unknown",
    "config.samples_nothing",
  ]);
});

test("diagnose() says that tracing is turned off", async () => {
  expect(trouble(await diagnose({ env: { ...NAMED, OTEL_SDK_DISABLED: "true" } }))).toEqual([
    "config.disabled",
  ]);
});

test("diagnose() names a host that is not known", async () => {
  expect(trouble(await at("http://no-such-host.invalid:4318"))).toEqual(["wire.dns_failed"]);
});

test("diagnose() names a port where nobody listens", async () => {
  const receiver = await startOtlpReceiver();
  await receiver.close();
  const report = await at(receiver.url);
  expect(trouble(report)).toEqual(["wire.tcp_failed"]);
  expect(report.findings.find(({ code }) => code === "wire.tcp_failed")?.evidence).toContain("ECONNREFUSED");
});

test("diagnose() names the swap when HTTP is sent to a gRPC port", async () => {
  await using receiver = await startGrpcReceiver();
  expect(trouble(await at(receiver.url))).toEqual(["wire.http_on_grpc_port"]);
});

test("diagnose() names the swap when gRPC is sent to an HTTP port", async () => {
  await using receiver = await startOtlpReceiver();
  expect(trouble(await at(receiver.url, { tracing: { protocol: "grpc" } }))).toEqual([
    "wire.grpc_on_http_port",
  ]);
});

test("diagnose() finds a working gRPC collector healthy, and a refusing one broken", async () => {
  await using receiver = await startGrpcReceiver();
  expect(trouble(await at(receiver.url, { tracing: { protocol: "grpc" } }))).toEqual([]);
  await using refusing = await startGrpcReceiver(16);
  expect(trouble(await at(refusing.url, { tracing: { protocol: "grpc" } }))).toEqual(["wire.grpc_status"]);
});

test("diagnose() names a port that accepts connections and never answers", async () => {
  const server = createServer(() => {});
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const report = await at(`http://127.0.0.1:${port}`, { timeoutMs: 200 });
  server.close();
  expect(trouble(report)).toEqual(["wire.no_answer"]);
});

test("diagnose() names a port without TLS behind an https URL", async () => {
  await using receiver = await startOtlpReceiver();
  expect(trouble(await at(receiver.url.replace("http:", "https:")))).toEqual(["wire.tls_on_plain_port"]);
});

test.each([
  [400, "wire.bad_request", "broken"],
  [401, "wire.unauthorized", "broken"],
  [403, "wire.forbidden", "broken"],
  [404, "wire.not_found", "broken"],
  [415, "wire.media_type", "broken"],
  [429, "wire.throttled", "warnings"],
  [302, "wire.redirect", "broken"],
  [503, "wire.status", "warnings"],
])("diagnose() explains HTTP %d as %s", async (status, code, result) => {
  await using receiver = await startOtlpReceiver({ answer: () => ({ status }) });
  const report = await at(receiver.url);
  expect(trouble(report)).toEqual([code]);
  expect(report.status).toBe(result);
});

test("diagnose() is not fooled by a web page that answers 200", async () => {
  await using receiver = await startOtlpReceiver({
    answer: () => ({ headers: { "content-type": "text/html" }, body: "<!doctype html>" }),
  });
  expect(trouble(await at(receiver.url))).toEqual(["wire.not_otlp"]);
});

test.each([
  ["ahead of", -3_600_000],
  ["behind", 3_600_000],
])("diagnose() notices that the clock of this host is %s that of the collector", async (where, offset) => {
  const date = new Date(Date.now() + offset).toUTCString();
  await using receiver = await startOtlpReceiver({ answer: () => ({ headers: { date } }) });
  const report = await at(receiver.url);
  expect(trouble(report)).toEqual(["process.clock_skew"]);
  const evidence = report.findings.find(({ code }) => code === "process.clock_skew")?.evidence;
  expect(evidence).toMatch(new RegExp(`^this host is (3599|36\\d\\d)\\.\\d s ${where} the collector$`));
});

test("diagnose() names a foreign provider in this process", async () => {
  const foreign = createTestTracing();
  const report = await diagnose({ tracing: { exporter: "none" }, env: NAMED });
  await foreign.shutdown();
  expect(trouble(report)).toEqual(["process.foreign_provider"]);
});

test("diagnose() answers 'sampled out or lost' from the counters of this process", async () => {
  await using receiver = await startOtlpReceiver({ answer: () => ({ status: 400 }) });
  const tracing = initTracing({ serviceName: "t", logLevel: "none", otlpEndpoint: receiver.url });
  startSpan("a", () => {});
  await tracing.flush();
  const report = await diagnose({ tracing: { exporter: "none" }, env: NAMED });
  expect(trouble(report)).toEqual(["flow.lost"]);
  expect(report.findings.find(({ code }) => code === "flow.lost")?.evidence).toContain("rejected 1");
  expect(report.stats).toMatchObject({ started: 1, failed: 1 });
  await tracing.shutdown();
  const sampledOut = initTracing({ serviceName: "t", logLevel: "none", sampleRate: 0, exporter: "none" });
  startSpan("a", () => {});
  expect(trouble(await diagnose({ tracing: { exporter: "none" }, env: NAMED }))).toEqual([
    "flow.all_sampled_out",
  ]);
  await sampledOut.shutdown();
});

test("diagnose() lints a page of metrics and names one that cannot be read", async () => {
  await using page = await startHttpStub(() => ({ body: "# TYPE mints counter\nmints 1\n" }));
  const options = { tracing: { exporter: "none" }, env: NAMED } as const;
  const found = trouble(await diagnose({ ...options, metricsUrl: `${page.url}/metrics` }));
  expect(found).toContain("metrics.counter_name");
  const port = new URL(page.url).port;
  const env = { ...NAMED, OTEL_METRICS_EXPORTER: "prometheus", OTEL_EXPORTER_PROMETHEUS_PORT: port };
  expect(trouble(await diagnose({ ...options, env }))).toContain("metrics.counter_name");
  expect(trouble(await diagnose({ ...options, metricsUrl: "http://127.0.0.1:1/metrics" }))).toContain(
    "metrics.unreachable",
  );
});

test("diagnose() asks an RPC endpoint for its chain and masks the key in its URL", async () => {
  await using node = await startHttpStub(() => ({ body: '{"jsonrpc":"2.0","id":1,"result":"0x89"}' }));
  const key = "abcdefghijklmnopqrstuvwxyz012345";
  const options = { tracing: { exporter: "none" }, env: {}, rpcUrl: `${node.url}/v2/${key}` } as const;
  const report = await diagnose(options);
  expect(report.findings.find(({ code }) => code === "chain.id")?.cause).toBe(
    "the RPC endpoint serves chain 137",
  );
  expect(codes(report)).toContain("chain.url_holds_key");
  expect(JSON.stringify(report)).not.toContain(key);
});

test("diagnose() prints no secret, whatever the collector answers", async () => {
  const secret = "hunter2-s3cr3t";
  await using receiver = await startOtlpReceiver({
    answer: () => ({ status: 401, body: `bad key ${secret}` }),
  });
  const url = receiver.url.replace("http://", `http://user:${secret}@`);
  const report = await at(`${url}/otlp?key=${secret}`, {
    send: true,
    timeoutMs: 500,
    readBackMs: 1,
    tracing: { headers: { authorization: `Bearer ${secret}` } },
  });
  expect(report.status).toBe("broken");
  expect(JSON.stringify(report)).not.toContain(secret);
});

test("diagnose() bears a URL with a stray percent sign", async () => {
  const report = await at("http://us%zz:er@127.0.0.1:1/?key=%zz", { timeoutMs: 500 });
  expect(report.status).toBe("broken");
  expect(JSON.stringify(report)).not.toContain("us%zz");
});
