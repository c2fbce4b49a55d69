import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startSpan } from "@dcmx-tracing/span";
import { createTestTracing } from "@dcmx-tracing/testing";
import { context, DiagLogLevel, diag, propagation, ROOT_CONTEXT, trace } from "@opentelemetry/api";
import { W3CBaggagePropagator } from "@opentelemetry/core";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { InMemorySpanExporter, type ReadableSpan, type SpanExporter } from "@opentelemetry/sdk-trace-base";
import { expect, test, vi } from "vitest";
import { TracingConfigError } from "./config/tracing_config_error.ts";
import { initTracing } from "./init_tracing.ts";
import { startOtlpReceiver } from "./testing/_otlp_receiver.ts";
import { runApp } from "./testing/_run_app.ts";

const QUIET = { serviceName: "dcmx", logLevel: "none" } as const;

function problemCodes(run: () => unknown): string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof TracingConfigError) return error.problems.map((problem) => problem.code);
    throw error;
  }
  return [];
}

test("initTracing() delivers spans with their resource to a real OTLP receiver", async () => {
  await using receiver = await startOtlpReceiver();
  const tracing = initTracing({ ...QUIET, environment: "test", otlpEndpoint: receiver.url });
  await startSpan("artist_onboarding", async () => {
    startSpan("verify_identity", { attributes: { "artist.id": "artist_123" } }, () => {});
  });
  const receipt = await tracing.shutdown();
  expect(receipt).toMatchObject({
    started: 2,
    sampledOut: 0,
    ended: 2,
    open: 0,
    exported: 2,
    dropped: 0,
    failed: 0,
    queued: 0,
    redacted: 0,
    settled: true,
  });
  expect(receipt.bytes).toBe(receiver.requests.reduce((sum, request) => sum + request.wireBytes, 0));
  const [child, parent] = receiver.spans();
  expect(child).toMatchObject({
    name: "verify_identity",
    parentSpanId: parent?.spanId,
    attributes: { "artist.id": "artist_123" },
  });
  expect(parent).toMatchObject({
    name: "artist_onboarding",
    parentSpanId: "",
    resource: { "service.name": "dcmx", "deployment.environment.name": "test" },
  });
  expect(receiver.requests[0]).toMatchObject({ method: "POST", path: "/v1/traces" });
});

test("initTracing() throws one error that lists every problem, and starts nothing", async () => {
  // a caller in plain JavaScript
  const wrong = { sampleRate: 1.5, otlpEndpoint: "ftp://x", servicename: "x" } as never;
  expect(problemCodes(() => initTracing(wrong))).toEqual([
    "option.unknown",
    "sampling.rate_range",
    "endpoint.scheme",
  ]);
  await initTracing({ ...QUIET, exporter: "none" }).shutdown();
});

test("initTracing() refuses a second start until the first was shut down", async () => {
  const first = initTracing({ ...QUIET, exporter: "none" });
  expect(problemCodes(() => initTracing({ ...QUIET, exporter: "none" }))).toEqual(["setup.already_started"]);
  await first.shutdown();
  await initTracing({ ...QUIET, exporter: "none" }).shutdown();
});

test("initTracing() refuses to start beside a foreign provider and names it", async () => {
  const foreign = createTestTracing();
  try {
    initTracing({ ...QUIET, exporter: "none" });
    expect.unreachable();
  } catch (error) {
    expect(error).toMatchObject({
      problems: [{ code: "setup.foreign_provider", value: expect.stringMatching(/Provider$/) }],
    });
  } finally {
    await foreign.shutdown();
  }
});

test("Tracing.shutdown() gives the OpenTelemetry API back, and answers again with the same receipt", async () => {
  const tracing = initTracing({ ...QUIET, exporter: "none" });
  expect(startSpan("a", (span) => span.isRecording())).toBe(true);
  const receipt = await tracing.shutdown();
  expect(await tracing.shutdown()).toBe(receipt);
  expect(await tracing.flush()).toBe(receipt);
  expect(startSpan("b", (span) => span.isRecording())).toBe(false);
  expect(propagation.fields()).toEqual([]);
  expect(context.with(ROOT_CONTEXT, () => trace.getActiveSpan())).toBeUndefined();
});

