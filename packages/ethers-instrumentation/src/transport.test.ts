import type { AddressInfo } from "node:net";
import { createServer } from "node:net";
import { createTestTracing } from "@dcmx-tracing/testing";
import { context, DiagLogLevel, diag, propagation, trace } from "@opentelemetry/api";
import { type FetchGetUrlFunc, FetchRequest, type GetUrlResponse, JsonRpcProvider, Network } from "ethers";
import { expect, test } from "vitest";
import { connect, useTelemetry } from "../test/setup.ts";
import { results, type StubAnswer, startStubNode, type WireRequest } from "../test/stub_node.ts";
import type { EthersInstrumentationOptions } from "./mod.ts";

const t = useTelemetry();

async function stub(answer?: (request: WireRequest, number: number) => StubAnswer) {
  const node = await startStubNode(answer);
  t.later(() => node.stop());
  return node;
}

/** A provider whose requests fail fast, for calls that are meant to fail. */
function impatient(url: string, params: { maxAttempts?: number; timeout?: number } = {}): JsonRpcProvider {
  const request = new FetchRequest(url);
  request.setThrottleParams({ slotInterval: 1, maxAttempts: params.maxAttempts ?? 3 });
  request.timeout = params.timeout ?? 10_000;
  const network = Network.from(31337);
  return t.own(new JsonRpcProvider(request, network, { staticNetwork: network, cacheTimeout: -1 }));
}

test("a call that was throttled twice is one span with its retries, and no error", async () => {
  t.instrument();
  const node = await stub((request, number) =>
    number < 3 ? { status: 429, headers: { "retry-after": "1" } } : results(request),
  );
  await impatient(node.url).send("eth_gasPrice", []);
  expect(
    t.draw("http.request.resend_count", "http.response.status_code", "rpc.attempt", "rpc.retry_after"),
  ).toMatchInlineSnapshot(`
    "eth_gasPrice CLIENT http.request.resend_count=2 http.response.status_code=200
       • rpc.throttled rpc.attempt=1 rpc.retry_after="1"
       • rpc.throttled rpc.attempt=2 rpc.retry_after="1""
  `);
  expect(await t.metrics.points("blockchain.rpc.retries")).toMatchObject([{ value: 2 }]);
  expect(await t.metrics.points("blockchain.rpc.rate_limited")).toMatchObject([{ value: 2 }]);
});

test("what costs time or quota is said once, as advice", async () => {
  const advice: string[] = [];
  const ignore = (): void => undefined;
  const info = (...args: unknown[]): void => {
    advice.push(args.map(String).join(" "));
  };
  diag.setLogger({ error: ignore, warn: ignore, info, debug: ignore, verbose: ignore }, DiagLogLevel.INFO);
  t.later(() => diag.disable());
  t.instrument();
  const node = await stub((request, number) =>
    number < 3 ? { status: 429, headers: { "retry-after": "1" } } : results(request),
  );
  const provider = impatient(node.url);
  await Promise.all(Array.from({ length: 150 }, () => provider.send("eth_chainId", [])));
  expect(advice).toEqual([
    "@dcmx-tracing/ethers-instrumentation ethers asks for eth_chainId before most calls: the provider option staticNetwork avoids that",
    "@dcmx-tracing/ethers-instrumentation ethers reads Retry-After as milliseconds: throttled calls are repeated at once",
  ]);
});

test("the height that each endpoint tells is a gauge, from answers and from delivered blocks", async () => {
  t.instrument();
  const nodes = await Promise.all(
    [0x10, 0x0e].map((height) =>
      stub((request) => results(request, { eth_blockNumber: `0x${height.toString(16)}` })),
    ),
  );
  const providers = nodes.map(({ url }) => impatient(url));
  await Promise.all(providers.map((provider) => provider.getBlockNumber()));
  const heights = async (): Promise<unknown[]> => {
    const points = await t.metrics.points("blockchain.block.height");
    return nodes.map(
      ({ url }) =>
        points.find(({ attributes }) => attributes["server.port"] === Number(new URL(url).port))?.value,
    );
  };
  expect(await heights()).toEqual([16, 14]);
  await providers[1]?.emit("block", 17);
  expect(await heights()).toEqual([16, 17]);
});

test("a call that is throttled for ever has error.type 429", async () => {
  t.instrument();
  const node = await stub(() => ({ status: 429, text: "slow down, key abcdef" }));
  await expect(impatient(node.url).send("eth_gasPrice", [])).rejects.toMatchObject({ code: "SERVER_ERROR" });
  const [span] = t.tracing.spans();
  expect(span?.attributes).toMatchObject({
    "error.type": "429",
    "ethers.error.code": "SERVER_ERROR",
    "http.response.status_code": 429,
    "http.request.resend_count": 2,
  });
});

