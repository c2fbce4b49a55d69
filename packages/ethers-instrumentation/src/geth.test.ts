import { expect, test } from "vitest";
import { findGeth, startGeth } from "../test/geth.ts";
import { startOtlpReceiver } from "../test/otlp_receiver.ts";
import { connect, useTelemetry } from "../test/setup.ts";

const t = useTelemetry();
const binary = findGeth();
const required = process.env.DCMX_REQUIRE_SERVERS === "1";

if (binary === undefined && !required) {
  process.stdout.write("skipped: no geth >= 1.17 on the PATH or in GETH_BINARY\n");
}

test.skipIf(binary === undefined && !required)(
  "the spans of a real geth are children of the spans of the calls, alone and in a batch",
  async () => {
    if (binary === undefined) throw new Error("DCMX_REQUIRE_SERVERS is 1, but there is no geth >= 1.17");
    const receiver = await startOtlpReceiver();
    t.later(() => receiver.stop());
    const geth = await startGeth(binary, receiver.url);
    t.instrument();
    const provider = t.own(connect(geth.url));
    await t.inSpan("request", async () => {
      await provider.send("eth_gasPrice", []);
      await Promise.all([provider.send("eth_blockNumber", []), provider.send("eth_syncing", [])]);
    });
    await geth.stop();
    const ours = t.tracing.spans();
    const traceId = ours[0]?.spanContext().traceId;
    const theirs = receiver.spans.filter((span) => span.traceId === traceId);
    const idOf = (name: string): string | undefined =>
      ours.find((span) => span.name === name)?.spanContext().spanId;
    const servers = theirs.filter(({ kind }) => kind === 2);
    expect(servers.map(({ name, parentSpanId }) => [name, parentSpanId])).toEqual(
      expect.arrayContaining([
        ["jsonrpc.eth/gasPrice", idOf("eth_gasPrice")],
        ["jsonrpc.batch", idOf("jsonrpc.batch")],
      ]),
    );
    // Inside a batch the calls are told apart by the number of the request.
    const requestIds = (names: RegExp): unknown[] =>
      theirs
        .filter(({ name }) => names.test(name))
        .map(({ attributes }) => attributes["rpc.jsonrpc.request_id"]);
    const own = ours
      .map(({ attributes }) => attributes["jsonrpc.request.id"])
      .filter((id) => id !== undefined);
    expect(requestIds(/^jsonrpc\.eth/).sort()).toEqual(own.sort());
    // Every span of geth hangs below one of ours, directly or through its own.
    const known = new Set([
      ...ours.map((span) => span.spanContext().spanId),
      ...theirs.map(({ spanId }) => spanId),
    ]);
    expect(theirs.filter(({ parentSpanId }) => !known.has(parentSpanId))).toEqual([]);
    expect(theirs.length).toBeGreaterThan(4);
  },
  60_000,
);
