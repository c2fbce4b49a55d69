import { expect, test } from "vitest";
import { startOtlpReceiver } from "./testing/_otlp_receiver.ts";
import { runApp } from "./testing/_run_app.ts";

const PRELOAD = new URL("register.ts", import.meta.url).pathname;
const HTTP = "@opentelemetry/instrumentation-http";

test.each([
  ["an ES module with --import", "_plain_http_app.mts", ["--import", "tsx", "--import", PRELOAD]],
  ["a CommonJS module with --require", "_plain_http_app.cjs", ["--require", "tsx/cjs", "--require", PRELOAD]],
])("the preload traces %s, configured by variables alone", async (_name, file, options) => {
  await using receiver = await startOtlpReceiver();
  const env = {
    OTEL_SERVICE_NAME: "plain",
    OTLP_ENDPOINT: receiver.url,
    DCMX_TRACING_INSTRUMENTATIONS: HTTP,
  };
  const result = await runApp(file, env, options).result;
  expect(result).toMatchObject({ code: 0 });
  const spans = receiver.spans();
  expect(spans.map((span) => [span.name, span.kind, span.resource["service.name"]]).sort()).toEqual([
    ["GET", 2, "plain"],
    ["GET", 3, "plain"],
  ]);
  expect(new Set(spans.map((span) => span.traceId)).size).toBe(1);
});

test("the preload stops the start with one error when a variable is wrong", async () => {
  const env = { OTEL_TRACES_SAMPLER: "ratio", OTEL_TRACES_SAMPLER_ARG: "10%" };
  const result = await runApp("_plain_http_app.mts", env, ["--import", "tsx", "--import", PRELOAD]).result;
  expect(result.code).toBe(1);
  expect(result.stderr).toContain("its configuration has 2 problems");
});

test("the preload names the install command of an instrumentation that is missing", async () => {
  const env = {
    DCMX_TRACING_INSTRUMENTATIONS: "@opentelemetry/instrumentation-nothing",
    OTEL_TRACES_EXPORTER: "none",
  };
  const result = await runApp("_plain_http_app.mts", env, ["--import", "tsx", "--import", PRELOAD]).result;
  expect(result.code).toBe(1);
  expect(result.stderr).toContain("Run: npm install @opentelemetry/instrumentation-nothing");
});

test("the preload starts once when it is given twice", async () => {
  await using receiver = await startOtlpReceiver();
  const env = { OTEL_SERVICE_NAME: "plain", OTLP_ENDPOINT: receiver.url };
  const options = ["--require", "tsx/cjs", "--require", PRELOAD, "--import", "tsx", "--import", PRELOAD];
  expect(await runApp("_plain_http_app.cjs", env, options).result).toMatchObject({ code: 0 });
});
