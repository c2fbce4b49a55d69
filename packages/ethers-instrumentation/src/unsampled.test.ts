import { markInheritsUnsampled } from "@dcmx-tracing/span/kernel";
import { context, ROOT_CONTEXT, TraceFlags, trace } from "@opentelemetry/api";
import { expect, test } from "vitest";
import { connect, useTelemetry } from "../test/setup.ts";
import { startStubNode } from "../test/stub_node.ts";

const t = useTelemetry();

/** The context of a local parent with these flags. */
function below(traceFlags: TraceFlags) {
  const span = trace.wrapSpanContext({ traceId: "1".repeat(32), spanId: "2".repeat(16), traceFlags });
  return trace.setSpan(ROOT_CONTEXT, span);
}

test.for([1, 10])(
  "calls below an unsampled parent cost no span, are measured, and tell the node so (batches of up to %i)",
  async (batchMaxCount) => {
    markInheritsUnsampled(t.tracing.provider);
    t.instrument();
    const node = await startStubNode();
    t.later(() => node.stop());
    const provider = t.own(connect(node.url, { batchMaxCount }));
    await context.with(below(TraceFlags.NONE), () =>
      Promise.all([provider.send("eth_gasPrice", []), provider.send("eth_call", [{ to: null }])]),
    );
    const sent = node.requests.map(({ headers }) => headers.traceparent);
    // The parent of the node's spans is the caller itself: there is no span in between that could be named.
    const parent = `00-${"1".repeat(32)}-${"2".repeat(16)}-00`;
    expect(sent).toEqual(batchMaxCount === 1 ? [parent, parent] : [parent]);
    expect(t.draw()).toBe("");
    const points = await t.metrics.points("rpc.client.call.duration");
    expect(points.map(({ attributes, count }) => [attributes["rpc.method"], count]).sort()).toEqual([
      ["eth_call", 1],
      ["eth_gasPrice", 1],
    ]);
  },
);

test("a batch of unsampled and sampled calls belongs to a sampled one", async () => {
  markInheritsUnsampled(t.tracing.provider);
  t.instrument();
  const node = await startStubNode();
  t.later(() => node.stop());
  const provider = t.own(connect(node.url, { batchMaxCount: 10 }));
  await Promise.all([
    context.with(below(TraceFlags.NONE), () => provider.send("eth_gasPrice", [])),
    context.with(below(TraceFlags.SAMPLED), () => provider.send("eth_call", [{ to: null }])),
  ]);
  expect(node.requests.map(({ headers }) => String(headers.traceparent).slice(-2))).toEqual(["01"]);
  expect(t.draw("rpc.batch.size")).toMatchInlineSnapshot(`
    "eth_call CLIENT (parent missing) rpc.batch.size=2
       → jsonrpc.batch
    jsonrpc.batch CLIENT (parent missing) rpc.batch.size=2
       → eth_call"
  `);
});
