import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { context, trace } from "@opentelemetry/api";
import { FetchUrlFeeDataNetworkPlugin, getAddress, JsonRpcProvider, Network } from "ethers";
import { expect, test } from "vitest";
import {
  ANSWER,
  CALLDATA,
  CONTRACT,
  type OffchainWorld,
  OWNER,
  QUESTION,
  startOffchainWorld,
} from "../test/offchain_world.ts";
import { useTelemetry } from "../test/setup.ts";
import { results, type StubAnswer, type StubNode, startStubNode } from "../test/stub_node.ts";

const t = useTelemetry();

async function gateway(answer: () => StubAnswer): Promise<StubNode> {
  const stub = await startStubNode(answer);
  t.later(() => stub.stop());
  return stub;
}

async function world(gateways: readonly string[]): Promise<OffchainWorld> {
  const made = await startOffchainWorld(gateways);
  t.later(() => made.node.stop());
  return made;
}

const ask = (provider: JsonRpcProvider): Promise<string> =>
  provider.call({ to: CONTRACT, data: QUESTION, enableCcipRead: true });

test("an offchain read is a span with the host of the gateway, and nothing of its path", async () => {
  t.instrument();
  const good = await gateway(() => ({ json: { data: "0x0102" } }));
  const { provider: connect } = await world([`${good.url}/secret-key/{sender}/{data}.json`]);
  const provider = t.own(connect());
  expect(await t.inSpan("read", () => ask(provider))).toBe(ANSWER);
  expect(good.requests[0]?.url).toContain(CALLDATA);
  expect(t.draw("contract.address", "server.address", "ccip.gateways", "ccip.attempts")).toBe(
    [
      "read",
      '├─ eth_call CLIENT ERROR "execution reverted" server.address="127.0.0.1"',
      "│     • exception",
      `├─ provider.ccipReadFetch CLIENT ccip.attempts=1 ccip.gateways=1 contract.address="${getAddress(CONTRACT)}" server.address="127.0.0.1"`,
      '└─ eth_call CLIENT server.address="127.0.0.1"',
    ].join("\n"),
  );
  const told = JSON.stringify(t.tracing.spans().map(({ attributes, events }) => [attributes, events]));
  expect(told).not.toContain("secret-key");
  expect(told).not.toContain(CALLDATA);
});

test("an offchain read tells which gateways have failed, and which one has answered", async () => {
  t.instrument();
  const closed = await gateway(() => ({ json: {} }));
  await closed.stop();
  const broken = await gateway(() => ({ status: 503, text: "{}" }));
  const good = await gateway(() => ({ json: { data: "0x0102" } }));
  const urls = [closed.url, broken.url, good.url].map((url) => `${url}/{data}`);
  const { provider: connect } = await world(urls);
  const provider = t.own(connect());
  expect(await ask(provider)).toBe(ANSWER);
  const span = t.tracing.spans().find(({ name }) => name === "provider.ccipReadFetch");
  expect(span?.attributes).toMatchObject({
    "ccip.gateways": 3,
    "ccip.attempts": 3,
    "http.response.status_code": 200,
  });
  expect(span?.events.map(({ name, attributes }) => [name, attributes])).toEqual([
    ["rpc.attempt_failed", { "rpc.attempt": 1, "server.address": "127.0.0.1", "error.type": "ECONNREFUSED" }],
    [
      "rpc.attempt_failed",
      {
        "rpc.attempt": 2,
        "server.address": "127.0.0.1",
        "http.response.status_code": 503,
        "error.type": "503",
      },
    ],
  ]);
});

test("an offchain read that no gateway can answer is an error without the words of the gateway", async () => {
  t.instrument();
  const broken = await gateway(() => ({
    status: 404,
    text: JSON.stringify({ message: "no artist@example.com" }),
  }));
  const { provider: connect } = await world([`${broken.url}/{data}`]);
  const provider = t.own(connect());
  await expect(ask(provider)).rejects.toMatchObject({ code: "OFFCHAIN_FAULT" });
  const span = t.tracing.spans().find(({ name }) => name === "provider.ccipReadFetch");
  expect(span?.status).toMatchObject({ code: 2 });
  expect(span?.attributes).toMatchObject({
    "error.type": "OFFCHAIN_FAULT",
    "http.response.status_code": 404,
  });
  const told = JSON.stringify([span?.attributes, span?.events, span?.status]);
  expect(told).not.toContain("artist");
});

