import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSpan } from "@dcmx-tracing/span";
import { expect, test } from "vitest";
import { Invalid } from "../config/_parsers.ts";
import { TracingConfigError } from "../config/tracing_config_error.ts";
import { diagnose } from "../doctor/diagnose.ts";
import { initTracing } from "../init_tracing.ts";
import { makeCertificate } from "../testing/_certificate.ts";
import { startGrpcReceiver } from "../testing/_grpc_receiver.ts";
import { startOtlpReceiver } from "../testing/_otlp_receiver.ts";
import { runApp } from "../testing/_run_app.ts";
import type { TracingReceipt } from "../tracing.ts";
import type { TracingOptions } from "../tracing_options.ts";
import { createOptionalExporter } from "./_optional_exporters.ts";

async function sendOne(options: TracingOptions): Promise<TracingReceipt> {
  const tracing = initTracing({ serviceName: "dcmx", logLevel: "none", ...options });
  startSpan("work", { attributes: { text: "x".repeat(5000) } }, () => {});
  return tracing.shutdown(3000);
}

test("initTracing() sends headers and compresses with gzip when asked to", async () => {
  await using receiver = await startOtlpReceiver();
  const headers = { "x-api-key": "k1" };
  const receipt = await sendOne({ otlpEndpoint: receiver.url, headers, compression: "gzip" });
  const [request] = receiver.requests;
  expect(request?.headers).toMatchObject({ "x-api-key": "k1", "content-encoding": "gzip" });
  expect(request?.wireBytes).toBeLessThan(1500);
  expect(receipt).toMatchObject({ exported: 1, bytes: request?.wireBytes });
  expect(receiver.spans().map((span) => span.name)).toEqual(["work"]);
});

test("initTracing() with http/json loads the optional exporter and sends JSON", async () => {
  await using receiver = await startOtlpReceiver();
  process.env.OTEL_EXPORTER_OTLP_HEADERS = "from-env=1";
  try {
    const receipt = await sendOne({
      otlpEndpoint: receiver.url,
      protocol: "http/json",
      headers: { "x-api-key": "k2" },
    });
    expect(receipt).toMatchObject({ exported: 1, settled: true });
    expect(process.env.OTEL_EXPORTER_OTLP_HEADERS).toBe("from-env=1");
  } finally {
    delete process.env.OTEL_EXPORTER_OTLP_HEADERS;
  }
  expect(receiver.requests[0]?.headers).toMatchObject({
    "content-type": "application/json",
    "x-api-key": "k2",
  });
  expect(receiver.requests[0]?.headers).not.toHaveProperty("from-env");
  expect(receiver.spans()).toMatchObject([{ name: "work", resource: { "service.name": "dcmx" } }]);
});

test("initTracing() with gRPC loads the optional exporter and sends headers as metadata", async () => {
  await using receiver = await startGrpcReceiver();
  const receipt = await sendOne({
    otlpEndpoint: receiver.url,
    protocol: "grpc",
    headers: { "x-api-key": "k3" },
  });
  expect(receipt).toMatchObject({ exported: 1, settled: true });
  expect(receiver.metadata[0]).toMatchObject({ "x-api-key": "k3" });
  expect(receiver.spans).toMatchObject([{ name: "work", resource: { "service.name": "dcmx" } }]);
});

test("createOptionalExporter() names the install command of a package that is missing", () => {
  const result = createOptionalExporter("@opentelemetry/exporter-nothing", "protocol", () => ({}));
  expect(result).toBeInstanceOf(Invalid);
  expect(result).toMatchObject({
    code: "exporter.missing_package",
    fix: "Run: npm install @opentelemetry/exporter-nothing",
  });
});

test("createOptionalExporter() refuses a package that has no OTLP exporter", () => {
  expect(createOptionalExporter("@opentelemetry/api", "protocol", () => ({}))).toMatchObject({
    code: "exporter.missing_package",
  });
});

test("initTracing() trusts only the given authority over https", async () => {
  const server = makeCertificate("collector");
  await using receiver = await startOtlpReceiver({ tls: server });
  await using files = await pemFiles({ ca: server.cert });
  const trusted = await sendOne({ otlpEndpoint: receiver.url, tls: { caFile: files.path("ca") } });
  expect(trusted).toMatchObject({ exported: 1 });
  const distrusted = await sendOne({ otlpEndpoint: receiver.url, shutdownTimeoutMs: 500 });
  expect(distrusted.exported).toBe(0);
  expect(distrusted.lastError?.message).toMatch(/self-signed|self signed|certificate/i);
});

test("initTracing() proves itself with a client certificate (mTLS)", async () => {
  const server = makeCertificate("collector");
  const client = makeCertificate("client");
  const tls = { ...server, ca: client.cert, requestCert: true, rejectUnauthorized: true };
  await using receiver = await startOtlpReceiver({ tls });
  await using files = await pemFiles({ ca: server.cert, cert: client.cert, key: client.key });
  const caFile = files.path("ca");
  const known = { caFile, certFile: files.path("cert"), keyFile: files.path("key") };
  expect(await sendOne({ otlpEndpoint: receiver.url, tls: known })).toMatchObject({ exported: 1 });
  const report = await diagnose({
    tracing: { serviceName: "t", otlpEndpoint: receiver.url, tls: known },
    env: {},
  });
  expect(report.findings.map(({ code }) => code)).toEqual(expect.arrayContaining(["wire.tls", "wire.otlp"]));
  const unknown = await sendOne({ otlpEndpoint: receiver.url, tls: { caFile }, shutdownTimeoutMs: 500 });
  expect(unknown).toMatchObject({ exported: 0 });
});

test("diagnose() names a certificate that is not trusted", async () => {
  await using receiver = await startOtlpReceiver({ tls: makeCertificate("collector") });
  const report = await diagnose({ tracing: { serviceName: "t", otlpEndpoint: receiver.url }, env: {} });
  expect(report.findings.map(({ code }) => code)).toContain("wire.tls_failed");
});

test("initTracing() delivers over TLS at process.exit() too", async () => {
  const server = makeCertificate("collector");
  await using receiver = await startOtlpReceiver({ tls: server });
  await using files = await pemFiles({ ca: server.cert });
  const env = {
    EXIT_PATH: "exit",
    OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_CERTIFICATE: files.path("ca"),
  };
  expect(await runApp("_exit_app.ts", env).result).toMatchObject({ code: 7 });
  expect(receiver.spans().map((span) => span.name)).toEqual(["work"]);
});

test("initTracing() with the console exporter prints spans", async () => {
  const result = await runApp("_exit_app.ts", { EXIT_PATH: "shutdown", OTEL_TRACES_EXPORTER: "console" })
    .result;
  expect(result.stdout).toContain("name: 'work'");
  expect(result.stdout).toContain("exported 1");
});

test("initTracing() refuses an exporter that cannot be set up, and starts nothing", async () => {
  const exporter = { kind: "otlp-http", url: "not a url" } as const;
  expect(() => initTracing({ serviceName: "t", exporter })).toThrow(TracingConfigError);
  await initTracing({ serviceName: "t", exporter: "none" }).shutdown();
});

interface PemFiles {
  path(name: string): string;
  [Symbol.asyncDispose](): Promise<void>;
}

async function pemFiles(texts: Readonly<Record<string, string>>): Promise<PemFiles> {
  const folder = await mkdtemp(join(tmpdir(), "core-tls-"));
  for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, name), text);
  return {
    path: (name) => join(folder, name),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  };
}