test("Tracing.shutdown() ends and delivers spans that wait for a consumer who never came", async () => {
  await using receiver = await startOtlpReceiver();
  const tracing = initTracing({ ...QUIET, otlpEndpoint: receiver.url });
  const abandoned = startSpan("royalties.stream", function* () {
    yield 1;
    yield 2;
  });
  abandoned.next();
  expect(tracing.stats()).toMatchObject({ started: 1, ended: 0, open: 1 });
  expect(await tracing.shutdown()).toMatchObject({ ended: 1, open: 0, exported: 1 });
  expect(receiver.spans()).toMatchObject([
    { name: "royalties.stream", attributes: { "dcmx.span.abandoned": true } },
  ]);
});

test("Tracing is disposed with await using", async () => {
  const exporter = new InMemorySpanExporter();
  {
    await using tracing = initTracing({ ...QUIET, exporter });
    tracing.tracer("scope", "1.0.0").startSpan("a").end();
  }
  await initTracing({ ...QUIET, exporter: "none" }).shutdown();
});

test("Tracing.flush() delivers what has ended and keeps running", async () => {
  await using receiver = await startOtlpReceiver();
  const tracing = initTracing({ ...QUIET, otlpEndpoint: receiver.url, batch: { scheduleDelayMs: 60_000 } });
  startSpan("first", () => {});
  expect(await tracing.flush()).toMatchObject({ exported: 1, queued: 0, settled: true });
  startSpan("second", () => {});
  expect(await tracing.shutdown()).toMatchObject({ exported: 2, settled: true });
  expect(receiver.spans().map((span) => span.name)).toEqual(["first", "second"]);
});

test("Tracing.shutdown() keeps its bound when the collector never answers, and counts what it gave up", async () => {
  const never = new Promise(() => {});
  await using receiver = await startOtlpReceiver({ answer: () => ({ after: never }) });
  const tracing = initTracing({ ...QUIET, otlpEndpoint: receiver.url });
  startSpan("a", () => {});
  const receipt = await tracing.shutdown(200);
  expect(receipt).toMatchObject({ ended: 1, exported: 0, dropped: 1, queued: 0, settled: false });
  expect(receipt.targets[0]).toMatchObject({ target: `${receiver.url}/v1/traces`, dropped: { shutdown: 1 } });
});

test("Tracing.stats() names the last trouble with an export", async () => {
  await using receiver = await startOtlpReceiver({ answer: () => ({ status: 401 }) });
  const tracing = initTracing({ ...QUIET, otlpEndpoint: receiver.url });
  startSpan("a", () => {});
  const receipt = await tracing.shutdown();
  expect(receipt).toMatchObject({ ended: 1, failed: 1, lastError: { target: `${receiver.url}/v1/traces` } });
  expect(receipt.lastError?.message).toContain("401");
});

test("initTracing() when disabled registers nothing and answers every call", async () => {
  const tracing = initTracing({ disabled: true });
  expect(startSpan("a", (span) => span.isRecording())).toBe(false);
  expect(tracing.tracer().startSpan("b").isRecording()).toBe(false);
  expect(await tracing.flush()).toMatchObject({ started: 0, settled: true });
  expect(await tracing.shutdown()).toMatchObject({ started: 0, settled: true });
  const foreign = createTestTracing();
  await foreign.shutdown();
});

test("initTracing() does not let a span processor that throws reach the application", async () => {
  const broken = {
    onStart: () => {
      throw new Error("onStart");
    },
    onEnd: () => {
      throw new Error("onEnd");
    },
    forceFlush: () => Promise.reject(new Error("flush")),
    shutdown: () => Promise.reject(new Error("shutdown")),
  };
  const exporter = new InMemorySpanExporter();
  const tracing = initTracing({ ...QUIET, exporter, spanProcessors: [broken] });
  expect(startSpan("a", () => 42)).toBe(42);
  expect(await tracing.flush()).toMatchObject({ exported: 1, settled: true });
  expect(await tracing.shutdown()).toMatchObject({ exported: 1, settled: true });
});