test("listeners of debug events are called outside of the offchain read", async () => {
  t.instrument();
  const good = await gateway(() => ({ json: { data: "0x0102" } }));
  const { provider: connect } = await world([`${good.url}/{data}`]);
  const provider = t.own(connect());
  const active: unknown[] = [];
  await provider.on("debug", (event: { action: string }) => {
    if (!event.action.includes("CcipReadFetch")) return;
    active.push(trace.getSpan(context.active()));
    t.tracing.tracer().startSpan(event.action).end();
  });
  await ask(provider);
  expect(active).toEqual([undefined, undefined]);
  expect(t.tracing.spans().map(({ name }) => name)).toContain("receiveCcipReadFetchResult");
});

test("resolveName() and lookupAddress() are one span above their calls, without the name", async () => {
  t.instrument({ spans: { contract: false } });
  const { provider: connect } = await world([]);
  const provider = t.own(connect());
  await t.inSpan("resolve", () => provider.resolveName("artist.eth"));
  expect(t.draw("ethers.provider.operation")).toBe(
    [
      "resolve",
      '└─ provider.resolveName ethers.provider.operation="resolveName"',
      "   ├─ eth_call CLIENT",
      "   ├─ eth_call CLIENT",
      "   └─ eth_call CLIENT",
    ].join("\n"),
  );
  t.tracing.reset();
  await t.inSpan("lookup", () => provider.lookupAddress(OWNER));
  const names = t.tracing.spans().map(({ name }) => name);
  expect(names.filter((name) => name.startsWith("provider."))).toEqual(["provider.lookupAddress"]);
  const told = JSON.stringify(t.tracing.spans().map(({ attributes }) => attributes)).toLowerCase();
  expect(told).not.toContain("artist");
  expect(told).not.toContain(OWNER.slice(2).toLowerCase());
});

test("spans: { lookups: false } leaves the calls alone", async () => {
  t.instrument({ spans: { lookups: false, contract: false } });
  const good = await gateway(() => ({ json: { data: "0x0102" } }));
  const { provider: connect } = await world([`${good.url}/{data}`]);
  const provider = t.own(connect());
  await ask(provider);
  await provider.resolveName("artist.eth");
  expect(new Set(t.tracing.spans().map(({ name }) => name))).toEqual(new Set(["eth_call"]));
});

test("getFeeData() is a span with the host of the service that a network plugin asks; without a plugin it has none", async () => {
  t.instrument();
  const node = await gateway(() => ({ json: {} }));
  const service = await gateway(() => ({ json: { fast: 30 } }));
  const plugin = new FetchUrlFeeDataNetworkPlugin(
    `${service.url}/gas?key=secret`,
    async (_get, _provider, request) => {
      const { bodyJson } = await request.send();
      return { gasPrice: null, maxFeePerGas: BigInt(bodyJson.fast), maxPriorityFeePerGas: 1n };
    },
  );
  const network = new Network("test", 31337).attachPlugin(plugin);
  const provider = t.own(new JsonRpcProvider(node.url, network, { staticNetwork: network }));
  await t.inSpan("fees", () => provider.getFeeData());
  expect(t.draw("server.address")).toBe(
    ["fees", '└─ provider.getFeeData server.address="127.0.0.1"'].join("\n"),
  );
  expect(JSON.stringify(t.tracing.spans().map(({ attributes }) => attributes))).not.toContain("secret");
  t.tracing.reset();
  const plain = await startStubNode((request) => results(request, { eth_getBlockByNumber: null }));
  t.later(() => plain.stop());
  const bare = t.own(new JsonRpcProvider(plain.url, 31337, { staticNetwork: true, batchMaxCount: 1 }));
  // The stub knows no blocks.
  await expect(bare.getFeeData()).rejects.toMatchObject({ code: "BAD_DATA" });
  expect(t.tracing.spans().map(({ name }) => name)).not.toContain("provider.getFeeData");
});

test("neither trace context nor baggage reaches hosts that a contract chose, with instrumentation-http as well", async () => {
  const script = fileURLToPath(new URL("../test/fixtures/offchain.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script]);
  const seen = JSON.parse(stdout);
  expect(seen).toMatchObject({ gateway: [], gatewayRequests: 2, node: ["traceparent"] });
  expect(seen.spans.filter((name: string) => name.startsWith("provider."))).toEqual([
    "provider.ccipReadFetch",
    "provider.getAvatar",
  ]);
}, 60_000);
