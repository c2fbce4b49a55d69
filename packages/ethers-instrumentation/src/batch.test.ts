import { createTestTracing, renderTrace } from "@dcmx-tracing/testing";
import { trace } from "@opentelemetry/api";
import { JsonRpcProvider, Network } from "ethers";
import { expect, test } from "vitest";
import { connect, useTelemetry } from "../test/setup.ts";
import { failure, results, type StubAnswer, startStubNode, type WireRequest } from "../test/stub_node.ts";
import { instrumentProvider, uninstrument } from "./mod.ts";

const t = useTelemetry();

async function stub(answer?: (request: WireRequest, number: number) => StubAnswer) {
  const node = await startStubNode(answer);
  t.later(() => node.stop());
  return node;
}

/** Parent span and sampled flag that arrived at the node. */
function traceparentOf({ headers }: WireRequest): { spanId: string; flags: string } {
  const [, , spanId = "", flags = ""] = String(headers.traceparent).split("-");
  return { spanId, flags };
}

function spanIds(name: string): string[] {
  return t.tracing
    .spans()
    .filter((span) => span.name === name)
    .map((span) => span.spanContext().spanId);
}

test("a batch of one trace is one span beside its calls, linked both ways, and one request", async () => {
  t.instrument();
  const node = await stub();
  const provider = t.own(connect(node.url));
  await t.inSpan("request", () =>
    Promise.all(
      ["eth_gasPrice", "eth_blockNumber", "eth_syncing"].map((method) => provider.send(method, [])),
    ),
  );
  expect(t.draw("rpc.batch.size", "http.response.status_code")).toMatchInlineSnapshot(`
    "request
    ├─ eth_gasPrice CLIENT http.response.status_code=200 rpc.batch.size=3
    │     → jsonrpc.batch
    ├─ eth_blockNumber CLIENT http.response.status_code=200 rpc.batch.size=3
    │     → jsonrpc.batch
    ├─ eth_syncing CLIENT http.response.status_code=200 rpc.batch.size=3
    │     → jsonrpc.batch
    └─ jsonrpc.batch CLIENT http.response.status_code=200 rpc.batch.size=3
          → eth_gasPrice
          → eth_blockNumber
          → eth_syncing"
  `);
  expect(node.requests.map(({ calls }) => calls.length)).toEqual([3]);
  expect(traceparentOf(node.requests[0] as WireRequest)).toEqual({
    spanId: spanIds("jsonrpc.batch")[0],
    flags: "01",
  });
  expect(await t.metrics.points("blockchain.rpc.batch.size")).toMatchObject([{ value: 3, count: 1 }]);
});

test("a batch of calls without a parent hangs below the first call, so that no sampler decides anew", async () => {
  t.instrument();
  const node = await stub();
  const provider = t.own(connect(node.url));
  await Promise.all([provider.send("eth_gasPrice", []), provider.send("eth_syncing", [])]);
  expect(t.draw()).toMatchInlineSnapshot(`
    "eth_gasPrice CLIENT
    │  → jsonrpc.batch
    └─ jsonrpc.batch CLIENT
          → eth_gasPrice
          → eth_syncing

    eth_syncing CLIENT
       → jsonrpc.batch"
  `);
});

test("a batch joins the first sampled trace, and the node is told that it is sampled", async () => {
  await t.tracing.shutdown();
  // Traces that begin with "unsampled" are not sampled, the others are; children follow their parent.
  const decided = createTestTracing({
    sampler: {
      shouldSample: (ctx, _traceId, name) => {
        const parent = trace.getSpanContext(ctx);
        const sampled = parent === undefined ? name !== "unsampled" : (parent.traceFlags & 1) === 1;
        // 2 is RECORD_AND_SAMPLED, 0 is NOT_RECORD; the enum is not part of the API package.
        return { decision: sampled ? 2 : 0 };
      },
      toString: () => "by name",
    },
  });
  t.later(() => decided.shutdown());
  t.instrument();
  const node = await stub();
  const provider = t.own(connect(node.url));
  const call = (name: string) =>
    decided.tracer().startActiveSpan(name, async (span) => {
      await provider.send("eth_gasPrice", []);
      span.end();
    });
  await Promise.all([call("unsampled"), call("sampled")]);
  expect(renderTrace(decided.spans(), { attributes: false, links: false })).toBe(
    ["sampled", "├─ eth_gasPrice CLIENT", "└─ jsonrpc.batch CLIENT"].join("\n"),
  );
  const batch = decided.spans().find(({ name }) => name === "jsonrpc.batch");
  expect(traceparentOf(node.requests[0] as WireRequest)).toEqual({
    spanId: batch?.spanContext().spanId,
    flags: "01",
  });
  const durations = await t.metrics.points("rpc.client.call.duration");
  expect(durations).toMatchObject([{ count: 2 }]);
});

