import { ExportResultCode } from "@opentelemetry/core";
import type { SpanExporter } from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import { fakeSpan } from "../testing/_spans.ts";
import { callExporter, messageOf } from "./_call_exporter.ts";
import type { Outcome } from "./_read_answer.ts";

type Export = SpanExporter["export"];

function call(run: Export, timeoutMs?: number): Promise<Outcome> {
  const exporter: SpanExporter = { export: run, shutdown: () => Promise.resolve() };
  return new Promise((resolve) => callExporter(exporter, [fakeSpan("s0")], resolve, timeoutMs));
}

const failWith = (error?: unknown): Promise<Outcome> =>
  call((_, done) => {
    // Exporters of users put anything there, whatever the type says.
    done({ code: ExportResultCode.FAILED, ...(error !== undefined && { error: error as Error }) });
  });

test("callExporter() reports success", async () => {
  const outcome = await call((_, done) => done({ code: ExportResultCode.SUCCESS }));
  expect(outcome).toEqual({ kind: "accepted", rejected: 0, bytes: 0 });
});

test.each([1, 4, 8, 10, 11, 14, 15, 429, 502, 503, 504])("callExporter() retries code %i", async (code) => {
  expect(await failWith(Object.assign(new Error("x"), { code }))).toMatchObject({
    kind: "retry",
    message: "x",
  });
});

test.each(["ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "EAI_AGAIN", "ENOTFOUND", "EPIPE", "UND_ERR_SOCKET"])(
  "callExporter() retries the network failure %s",
  async (code) => {
    expect(await failWith(Object.assign(new Error("x"), { code }))).toMatchObject({ kind: "retry" });
  },
);

test.each([3, 5, 7, 12, 16, 400, 401, 404, 413, 500, "EACCES", "ERR_INVALID_URL"])(
  "callExporter() does not retry code %s",
  async (code) => {
    expect(await failWith(Object.assign(new Error("x"), { code }))).toMatchObject({
      kind: "failed",
      reason: "exporter",
      message: "x",
    });
  },
);

test.each([
  ["ECONNREFUSED", false],
  ["ENOTFOUND", false],
  [429, false],
  [503, false],
  ["ECONNRESET", true],
  [14, true],
])("callExporter() knows whether spans may have arrived before %s: %s", async (code, maybeDelivered) => {
  expect(await failWith(Object.assign(new Error("x"), { code }))).toMatchObject({ maybeDelivered });
});

test("callExporter() understands the exporters of OpenTelemetry that gave up", async () => {
  expect(await failWith(new Error("Export failed with retryable status"))).toMatchObject({ kind: "retry" });
  expect(await failWith(new Error("Concurrent export limit reached"))).toMatchObject({ kind: "retry" });
});

test("callExporter() bears failures without an error, and errors that are none", async () => {
  const message = "the exporter reported a failure without an error";
  expect(await failWith()).toEqual({ kind: "failed", reason: "exporter", message });
  expect(await failWith("a\ntext")).toMatchObject({ kind: "failed", message: "a text" });
  // @ts-expect-error An exporter in JavaScript may answer with nothing.
  expect(await call((_, done) => done())).toMatchObject({ kind: "failed", message });
});

test("callExporter() takes the first of several answers, also when the exporter throws after it", async () => {
  const outcomes: Outcome[] = [];
  const exporter: SpanExporter = {
    export(_, done) {
      done({ code: ExportResultCode.SUCCESS });
      done({ code: ExportResultCode.FAILED });
      throw new Error("too late");
    },
    shutdown: () => Promise.resolve(),
  };
  callExporter(exporter, [], (outcome) => outcomes.push(outcome));
  expect(outcomes).toEqual([{ kind: "accepted", rejected: 0, bytes: 0 }]);
});

test("callExporter() takes an exporter that throws, or never answers, for failed", async () => {
  const thrown = await call(() => {
    throw new TypeError("broken");
  });
  expect(thrown).toEqual({ kind: "failed", reason: "exporter", message: "broken" });
  const keepAlive = setInterval(() => {}, 1_000);
  expect(await call(() => {}, 5)).toMatchObject({ message: "the exporter did not answer within 5 ms" });
  clearInterval(keepAlive);
});

test("messageOf() makes one short line of anything", () => {
  expect([new Error("a\n b"), new RangeError(""), "text", 7, null].map(messageOf)).toEqual([
    "a b",
    "RangeError",
    "text",
    "7",
    "null",
  ]);
  expect(messageOf("x".repeat(999))).toHaveLength(200);
});