test("initTracing() runs the given span processors before the export", async () => {
  const exporter = new InMemorySpanExporter();
  const stamp = {
    onStart: (span: { setAttribute(key: string, value: string): unknown }) =>
      void span.setAttribute("tenant", "a"),
    onEnd: () => {},
    forceFlush: async () => {},
    shutdown: async () => {},
  };
  const tracing = initTracing({ ...QUIET, exporter, spanProcessors: [stamp] });
  startSpan("a", () => {});
  await tracing.flush();
  expect(exporter.getFinishedSpans()[0]?.attributes).toEqual({ tenant: "a" });
  await tracing.shutdown();
});

test("initTracing() puts wrapExporter before the wire and counts what it says it redacted", async () => {
  await using receiver = await startOtlpReceiver();
  const wrapExporter = (inner: SpanExporter) => {
    let redacted = 0;
    return {
      export(spans: ReadableSpan[], done: Parameters<SpanExporter["export"]>[1]) {
        redacted += spans.length;
        inner.export(
          spans.map((span) => Object.create(span, { name: { value: "[redacted]" } })),
          done,
        );
      },
      shutdown: () => inner.shutdown(),
      stats: () => ({ redacted }),
    };
  };
  const tracing = initTracing({ ...QUIET, otlpEndpoint: receiver.url, wrapExporter });
  startSpan("secret", () => {});
  expect(await tracing.shutdown()).toMatchObject({ exported: 1, redacted: 1 });
  expect(receiver.spans().map((span) => span.name)).toEqual(["[redacted]"]);
});

test("initTracing() sends to several exporters and counts each", async () => {
  await using first = await startOtlpReceiver();
  await using second = await startOtlpReceiver({ answer: () => ({ status: 400 }) });
  const memory = new InMemorySpanExporter();
  const other = { kind: "otlp-http", url: `${second.url}/v1/traces`, headers: { "x-key": "k" } } as const;
  const tracing = initTracing({ ...QUIET, otlpEndpoint: first.url, exporter: ["otlp", memory, other] });
  startSpan("a", () => {});
  const receipt = await tracing.flush();
  expect(receipt).toMatchObject({ ended: 1, exported: 2, failed: 1 });
  expect(receipt.targets.map(({ target, exported }) => [target, exported])).toEqual([
    [`${first.url}/v1/traces`, 1],
    ["InMemorySpanExporter", 1],
    [`${second.url}/v1/traces`, 0],
  ]);
  expect(second.requests[0]?.headers["x-key"]).toBe("k");
  expect(memory.getFinishedSpans()).toHaveLength(1);
  await tracing.shutdown();
});

test("initTracing() takes limits for what one span may hold", async () => {
  const exporter = new InMemorySpanExporter();
  const tracing = initTracing({
    ...QUIET,
    exporter,
    limits: { attributes: 1, attributeLength: 3, events: 1 },
  });
  startSpan("a", { attributes: { first: "abcdef", second: 2 } }, (span) => {
    span.addEvent("one").addEvent("two");
  });
  await tracing.flush();
  const [span] = exporter.getFinishedSpans();
  expect(span).toMatchObject({
    attributes: { first: "abc" },
    droppedAttributesCount: 1,
    droppedEventsCount: 1,
  });
  await tracing.shutdown();
});

test("initTracing() gives instrumentations the provider before it returns, and disables them at the end", async () => {
  await using receiver = await startOtlpReceiver();
  const http = new HttpInstrumentation();
  const tracing = initTracing({ ...QUIET, otlpEndpoint: receiver.url, instrumentations: [[http]] });
  const require = (await import("node:module")).createRequire(import.meta.url);
  const nodeHttp: typeof import("node:http") = require("node:http");
  const server = createServer((_request, response) => response.end("ok"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // a listening TCP server has an AddressInfo
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) =>
    nodeHttp.get(`http://127.0.0.1:${port}/`, (res) => res.resume().on("end", resolve)),
  );
  await new Promise((resolve) => server.close(resolve));
  const receipt = await tracing.shutdown();
  expect(receiver.spans().map((span) => span.name)).toContain("GET");
  // the export's own requests make no spans
  expect(receipt.exported).toBe(receiver.spans().length);
  expect(http.isEnabled()).toBe(false);
});

