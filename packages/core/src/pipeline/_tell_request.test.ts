/** What a listener is told about requests: through a real socket, for everything that a collector can do. */

import { ExportResultCode } from "@opentelemetry/core";
import type { SpanExporter } from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import { type Answer, startOtlpReceiver } from "../testing/_otlp_receiver.ts";
import { endSpans } from "../testing/_spans.ts";
import { tellRequest } from "./_tell_request.ts";
import { createPipeline } from "./create_pipeline.ts";
import type { Pipeline } from "./pipeline.ts";
import type { PipelineOptions, PipelineTarget } from "./pipeline_options.ts";

type Told = [seconds: number, errorType: string | undefined];

function listeningPipeline(
  target: PipelineTarget,
  told: Told[],
  options: Partial<PipelineOptions> = {},
): Pipeline {
  const onRequest = (...report: Told): void => void told.push(report);
  const retry = { initialDelayMs: 1, maxDelayMs: 1 };
  return createPipeline({ retry, batch: { scheduleDelayMs: 1 }, onRequest, ...options, target });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setImmediate(resolve));
}

const PARTIAL = {
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ partialSuccess: { rejectedSpans: "2", errorMessage: "too old" } }),
};

test.each<[first: string | undefined, answer: Answer | undefined]>([
  [undefined, undefined],
  ["503", { status: 503 }],
  ["429", { status: 429, headers: { "retry-after": "0" } }],
  ["401", { status: 401 }],
  ["302", { status: 302 }],
  ["partial", PARTIAL],
  ["bad-response", { body: "<html>", headers: { "content-type": "text/html" } }],
  ["ECONNRESET", { destroy: true }],
])("createPipeline() tells onRequest of %s", async (first, answer) => {
  const told: Told[] = [];
  await using receiver = await startOtlpReceiver({
    answer: (_, index) => (index === 0 ? answer : undefined),
  });
  const pipeline = listeningPipeline({ kind: "otlp-http", url: `${receiver.url}/v1/traces` }, told);
  endSpans(pipeline, 3);
  await pipeline.flush();
  const { requests } = pipeline.stats();
  expect(told.map(([, type]) => type)).toEqual([first, undefined].slice(0, requests));
  expect(told.every(([seconds]) => seconds > 0 && seconds < 60)).toBe(true);
  await pipeline.shutdown();
});

test("createPipeline() tells onRequest of collectors that are away and of those that hang", async () => {
  const told: Told[] = [];
  const receiver = await startOtlpReceiver({ answer: () => ({ after: new Promise(() => {}) }) });
  const url = `${receiver.url}/v1/traces`;
  const pipeline = listeningPipeline({ kind: "otlp-http", url, timeoutMs: 30 }, told);
  endSpans(pipeline, 1);
  await until(() => told.length > 0);
  await receiver.close();
  await until(() => told.at(-1)?.[1] !== "timeout");
  expect(told[0]?.[1]).toBe("timeout");
  expect(told[0]?.[0]).toBeGreaterThan(0.02);
  expect(told.at(-1)?.[1]).toMatch(/^(ECONNREFUSED|ECONNRESET)$/);
  await pipeline.shutdown(1);
});

test.each<[type: string | undefined, result: { code: ExportResultCode; error?: Error } | Error]>([
  [undefined, { code: ExportResultCode.SUCCESS }],
  ["14", { code: ExportResultCode.FAILED, error: Object.assign(new Error("gone"), { code: 14 }) }],
  ["EPIPE", { code: ExportResultCode.FAILED, error: Object.assign(new Error("gone"), { code: "EPIPE" }) }],
  ["unavailable", { code: ExportResultCode.FAILED, error: new Error("a retryable failure") }],
  ["exporter", { code: ExportResultCode.FAILED, error: Object.assign(new Error("no"), { code: "E_42" }) }],
  ["exporter", new Error("thrown")],
])("createPipeline() tells onRequest of %s of an exporter", async (type, result) => {
  const told: Told[] = [];
  const exporter: SpanExporter = {
    export(_, done) {
      if (result instanceof Error) throw result;
      done(result);
    },
    shutdown: () => Promise.resolve(),
  };
  const pipeline = listeningPipeline({ kind: "exporter", exporter }, told);
  endSpans(pipeline, 3);
  await until(() => told.length > 0);
  expect(told[0]?.[1]).toBe(type);
  await pipeline.shutdown(1);
});

test("createPipeline() does not tell of requests that the shutdown broke off", async () => {
  const told: Told[] = [];
  await using receiver = await startOtlpReceiver({ answer: () => ({ after: new Promise(() => {}) }) });
  const pipeline = listeningPipeline({ kind: "otlp-http", url: `${receiver.url}/v1/traces` }, told);
  endSpans(pipeline, 1);
  await receiver.waitFor(({ requests }) => requests.length === 1);
  await pipeline.shutdown(1);
  await new Promise((resolve) => setImmediate(resolve));
  expect(told).toEqual([]);
});

test("createPipeline() delivers everything while onRequest throws", async () => {
  await using receiver = await startOtlpReceiver();
  const pipeline = listeningPipeline({ kind: "otlp-http", url: `${receiver.url}/v1/traces` }, [], {
    onRequest() {
      throw new Error("no meter today");
    },
  });
  endSpans(pipeline, 3);
  expect(await pipeline.flush()).toBe(true);
  expect(receiver.spans()).toHaveLength(3);
  await pipeline.shutdown();
});

test("tellRequest() does nothing without a listener", () => {
  expect(() => tellRequest(undefined, 0, { kind: "accepted", rejected: 0, bytes: 0 })).not.toThrow();
});
