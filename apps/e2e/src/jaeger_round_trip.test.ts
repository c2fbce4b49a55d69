import { addEvent, initTracing, startSpan, type TracingOptions } from "@dcmx-tracing/core";
import { SpanKind } from "@opentelemetry/api";
import { InMemorySpanExporter, type ReadableSpan, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, expect, test } from "vitest";
import { canonicalOfProcess } from "./canonical_span.ts";
import { readTrace } from "./read_trace.ts";
import { findServer } from "./servers/find_server.ts";
import { type RunningJaeger, startJaeger } from "./servers/start_jaeger.ts";

const server = findServer("jaeger");
let jaeger: RunningJaeger;

beforeAll(async () => {
  if (!server.missing) jaeger = await startJaeger(server.path, "jaeger/jaeger.yaml");
});
afterAll(() => jaeger?.stop());

/** Traces a workflow with everything that a span can carry; answers with what this process saw of it. */
async function traceMint(options: TracingOptions): Promise<readonly ReadableSpan[]> {
  const memory = new InMemorySpanExporter();
  const tracing = initTracing({
    serviceName: "dcmx",
    environment: "e2e",
    exitHandlers: false,
    spanProcessors: [new SimpleSpanProcessor(memory)],
    ...options,
  });
  const earlier = startSpan("artist_onboarding", (span) => span.spanContext());
  await startSpan(
    "nft_minting_workflow",
    { links: [{ context: earlier, attributes: { step: 1 } }] },
    async (span) => {
      span.setAttributes({
        "artist.id": "artist_123",
        "watermark.confidence": 0.98,
        "artist.verified": true,
      });
      startSpan("nft_minting.verify_watermark", () =>
        addEvent("step_1_complete", { step: 1, parts: ["a", "b"] }),
      );
      await startSpan("eth_sendRawTransaction", { kind: SpanKind.CLIENT }, async () => {
        throw new RangeError("nonce too low");
      }).catch(() => undefined);
      startSpan(
        "unicode \u{1F3B5} \u0000 name",
        { attributes: { "tx.fee": "90071992547409930001", big: 2 ** 40 } },
        () => 1,
      );
    },
  );
  const spans = memory.getFinishedSpans();
  const receipt = await tracing.shutdown();
  expect(receipt).toMatchObject({ ended: 5, exported: 5, dropped: 0, failed: 0, settled: true });
  return spans.filter((span) => span.name !== "artist_onboarding");
}

const ways: readonly [string, () => TracingOptions][] = [
  ["http/protobuf", () => ({ otlpEndpoint: jaeger.otlpHttp })],
  ["http/protobuf with gzip", () => ({ otlpEndpoint: jaeger.otlpHttp, compression: "gzip" })],
  ["http/json", () => ({ otlpEndpoint: jaeger.otlpHttp, protocol: "http/json" })],
  // Host and port without a scheme, as the guide's ConfigMap writes it.
  ["grpc", () => ({ otlpEndpoint: jaeger.otlpGrpc, protocol: "grpc" })],
];

test.skipIf(server.missing).each(ways)(
  "the trace that Jaeger gives back is the one of the process: %s",
  async (_, options) => {
    const spans = await traceMint(options());
    expect(spans).toHaveLength(4);
    const read = await readTrace(jaeger.query, spans[0]?.spanContext().traceId ?? "", spans.length);
    expect(read).toEqual(canonicalOfProcess(spans));
  },
);

test.skipIf(server.missing)("Jaeger lists the service and its operations", async () => {
  await traceMint({ otlpEndpoint: jaeger.otlpHttp, serviceName: "dcmx-listed" });
  const read = async (path: string): Promise<unknown> =>
    (await fetch(`${jaeger.query}/api/v3/${path}`, { headers: { connection: "close" } })).json();
  await expect
    .poll(() => read("services"), { timeout: 10_000 })
    .toMatchObject({
      services: expect.arrayContaining(["dcmx-listed"]),
    });
  const { operations } = (await read("operations?service=dcmx-listed")) as { operations: { name: string }[] }; // documented
  expect(operations.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["artist_onboarding", "nft_minting_workflow", "nft_minting.verify_watermark"]),
  );
});
