import { once } from "node:events";
import { request } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { gzipSync } from "node:zlib";
import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { OTLPTraceExporter as JsonExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { OTLPTraceExporter as ProtoExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { BasicTracerProvider, SimpleSpanProcessor, type SpanExporter } from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import { startViewer, type Viewer } from "./start_viewer.ts";
import { dumpDom, hasChromium } from "./testing/_dump_dom.ts";

const EXPORTERS: readonly [string, (url: string) => SpanExporter][] = [
  ["protobuf", (url) => new ProtoExporter({ url })],
  ["json", (url) => new JsonExporter({ url })],
];

/** A trace of two spans through a real exporter; resolves when it was delivered. */
async function sendTrace(viewer: Viewer, makeExporter: (url: string) => SpanExporter, name = "nft_minting") {
  const provider = new BasicTracerProvider({
    spanProcessors: [new SimpleSpanProcessor(makeExporter(`${viewer.url}/v1/traces`))],
  });
  const tracer = provider.getTracer("test");
  const root = tracer.startSpan(name, { startTime: [1_700_000_000, 0] });
  const inRoot = trace.setSpan(context.active(), root);
  const child = tracer.startSpan(
    "tx.wait",
    { kind: SpanKind.CLIENT, startTime: [1_700_000_000, 250_000_000] },
    inRoot,
  );
  child.setAttributes({ "tx.gas_used": 91_850, "tx.hash": "0x4f5e", ok: true, ratio: 0.5, tags: ["a", "b"] });
  child.addEvent("mined", { block: 7 });
  child.setStatus({ code: SpanStatusCode.ERROR, message: "reverted" });
  child.end([1_700_000_000, 750_000_000]);
  root.end([1_700_000_001, 0]);
  await provider.forceFlush();
  await provider.shutdown();
  return root.spanContext().traceId;
}

async function traces(viewer: Viewer): Promise<unknown> {
  return (await fetch(`${viewer.url}/api/traces`)).json();
}

test.each(EXPORTERS)(
  "startViewer() shows what the %s exporter of OpenTelemetry sends",
  async (_name, makeExporter) => {
    await using viewer = await startViewer({ port: 0 });
    const traceId = await sendTrace(viewer, makeExporter);
    expect(await traces(viewer)).toEqual([
      {
        traceId,
        name: "nft_minting",
        services: [expect.stringMatching(/^unknown_service/)],
        start: 1_700_000_000_000,
        duration: 1000,
        errors: 1,
        rows: [
          expect.objectContaining({
            branch: "",
            name: "nft_minting",
            kind: "INTERNAL",
            start: 0,
            duration: 1000,
          }),
          {
            branch: "└─ ",
            name: "tx.wait",
            service: expect.stringMatching(/^unknown_service/),
            kind: "CLIENT",
            error: "reverted",
            start: 250,
            duration: 500,
            attributes: {
              "tx.gas_used": 91_850,
              "tx.hash": "0x4f5e",
              ok: true,
              ratio: 0.5,
              tags: ["a", "b"],
            },
            events: [{ name: "mined", attributes: { block: 7 } }],
          },
        ],
      },
    ]);
    const one = await fetch(`${viewer.url}/api/traces/${traceId}`);
    expect(await one.json()).toMatchObject({ traceId });
    expect((await fetch(`${viewer.url}/api/traces/${"0".repeat(32)}`)).status).toBe(404);
  },
);

test("startViewer() draws the spans of each request to its stream", async () => {
  let drawn = "";
  await using viewer = await startViewer({ port: 0, stream: { write: (text) => (drawn += text) } });
  await sendTrace(viewer, (url) => new ProtoExporter({ url }));
  expect(drawn).toContain("tx.gas_used=91850");
  expect(drawn).toContain("reverted");
});

test("startViewer() keeps the newest traces within its bound and counts what it lets go", async () => {
  await using viewer = await startViewer({ port: 0, maxSpans: 3 });
  await sendTrace(viewer, (url) => new ProtoExporter({ url }), "first");
  await sendTrace(viewer, (url) => new ProtoExporter({ url }), "second");
  expect(await traces(viewer)).toMatchObject([{ name: "second" }]);
  expect(viewer.stats()).toEqual({ spans: 2, dropped: 2 });
});

test("startViewer() takes compressed requests, and refuses what it cannot read with a reason", async () => {
  await using viewer = await startViewer({ port: 0 });
  const post = (body: string | Uint8Array<ArrayBuffer>, headers: Record<string, string>) =>
    fetch(`${viewer.url}/v1/traces`, { method: "POST", body, headers });
  const span = { traceId: "a".repeat(32), spanId: "b".repeat(16), name: "x" };
  const body = JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: [span, { name: "no ids" }] }] }] });
  const type = { "content-type": "application/json" };
  expect((await post(new Uint8Array(gzipSync(body)), { ...type, "content-encoding": "gzip" })).status).toBe(
    200,
  );
  expect(viewer.stats().spans).toBe(1);

  const wrong = await post("x", { "content-type": "text/plain" });
  expect(wrong.status).toBe(400);
  expect(await wrong.text()).toContain("content type must be");
  for (const garbage of ["{", "7", "null"]) expect((await post(garbage, type)).status).toBe(400);
  for (const odd of ['{"resourceSpans":7}', '{"resourceSpans":[{"scopeSpans":[{"spans":{}}]}]}', "{}"])
    expect((await post(odd, type)).status).toBe(200);
  expect((await post("garbage", { "content-type": "application/x-protobuf" })).status).toBe(400);
  expect((await fetch(viewer.url, { method: "DELETE" })).status).toBe(405);
  expect(viewer.stats().spans).toBe(1);
});

test("startViewer() answers under its own name only, so that no other site can read the traces", async () => {
  await using viewer = await startViewer({ port: 0 });
  const status = async (host: string): Promise<number | undefined> => {
    const asked = request(`${viewer.url}/api/traces`, { headers: { host } }).end();
    const [response] = await once(asked, "response");
    response.resume();
    return response.statusCode;
  };
  expect(await status("localhost:4318")).toBe(200);
  expect(await status("rebound.example.com")).toBe(403);
});

test("startViewer() names a port that is taken, and options out of their range", async () => {
  const other = createServer();
  other.listen(0, "127.0.0.1");
  await once(other, "listening");
  // A listening TCP server has an address object.
  const { port } = other.address() as AddressInfo;
  await expect(startViewer({ port })).rejects.toThrow(`port ${port} of 127.0.0.1 is in use`);
  other.close();
  await expect(startViewer({ port: 70_000 })).rejects.toThrow(
    "'port' must be a whole number from 0 to 65535",
  );
  await expect(startViewer({ port: 0, maxSpans: 0 })).rejects.toThrow("'maxSpans' must be a whole number");
});

test.skipIf(!hasChromium())("startViewer() shows traces on its page, hostile names as text", async () => {
  await using viewer = await startViewer({ port: 0 });
  await sendTrace(viewer, (url) => new ProtoExporter({ url }), "<img src=x onerror=document.title='owned'>");
  const dom = await dumpDom(viewer.url);
  expect(dom).toContain("tx.wait");
  expect(dom).toContain("0x4f5e");
  expect(dom).toContain("&lt;img src=x onerror=");
  expect(dom).not.toContain("<img");
  expect(dom).toContain("<title>Traces</title>");
});
