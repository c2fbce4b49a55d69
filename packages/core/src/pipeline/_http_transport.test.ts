import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { createServer } from "node:http";
import { createTestTracing } from "@dcmx-tracing/testing";
import { context, createContextKey, ROOT_CONTEXT } from "@opentelemetry/api";
import { isTracingSuppressed } from "@opentelemetry/core";
import { expect, test } from "vitest";
import { startOtlpReceiver } from "../testing/_otlp_receiver.ts";
import { fakeSpan } from "../testing/_spans.ts";
import { TEST_CA, TEST_CLIENT, TEST_SERVER } from "../testing/_tls_material.ts";
import { httpTransport, type Transport } from "./_http_transport.ts";
import type { Outcome } from "./_read_answer.ts";
import { SpanEncoder } from "./_span_encoder.ts";
import type { OtlpHttpTarget } from "./pipeline_options.ts";

const encoder = new SpanEncoder();
encoder.add(fakeSpan("s0"));
const body = encoder.take().body();

function transportTo(url: string, options: Partial<OtlpHttpTarget> = {}): Transport {
  return httpTransport({ kind: "otlp-http", url, ...options }, 2);
}

async function sendOnce(url: string, options: Partial<OtlpHttpTarget> = {}): Promise<Outcome> {
  const transport = transportTo(url, options);
  const outcome = await transport.send(body, 1);
  transport.close();
  return outcome;
}

test("httpTransport() trusts the authority it is given, and no other", async () => {
  await using receiver = await startOtlpReceiver({ tls: TEST_SERVER });
  expect(await sendOnce(receiver.url, { tls: { ca: TEST_CA } })).toMatchObject({ kind: "accepted" });
  expect(receiver.spans()).toHaveLength(1);
  expect(await sendOnce(receiver.url)).toMatchObject({
    kind: "retry",
    message: expect.stringMatching(/certificate/),
    maybeDelivered: false,
  });
  expect(receiver.spans()).toHaveLength(1);
});

test("httpTransport() shows its certificate to a collector that asks for one", async () => {
  const tls = { ...TEST_SERVER, ca: TEST_CA, requestCert: true, rejectUnauthorized: true };
  await using receiver = await startOtlpReceiver({ tls });
  const bytes = { cert: Buffer.from(TEST_CLIENT.cert), key: Buffer.from(TEST_CLIENT.key) };
  expect(await sendOnce(receiver.url, { tls: { ca: TEST_CA, ...bytes } })).toMatchObject({
    kind: "accepted",
  });
  expect(await sendOnce(receiver.url, { tls: { ca: TEST_CA } })).toMatchObject({ kind: "retry" });
});

test("httpTransport() has its requests left out of tracing, and makes them in no context of the caller", async () => {
  await using _tracing = createTestTracing();
  await using receiver = await startOtlpReceiver();
  const key = createContextKey("request");
  const seen: unknown[] = [];
  const note = (): void => {
    seen.push([isTracingSuppressed(context.active()), context.active().getValue(key)]);
  };
  subscribe("http.client.request.start", note);
  await context.with(ROOT_CONTEXT.setValue(key, "secret"), () => sendOnce(receiver.url));
  unsubscribe("http.client.request.start", note);
  expect(seen).toEqual([[true, undefined]]);
});

test("httpTransport() keeps connections open and shares them", async () => {
  const sockets = new Set<unknown>();
  const server = createServer((request, response) => {
    sockets.add(request.socket);
    request.resume().on("end", () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const transport = transportTo(`http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`);
  for (let round = 0; round < 5; round++) await transport.send(body, 1);
  expect(sockets.size).toBe(1);
  transport.close();
  server.close();
});

test("httpTransport() sends credentials of the URL as a header, and shows them in no message", async () => {
  await using receiver = await startOtlpReceiver();
  const url = `http://user:hidden@127.0.0.1:${receiver.port}/v1/traces`;
  expect(await sendOnce(url)).toMatchObject({ kind: "accepted", bytes: body.length });
  const basic = Buffer.from("user:hidden").toString("base64");
  expect(receiver.requests[0]?.headers.authorization).toBe(`Basic ${basic}`);
  await receiver.close();
  expect(JSON.stringify(await sendOnce(url))).not.toContain("hidden");
});

test("Transport.close() ends what is in flight", async () => {
  await using receiver = await startOtlpReceiver({ answer: () => ({ after: new Promise(() => {}) }) });
  const transport = transportTo(receiver.url);
  const sent = transport.send(body, 1);
  await receiver.waitFor(({ requests }) => requests.length === 1);
  transport.close();
  expect(await sent).toMatchObject({
    kind: "retry",
    message: "the pipeline was shut down",
    maybeDelivered: true,
  });
});

test("httpTransport() takes an answer that is cut in the middle for a failure of the network", async () => {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      response.writeHead(200, { "content-length": 100 }).write("half");
      setImmediate(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}`;
  expect(await sendOnce(url)).toMatchObject({ kind: "retry", maybeDelivered: true });
  server.close();
});

test("httpTransport() throws for what is no http URL and for a timeout that is none", () => {
  expect(() => transportTo("file:///tmp/x")).toThrow(TypeError);
  expect(() => transportTo("localhost:4318")).toThrow(TypeError);
  expect(() => transportTo("http://h", { timeoutMs: 0 })).toThrow(
    /'target.timeoutMs' must be a number of at least 1/,
  );
});