test("initTracing() starts nothing when an instrumentation cannot be enabled", async () => {
  const broken = {
    instrumentationName: "broken",
    setTracerProvider: () => {},
    enable: () => {
      throw new Error("no");
    },
    disable: () => {},
  };
  const start = () => initTracing({ ...QUIET, exporter: "none", instrumentations: [broken] });
  expect(problemCodes(start)).toEqual(["instrumentation.failed"]);
  await initTracing({ ...QUIET, exporter: "none" }).shutdown();
});

test("initTracing() says its notes once on standard error, and not where a logger is set already", async () => {
  const app = await runApp("_notes_app.ts", { OTLP_ENDPOINT: "127.0.0.1:1", OTEL_TRACES_EXPORTER: "none" })
    .result;
  expect(app.stderr.split("\n").filter((line) => line.includes("variable.alias"))).toHaveLength(1);
  expect(app.stderr).toContain("endpoint.scheme_inferred");
  const lines: string[] = [];
  const keep = (message: string): void => void lines.push(message);
  diag.setLogger({ error: keep, warn: keep, info: keep, debug: keep, verbose: keep }, DiagLogLevel.INFO);
  const tracing = initTracing({ exporter: "none" });
  await tracing.shutdown();
  diag.disable();
  expect(lines).toContain("@dcmx-tracing/core");
});

test("initTracing() names copies of the OpenTelemetry API that cannot see the provider, with their paths", async () => {
  const folder = await copyOfApi("1.10.0");
  try {
    const late = await runApp("_api_copies_app.ts", { API_COPY: folder, ORDER: "loaded" }).result;
    expect(late.stderr).toContain(`spans made through ${folder} are lost`);
    expect(late.stdout).toBe("started\n");
    const first = await runApp("_api_copies_app.ts", { API_COPY: folder, ORDER: "registered" }).result;
    expect(first.stdout).toContain("setup.api_version");
    expect(first.stdout).toContain(`1.10.0 at ${folder}`);
  } finally {
    await rm(dirname(dirname(dirname(folder))), { recursive: true });
  }
});

/** A copy of the API package that says it is another version. */
async function copyOfApi(version: string): Promise<string> {
  const source = dirname(dirname(dirname(fileURLToPath(import.meta.resolve("@opentelemetry/api")))));
  const folder = join(await mkdtemp(join(tmpdir(), "core-api-")), "node_modules", "@opentelemetry", "api");
  await cp(source, folder, { recursive: true });
  for (const file of ["package.json", "build/src/version.js"]) {
    const text = await readFile(join(folder, file), "utf8");
    await writeFile(join(folder, file), text.replaceAll("1.9.1", version));
  }
  return folder;
}

test("initTracing() can be turned off while the rest of its configuration is broken", async () => {
  const tracing = initTracing({ disabled: true, sampleRate: 7, otlpEndpoint: "ftp://x" });
  expect(await tracing.shutdown()).toMatchObject({ started: 0, settled: true });
});

test("Tracing.shutdown() delivers although a span processor of the application hangs", async () => {
  await using receiver = await startOtlpReceiver();
  const never = () => new Promise<void>(() => {});
  const hanging = { onStart: () => {}, onEnd: () => {}, forceFlush: never, shutdown: never };
  const tracing = initTracing({ ...QUIET, otlpEndpoint: receiver.url, spanProcessors: [hanging] });
  startSpan("a", () => {});
  // the export is done long before the bound, which only the hanging processor reaches
  expect(await tracing.shutdown(2000)).toMatchObject({ exported: 1, dropped: 0 });
  expect(receiver.spans()).toHaveLength(1);
});

test("initTracing() bears span processors whose methods are async and reject", async () => {
  const rejections: unknown[] = [];
  const note = (reason: unknown): void => void rejections.push(reason);
  process.on("unhandledRejection", note);
  const fail = async (): Promise<never> => {
    throw new Error("written as an async function");
  };
  const processor = { onStart: fail, onEnding: fail, onEnd: fail, forceFlush: fail, shutdown: fail };
  const exporter = new InMemorySpanExporter();
  const tracing = initTracing({ ...QUIET, exporter, spanProcessors: [processor] });
  startSpan("a", () => {});
  expect(await tracing.flush()).toMatchObject({ exported: 1, settled: true });
  await tracing.shutdown();
  await new Promise((resolve) => setImmediate(resolve));
  process.off("unhandledRejection", note);
  expect(rejections).toEqual([]);
});