test.for([
  { name: "HTTP 500", answer: { status: 500, text: "secret" } as StubAnswer, type: "500", status: 500 },
  {
    name: "HTML with status 200",
    answer: { status: 200, text: "<html>secret" } as StubAnswer,
    type: "UNSUPPORTED_OPERATION",
    status: 200,
  },
  { name: "a reset connection", answer: "reset" as StubAnswer, type: "ECONNRESET", status: undefined },
])("error.type for $name", async ({ answer, type, status }) => {
  t.instrument();
  const node = await stub(() => answer);
  const failed = await impatient(node.url)
    .send("eth_gasPrice", [])
    .catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(Error);
  const [span] = t.tracing.spans();
  expect(span?.attributes["error.type"]).toBe(type);
  expect(span?.attributes["http.response.status_code"]).toBe(status);
  expect(JSON.stringify([span?.status, span?.events, span?.attributes])).not.toContain("secret");
});

test("error.type for a refused connection and for an unknown host is the system's code", async () => {
  t.instrument();
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  await impatient(`http://127.0.0.1:${port}`)
    .send("eth_gasPrice", [])
    .catch(() => undefined);
  await impatient("http://node.invalid")
    .send("eth_gasPrice", [])
    .catch(() => undefined);
  const types = t.tracing.spans().map(({ attributes }) => String(attributes["error.type"]));
  expect(types[0]).toBe("ECONNREFUSED");
  // A machine without a resolver says EAI_AGAIN.
  expect(["ENOTFOUND", "EAI_AGAIN"]).toContain(types[1]);
});

test("a request that exceeds its timeout is TIMEOUT, and nothing is left in flight", async () => {
  t.instrument();
  const node = await stub(() => "hang");
  const provider = impatient(node.url, { timeout: 40 });
  await expect(provider.send("eth_gasPrice", [])).rejects.toMatchObject({ code: "TIMEOUT" });
  const [span] = t.tracing.spans();
  expect(span?.attributes["error.type"]).toBe("TIMEOUT");
  expect((span?.duration[0] ?? 0) * 1e3 + (span?.duration[1] ?? 0) / 1e6).toBeGreaterThan(30);
  const active = await t.metrics.points("blockchain.rpc.active_requests");
  expect(active.every(({ value }) => value === 0)).toBe(true);
});

test("a redirect to another host carries no trace context there", async () => {
  t.instrument();
  const target = await stub();
  const node = await stub(() => ({ status: 308, headers: { location: `${target.url}/moved` } }));
  await impatient(node.url).send("eth_gasPrice", []);
  expect(node.requests[0]?.headers.traceparent).toMatch(/^00-/);
  expect(target.requests).toHaveLength(1);
  expect(target.requests[0]?.headers.traceparent).toBeUndefined();
  const [span] = t.tracing.spans();
  expect(span?.attributes["error.type"]).toBeUndefined();
});

test("a redirect on the same host stays observed", async () => {
  t.instrument();
  const node = await stub((request) =>
    request.url === "/moved" ? results(request) : { status: 308, headers: { location: `${node.url}/moved` } },
  );
  await impatient(node.url).send("eth_gasPrice", []);
  expect(node.requests[1]?.headers.traceparent).toMatch(/^00-/);
  expect(t.tracing.spans()[0]?.attributes).toMatchObject({
    "http.response.status_code": 200,
    "http.request.resend_count": 1,
  });
});

test.for([
  { name: "by default W3C", options: {}, traceparent: true, b3: false },
  { name: "off", options: { propagation: false }, traceparent: false, b3: false },
  { name: "w3c", options: { propagation: { format: "w3c" } }, traceparent: true, b3: false },
  { name: "b3, for Besu", options: { propagation: { format: "b3" } }, traceparent: false, b3: true },
  {
    name: "to listed endpoints only",
    options: { propagation: { to: (url: URL) => url.hostname === "node.example" } },
    traceparent: false,
    b3: false,
  },
] as { name: string; options: EthersInstrumentationOptions; traceparent: boolean; b3: boolean }[])(
  "trace context into the node: $name; baggage never",
  async ({ options, traceparent, b3 }) => {
    t.instrument(options);
    const node = await stub();
    const provider = t.own(connect(node.url));
    await t.inSpan("request", () => {
      const baggage = propagation.createBaggage({ "user.email": { value: "artist@example.com" } });
      return context.with(propagation.setBaggage(context.active(), baggage), () =>
        provider.send("eth_gasPrice", []),
      );
    });
    const call = t.tracing.spans().find(({ name }) => name === "eth_gasPrice");
    const ids = `${call?.spanContext().traceId}-${call?.spanContext().spanId}`;
    const { headers } = node.requests[0] as WireRequest;
    expect(headers.traceparent).toBe(traceparent ? `00-${ids}-01` : undefined);
    expect(headers.b3).toBe(b3 ? `${ids}-1` : undefined);
    expect(headers.baggage).toBeUndefined();
    expect(JSON.stringify(headers)).not.toContain("artist");
  },
);

