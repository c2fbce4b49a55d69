import { expect, test } from "vitest";
import { type ReceivedSpan, startOtlpReceiver } from "../test/otlp_receiver.ts";
import { deno, fixture, isAbsent, run } from "../test/runtimes.ts";
import { startStubNode, type WireCall } from "../test/stub_node.ts";

const KEY = "9aa3d95b3bc440fa88ea12eaa4456161";

/** Runs calls in Deno with its built-in tracing; returns what it exports, and what arrives at the node. */
async function observe() {
  const otlp = await startOtlpReceiver();
  let block = 0;
  const answer = ({ id, method }: WireCall) => {
    const result = method === "eth_blockNumber" ? `0x${(++block).toString(16)}` : "0x1";
    return { jsonrpc: "2.0", id, result };
  };
  const node = await startStubNode(({ calls, body }) => {
    const answers = calls.map(answer);
    return { json: body.startsWith("[") ? answers : answers[0] };
  });
  try {
    const env = { OTEL_DENO: "true", OTEL_EXPORTER_OTLP_ENDPOINT: otlp.url };
    await run(deno, fixture("deno_tracing.ts"), [`${node.url}/v3/${KEY}`], env);
    return { spans: otlp.spans, requests: node.requests };
  } finally {
    await Promise.all([otlp.stop(), node.stop()]);
  }
}

/** The spans below a parent, one a line, siblings in the order of the alphabet. */
function draw(spans: readonly ReceivedSpan[], parent = "", indent = ""): string[] {
  return spans
    .filter(({ parentSpanId }) => parentSpanId === parent)
    .map(({ name, spanId }) => [`${indent}${name}`, ...draw(spans, spanId, `${indent}  `)])
    .sort()
    .flat();
}

test.skipIf(isAbsent(deno))(
  "with OTEL_DENO each call is one span of ours, above the POST of Deno, which holds the URL as it is",
  async () => {
    const { spans, requests } = await observe();
    const { traceId } = spans.find(({ name }) => name === "request") ?? {};
    const trace = spans.filter((span) => span.traceId === traceId);
    expect(draw(trace)).toEqual([
      "request",
      "  eth_gasPrice",
      "  eth_gasPrice",
      "    POST",
      "  eth_syncing",
      "  jsonrpc.batch",
      "    POST",
    ]);
    // Deno does not heed the suppression of tracing: polls are POST spans, but no part of the trace of the request.
    expect(new Set(spans.filter((span) => span.traceId !== traceId).map(({ name }) => name))).toEqual(
      new Set(["POST"]),
    );
    const ours = spans.filter(({ name }) => name !== "POST");
    expect(JSON.stringify(ours)).not.toContain(KEY);
    expect(JSON.stringify(ours)).toContain("/v3/REDACTED");
    // The limit that the README names: these spans are made in Deno, past every processor.
    const [post] = spans.filter(({ name }) => name === "POST");
    expect(post?.attributes["url.full"]).toContain(KEY);
    const posts = trace.filter(({ name }) => name === "POST").map(({ spanId }) => spanId);
    const sent = requests.flatMap(({ headers }) => headers.traceparent ?? []);
    expect(sent).toEqual(posts.map((spanId) => `00-${traceId}-${spanId}-01`));
    expect(requests.filter(({ headers }) => headers.baggage !== undefined)).toEqual([]);
  },
  60_000,
);