test.each([
  ["the default formats", {}],
  ["formats by name", { propagators: ["tracecontext", "baggage"] as const }],
  ["a propagator object", { propagator: new W3CBaggagePropagator() }],
])("initTracing() registers what wrapPropagator makes of %s", async (_name, options) => {
  const given: string[][] = [];
  const tracing = initTracing({
    ...QUIET,
    exporter: "none",
    ...options,
    wrapPropagator: (inner) => {
      given.push(inner.fields());
      return {
        inject: (where, carrier, setter) =>
          inner.inject(where, carrier, {
            set: (target, key, value) => setter.set(target, key, value.replace("hunter2x", "hidden")),
          }),
        extract: (where, carrier, getter) => inner.extract(where, carrier, getter),
        fields: () => inner.fields(),
      };
    },
  });
  const headers: Record<string, string> = {};
  const baggage = propagation.createBaggage({ note: { value: "hunter2x" } });
  propagation.inject(propagation.setBaggage(ROOT_CONTEXT, baggage), headers);
  expect(headers).toEqual({ baggage: "note=hidden" });
  expect(given).toHaveLength(1);
  expect(given[0]).toContain("baggage");
  await tracing.shutdown();
});

// Callers in plain JavaScript; each of these is an object, and not the one that it should be.
test.each([
  ["contextManager", {}],
  ["propagator", { inject() {}, extract() {} }],
  ["idGenerator", { generateTraceId: () => "0af7651916cd43dd8448eb211c80319c" }],
  ["loggerProvider", {}],
  ["spanProcessors", [{ onStart() {}, onEnd() {} }]],
  ["spanProcessors", [null]],
  ["instrumentations", [null]],
  ["exporter", { kind: "otlp-http" }],
  ["exporter", { kind: "otlp-http", url: 4318 }],
  ["exporter", { kind: "exporter" }],
  ["exporter", { kind: "exporter", exporter: { export() {} } }],
  ["wrapExporter", () => undefined],
  ["wrapPropagator", {}],
  ["wrapPropagator", () => undefined],
  ["wrapPropagator", () => ({ inject() {}, extract() {} })],
  [
    "wrapPropagator",
    () => {
      throw new Error("no propagator today");
    },
  ],
  [
    "contextManager",
    {
      ...{ active: () => ROOT_CONTEXT, with() {}, bind() {}, disable() {} },
      enable() {
        throw new Error("not on this runtime");
      },
    },
  ],
])("initTracing() refuses a wrong %s and leaves nothing behind", async (option, value) => {
  const start = (): unknown => initTracing({ ...QUIET, exporter: "none", [option]: value } as never);
  const names = (run: () => unknown): string => {
    try {
      run();
    } catch (error) {
      if (error instanceof TracingConfigError) return error.message;
      throw error;
    }
    return "nothing";
  };
  const refused =
    option === "wrapExporter" ? () => initTracing({ ...QUIET, [option]: value } as never) : start;
  expect(names(refused)).toContain(option);
  const exporter = new InMemorySpanExporter();
  const tracing = initTracing({ ...QUIET, exporter });
  startSpan("a", () => startSpan("b", () => {}));
  await tracing.flush();
  const [b, a] = exporter.getFinishedSpans();
  expect(b?.parentSpanContext?.spanId).toBe(a?.spanContext().spanId);
  await tracing.shutdown();
});

test("Tracing.shutdown() tells in its receipt and in the log what its bound cost, for every target", async () => {
  const warnings: string[] = [];
  const write = vi.spyOn(process.stderr, "write").mockImplementation((line) => {
    warnings.push(String(line));
    return true;
  });
  // Many, so that the bounds of the first and the last begin milliseconds apart.
  const exporters = Array.from({ length: 300 }, () => ({ export() {}, shutdown: async () => {} }));
  const tracing = initTracing({ serviceName: "dcmx", logLevel: "warn", exporter: exporters });
  startSpan("a", () => {});
  const receipt = await tracing.shutdown(400);
  write.mockRestore();
  expect(receipt).toMatchObject({ ended: 1, dropped: 300, queued: 0, settled: false });
  expect(warnings[0]).toMatch(/1 spans? could not be delivered before the shutdown/);
});