test("batchMaxCount 1 gives no batch span, and the node's parent is the span of the call", async () => {
  t.instrument();
  const node = await stub();
  const provider = t.own(connect(node.url, { batchMaxCount: 1 }));
  await Promise.all([provider.send("eth_gasPrice", []), provider.send("eth_syncing", [])]);
  expect(t.draw()).toBe("eth_gasPrice CLIENT\n\neth_syncing CLIENT");
  expect(node.requests.map((request) => traceparentOf(request).spanId).sort()).toEqual(
    [...spanIds("eth_gasPrice"), ...spanIds("eth_syncing")].sort(),
  );
});

test("an error of one call in a batch is on the span of this call alone", async () => {
  t.instrument();
  const node = await stub(({ calls }) => ({
    json: calls.map(({ id, method }) =>
      method === "eth_getLogs"
        ? {
            jsonrpc: "2.0",
            id,
            error: { code: -32005, message: "daily request count exceeded, secret-project-id" },
          }
        : { jsonrpc: "2.0", id, result: "0x1" },
    ),
  }));
  const provider = t.own(connect(node.url));
  const both = [provider.send("eth_gasPrice", []), provider.send("eth_getLogs", [{}])];
  await Promise.allSettled(both);
  expect(t.draw("rpc.status_code", "error.type", "ethers.error.code")).toMatchInlineSnapshot(`
    "eth_gasPrice CLIENT
    │  → jsonrpc.batch
    └─ jsonrpc.batch CLIENT
          → eth_gasPrice
          → eth_getLogs

    eth_getLogs CLIENT ERROR "limit exceeded" error.type="-32005" ethers.error.code="UNKNOWN_ERROR" rpc.status_code="-32005"
       • exception
       → jsonrpc.batch"
  `);
  expect(await t.metrics.points("blockchain.rpc.rate_limited")).toMatchObject([
    { attributes: { "rpc.method": "eth_getLogs" }, value: 1 },
  ]);
});

test("a node that refuses the whole batch: its code is on the batch and on every call", async () => {
  t.instrument();
  const node = await stub(() => ({
    json: { jsonrpc: "2.0", id: null, error: { code: -32600, message: "batch limit exceeded" } },
  }));
  const provider = t.own(connect(node.url));
  const both = await Promise.allSettled([
    provider.send("eth_gasPrice", []),
    provider.send("eth_syncing", []),
  ]);
  expect(both).toMatchObject([{ reason: { code: "BAD_DATA" } }, { reason: { code: "BAD_DATA" } }]);
  expect(t.draw("rpc.status_code", "error.type", "ethers.error.code")).toMatchInlineSnapshot(`
    "eth_gasPrice CLIENT ERROR "batch limit exceeded" error.type="-32600" ethers.error.code="BAD_DATA" rpc.status_code="-32600"
    │  • exception
    │  → jsonrpc.batch
    └─ jsonrpc.batch CLIENT ERROR "batch limit exceeded" error.type="-32600" rpc.status_code="-32600"
          → eth_gasPrice
          → eth_syncing

    eth_syncing CLIENT ERROR "batch limit exceeded" error.type="-32600" ethers.error.code="BAD_DATA" rpc.status_code="-32600"
       • exception
       → jsonrpc.batch"
  `);
});

test("a call without an answer is BAD_DATA; the others of the batch are not touched", async () => {
  t.instrument();
  const node = await stub(({ calls }) => ({
    json: calls.slice(1).map(({ id }) => ({ jsonrpc: "2.0", id, result: "0x1" })),
  }));
  const provider = t.own(connect(node.url));
  await Promise.allSettled([provider.send("eth_gasPrice", []), provider.send("eth_syncing", [])]);
  const types = t.tracing.spans().map(({ name, attributes }) => [name, attributes["error.type"]]);
  expect(types).toEqual([
    ["jsonrpc.batch", undefined],
    ["eth_gasPrice", "BAD_DATA"],
    ["eth_syncing", undefined],
  ]);
});

test("an unknown method is `jsonrpc` with its name beside it, and makes no series of its own", async () => {
  t.instrument();
  const node = await stub((request) => failure(request, -32601, "the method x does not exist"));
  const provider = t.own(connect(node.url));
  const names = Array.from({ length: 100 }, (_, i) => `custom_method${i}`);
  await Promise.allSettled(names.map((name) => provider.send(name, [])));
  const spans = t.tracing.spans().filter(({ name }) => name === "jsonrpc");
  expect(spans.map(({ attributes }) => attributes["rpc.method_original"])).toEqual(names);
  expect(spans[0]?.attributes).toMatchObject({
    "rpc.method": "_OTHER",
    "rpc.status_code": "-32601",
    "error.type": "-32601",
  });
  expect(await t.metrics.points("rpc.client.call.duration")).toMatchObject([{ count: 100 }]);
  const active = await t.metrics.points("blockchain.rpc.active_requests");
  const others = active.filter(({ attributes }) => attributes["rpc.method"] === "_OTHER");
  expect(others.map(({ value }) => value)).toEqual([0]);
});