test("a call that nobody samples tells the node so", async () => {
  await t.tracing.shutdown();
  const silent = createTestTracing({
    sampler: { shouldSample: () => ({ decision: 0 }), toString: () => "none" },
  });
  t.later(() => silent.shutdown());
  t.instrument();
  const node = await stub();
  await t.own(connect(node.url)).send("eth_gasPrice", []);
  expect(node.requests[0]?.headers.traceparent).toMatch(/-00$/);
  expect(silent.spans()).toEqual([]);
  expect(await t.metrics.points("rpc.client.call.duration")).toMatchObject([{ count: 1 }]);
});

test("a context manager that loses the context keeps the parent of a direct call", async () => {
  context.disable();
  // What a browser has without zone.js: a stack that is empty after the first await.
  const stack = [context.active()];
  context.setGlobalContextManager({
    active: () => stack.at(-1) ?? context.active(),
    with: (ctx, fn, self, ...args) => {
      stack.push(ctx);
      try {
        return fn.apply(self as never, args);
      } finally {
        stack.pop();
      }
    },
    bind: (_ctx, target) => target,
    enable() {
      return this;
    },
    disable() {
      return this;
    },
  });
  t.instrument();
  const node = await stub();
  const provider = t.own(connect(node.url));
  const parent = t.tracing.tracer().startSpan("click");
  await context.with(trace.setSpan(context.active(), parent), () => provider.send("eth_gasPrice", []));
  parent.end();
  expect(t.draw()).toBe(["click", "└─ eth_gasPrice CLIENT"].join("\n"));
});

test("a redirect carries the application's own headers as they were, and none of ours", async () => {
  t.instrument({ propagation: { format: "w3c" } });
  const home = await stub(() => ({ status: 307, headers: { location: elsewhere.url } }));
  const elsewhere = await stub();
  const request = new FetchRequest(home.url);
  request.setHeader("x-tenant", "dcmx");
  request.setHeader("traceparent", "the application's own");
  const network = Network.from(31337);
  const provider = t.own(new JsonRpcProvider(request, network, { staticNetwork: network }));
  await t.inSpan("caller", () => provider.send("eth_gasPrice", []));
  expect(home.requests[0]?.headers.traceparent).toMatch(/^00-/);
  const { traceparent, ...rest } = elsewhere.requests[0]?.headers ?? {};
  expect([traceparent, rest["x-tenant"]]).toEqual(["the application's own", "dcmx"]);
  const { traceparent: ours, ...plain } = home.requests[0]?.headers ?? {};
  expect(ours).not.toBe(traceparent);
  expect({ ...rest, host: plain.host }).toEqual(plain);
});

test("an application's preflight function keeps its request to itself", async () => {
  t.instrument({ propagation: { format: "w3c" } });
  const node = await stub();
  const request = new FetchRequest(node.url);
  const kept = new FetchRequest(node.url);
  request.preflightFunc = async (attempt) => {
    kept.body = attempt.body;
    return kept;
  };
  const network = Network.from(31337);
  const provider = t.own(new JsonRpcProvider(request, network, { staticNetwork: network }));
  await t.inSpan("caller", () => provider.send("eth_gasPrice", []));
  expect(node.requests[0]?.headers.traceparent).toMatch(/^00-/);
  expect(kept.getHeader("traceparent")).toBeUndefined();
});

test("an application's own transport may answer at once, or throw", async () => {
  t.instrument();
  const request = new FetchRequest("http://node.example");
  const broken = new Error("no network");
  let answer: () => GetUrlResponse = () => {
    throw broken;
  };
  // ethers awaits what it gets, so that a plain value works although the type asks for a promise.
  request.getUrlFunc = (() => answer()) as unknown as FetchGetUrlFunc;
  const network = Network.from(31337);
  const provider = t.own(
    new JsonRpcProvider(request, network, { staticNetwork: network, cacheTimeout: -1, batchMaxCount: 1 }),
  );
  await expect(provider.send("eth_gasPrice", [])).rejects.toBe(broken);
  const body = new TextEncoder().encode('{"jsonrpc":"2.0","id":2,"result":"0x7"}');
  answer = () => ({ statusCode: 200, statusMessage: "OK", headers: {}, body });
  expect(await provider.send("eth_gasPrice", [])).toBe("0x7");
  expect(t.draw("http.response.status_code").split("\n").at(-1)).toBe(
    "eth_gasPrice CLIENT http.response.status_code=200",
  );
});
