import { createTestTracing, renderTrace } from "@dcmx-tracing/testing";
import { InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { expect, test } from "vitest";
import { redactExporter } from "./redact_exporter.ts";
import { redactingExporter } from "./redacting_exporter.ts";

const KEY = "0x4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";
const PHRASE = "parade teach oyster diesel other wait yard rude moral autumn praise time";
const INFURA = "7d3a6f4b78128cdfedaf7dc48d314d84";

test("redactingExporter() removes keys, phrases and URL keys from every field of a span", async () => {
  const memory = new InMemorySpanExporter();
  await using tracing = createTestTracing({
    spanProcessors: [new SimpleSpanProcessor(redactingExporter(memory))],
  });
  const span = tracing.tracer().startSpan(`loaded ${KEY}`, {
    attributes: {
      "tx.hash": `0x${"4e".repeat(32)}`,
      "args.0": PHRASE,
      "url.full": `https://mainnet.infura.io/v3/${INFURA}`,
    },
    links: [
      {
        context: { traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags: 1 },
        attributes: { signer: KEY },
      },
    ],
  });
  span.addEvent(`step ${KEY}`, { detail: `with ${PHRASE}` });
  span.recordException(new Error(`bad signer ${KEY} at wss://mainnet.infura.io/ws/v3/${INFURA}`));
  span.setStatus({ code: 2, message: `upstream key=${INFURA} unavailable` });
  span.end();
  const drawing = renderTrace(memory.getFinishedSpans(), { mask: ["exception.stacktrace"] });
  expect(drawing).not.toContain(KEY.slice(2, 30));
  expect(drawing).not.toContain("parade teach");
  expect(drawing).not.toContain(INFURA);
  expect(drawing).toContain("loaded [REDACTED]");
  expect(drawing).toContain("https://mainnet.infura.io/v3/REDACTED");
  expect(drawing).toContain(`0x${"4e".repeat(32)}`);
  expect(JSON.stringify(memory.getFinishedSpans().map((s) => [s.events, s.links]))).not.toMatch(
    /4f9063db|7d3a6f4b|parade/,
  );
});

test("redactingExporter() hands on a clean span as it is and never changes the original", async () => {
  const memory = new InMemorySpanExporter();
  await using tracing = createTestTracing({
    spanProcessors: [new SimpleSpanProcessor(redactExporter()(memory))],
  });
  tracing
    .tracer()
    .startSpan("nft.mint", { attributes: { "nft.token_id": "77" } })
    .end();
  tracing
    .tracer()
    .startSpan("nft.mint", { attributes: { secret: KEY } })
    .end();
  const [clean, dirty] = tracing.spans();
  expect(memory.getFinishedSpans()[0]).toBe(clean);
  expect(memory.getFinishedSpans()[1]?.attributes).toEqual({ secret: "[REDACTED]" });
  expect(dirty?.attributes).toEqual({ secret: KEY });
});

test("redactingExporter() refuses every export when the self-test fails", async () => {
  const memory = new InMemorySpanExporter();
  const broken = redactingExporter(memory, { allowKeys: ["*"] });
  const result = await new Promise((resolve) => broken.export([], resolve));
  expect(result).toMatchObject({ code: 1 });
});

test("redactingExporter() exports with any choice of packs", async () => {
  for (const packs of [[], ["pii"], ["credentials", "rpc"]] as const) {
    const exporter = redactingExporter(new InMemorySpanExporter(), { packs });
    expect(await new Promise((resolve) => exporter.export([], resolve))).toMatchObject({ code: 0 });
  }
});