test("calls that share one parameters array keep their own ids, parents and errors", async () => {
  t.instrument();
  const node = await stub(({ calls }) => ({
    json: calls.map(({ id, method }) =>
      method === "eth_call"
        ? { jsonrpc: "2.0", id, error: { code: 3, message: "execution reverted" } }
        : { jsonrpc: "2.0", id, result: "0x1" },
    ),
  }));
  const provider = t.own(connect(node.url));
  const shared: unknown[] = [{ to: null }];
  const call = (name: string, method: string) =>
    t.inSpan(name, () => provider.send(method, shared).catch(() => undefined));
  await Promise.all([call("a", "eth_gasPrice"), call("b", "eth_call"), call("c", "eth_gasPrice")]);
  const shown = renderTrace(t.tracing.spans(), {
    attributes: ["rpc.status_code"],
    links: false,
    events: false,
  });
  expect(shown).toBe(
    [
      "a",
      "├─ eth_gasPrice CLIENT",
      "└─ jsonrpc.batch CLIENT",
      "",
      "b",
      '└─ eth_call CLIENT ERROR "execution reverted" rpc.status_code="3"',
      "",
      "c",
      "└─ eth_gasPrice CLIENT",
    ].join("\n"),
  );
  const ids = t.tracing.spans().map(({ attributes }) => attributes["jsonrpc.request.id"]);
  expect(new Set(ids.filter((id) => id !== undefined)).size).toBe(3);
});

test("the wire is the same byte for byte with and without the instrumentation, also without parameters", async () => {
  const calls = async (instrumented: boolean): Promise<string[]> => {
    const node = await stub();
    const provider = t.own(connect(node.url));
    if (instrumented) instrumentProvider(provider);
    const send = provider.send.bind(provider) as (method: string, params?: unknown) => Promise<unknown>;
    await send("eth_gasPrice");
    await Promise.all([
      send("eth_syncing"),
      send("eth_call", [{ to: null }, "latest"]),
      send("eth_syncing", { a: [1] }),
    ]);
    if (instrumented) uninstrument(provider);
    return node.requests.map(({ body }) => body);
  };
  const plain = await calls(false);
  expect(await calls(true)).toEqual(plain);
  expect(plain).toHaveLength(2);
  const names = t.tracing.spans().map(({ name, attributes }) => [name, attributes["jsonrpc.request.id"]]);
  expect(names).toEqual([
    ["eth_gasPrice", "1"],
    ["jsonrpc.batch", undefined],
    ["eth_syncing", "2"],
    ["eth_call", "3"],
    ["eth_syncing", "4"],
  ]);
});

test("an answer from ethers' cache has no call; the provider's span says so", async () => {
  t.instrument({ spans: { provider: true } });
  const node = await stub();
  const network = Network.from(31337);
  const provider = t.own(
    new JsonRpcProvider(node.url, network, { staticNetwork: network, batchMaxCount: 1 }),
  );
  await Promise.all([
    t.inSpan("a", () => provider.getBlockNumber()),
    t.inSpan("b", () => provider.getBlockNumber()),
  ]);
  expect(t.draw("ethers.cache.hit")).toMatchInlineSnapshot(`
    "a
    └─ provider.getBlockNumber
       └─ eth_blockNumber CLIENT

    b
    └─ provider.getBlockNumber ethers.cache.hit=true"
  `);
});

test("eth_chainId has no span by default, but counts; chainIdSpans shows it, ignoreMethods hides others", async () => {
  t.instrument({ ignoreMethods: ["eth_syncing"] });
  const node = await stub();
  const provider = t.own(new JsonRpcProvider(node.url, undefined, { batchMaxCount: 1 }));
  await t.inSpan("first", () =>
    Promise.all([provider.getBlockNumber(), provider.getNetwork(), provider.send("eth_syncing", [])]),
  );
  expect(t.draw()).toBe(["first", "└─ eth_blockNumber CLIENT"].join("\n"));
  const methods = (await t.metrics.points("rpc.client.call.duration")).map(
    ({ attributes }) => attributes["rpc.method"],
  );
  expect(methods).toEqual(expect.arrayContaining(["eth_chainId", "eth_blockNumber", "eth_syncing"]));
  t.tracing.reset();
  instrumentProvider(provider, { chainIdSpans: true });
  t.later(() => uninstrument(provider));
  await t.inSpan("second", () => provider.send("eth_chainId", []));
  expect(t.draw("blockchain.chain_id")).toBe(
    ["second", "└─ eth_chainId CLIENT blockchain.chain_id=31337"].join("\n"),
  );
});

test("requireParentSpan records calls only inside a span", async () => {
  t.instrument({ requireParentSpan: true });
  const node = await stub((request) => results(request));
  const provider = t.own(connect(node.url));
  await provider.send("eth_gasPrice", []);
  await t.inSpan("request", () => provider.send("eth_gasPrice", []));
  expect(t.draw()).toBe(["request", "└─ eth_gasPrice CLIENT"].join("\n"));
});
