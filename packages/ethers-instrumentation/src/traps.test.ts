import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DiagLogLevel, diag, metrics } from "@opentelemetry/api";
import * as ethers from "ethers";
import { FetchRequest, Interface, JsonRpcProvider, keccak256, Network, Wallet } from "ethers";
import { afterEach, expect, test, vi } from "vitest";
import { ACCOUNTS } from "../test/accounts.ts";
import { connect, useTelemetry } from "../test/setup.ts";
import { results, type StubNode, startStubNode } from "../test/stub_node.ts";
import { createState, methodAttributes } from "./_provider_state.ts";
import { registry } from "./_registry.ts";
import { resolveOptions } from "./_resolve_options.ts";
import { trackTransaction } from "./_tracked_transactions.ts";
import { EthersInstrumentation } from "./auto.ts";
import { instrumentProvider, uninstrument } from "./mod.ts";

const t = useTelemetry();

afterEach(() => {
  vi.resetModules();
});

async function stub(answer?: Parameters<typeof startStubNode>[0]): Promise<StubNode> {
  const node = await startStubNode(answer);
  t.later(() => node.stop());
  return node;
}

/** What OpenTelemetry was warned about. */
function collectWarnings(): string[] {
  const warnings: string[] = [];
  const ignore = (): void => undefined;
  const warn = (...args: unknown[]): void => {
    warnings.push(args.map(String).join(" "));
  };
  diag.setLogger({ error: ignore, warn, info: ignore, debug: ignore, verbose: ignore }, DiagLogLevel.ALL);
  t.later(() => diag.disable());
  return warnings;
}

/** A node that keeps every answer back until the test lets it go. */
async function slowNode(): Promise<{ url: string; release: () => void; asked: Promise<void> }> {
  const waiting: ServerResponse[] = [];
  let arrived = (): void => undefined;
  const asked = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      waiting.push(response);
      arrived();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  t.later(() => {
    server.close();
    server.closeAllConnections();
  });
  // A server that listens on a port has an address of this type.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    release: () => {
      for (const response of waiting) response.end(JSON.stringify({ jsonrpc: "2.0", id: 1, result: "0x1" }));
    },
    asked,
  };
}

function impatient(url: string, timeout: number): JsonRpcProvider {
  const request = new FetchRequest(url);
  request.timeout = timeout;
  const network = Network.from(31337);
  return t.own(new JsonRpcProvider(request, network, { staticNetwork: network, batchMaxCount: 1 }));
}

test("an answer that comes after the timeout changes nothing", async () => {
  t.instrument();
  const node = await slowNode();
  const provider = impatient(node.url, 40);
  await expect(provider.send("eth_gasPrice", [])).rejects.toMatchObject({ code: "TIMEOUT" });
  node.release();
  // A call that is answered after it shows that the late answer has arrived.
  const prompt = await stub();
  await t.own(connect(prompt.url)).send("eth_gasPrice", []);
  const spans = t.tracing.spans();
  expect(spans.map(({ attributes }) => attributes["error.type"])).toEqual(["TIMEOUT", undefined]);
  expect(t.tracing.openSpans()).toEqual([]);
});

test("a call that settles after it was reported as stuck is not recorded again", async () => {
  let settle = (_value: unknown): void => undefined;
  const provider = {
    send: (_method: string, _params: unknown[]): Promise<unknown> =>
      new Promise((resolve) => {
        settle = resolve;
      }),
  };
  instrumentProvider(provider, { stuckAfterMs: 20 });
  t.later(() => uninstrument(provider));
  const asked = provider.send("eth_gasPrice", []);
  await vi.waitFor(() => expect(t.tracing.spans()).toHaveLength(1));
  settle("0x1");
  expect(await asked).toBe("0x1");
  expect(t.tracing.spans().map(({ attributes }) => attributes["error.type"])).toEqual(["_STUCK"]);
  expect(await t.metrics.points("rpc.client.call.duration")).toEqual([]);
  expect(await t.metrics.points("blockchain.rpc.stuck")).toMatchObject([{ value: 1 }]);
  const active = await t.metrics.points("blockchain.rpc.active_requests");
  expect(active.every(({ value }) => value === 0)).toBe(true);
});

test("a broadcast that times out has the hash of the transaction: it may have gone out", async () => {
  t.instrument();
  const node = await slowNode();
  const provider = impatient(node.url, 40);
  const raw = await new Wallet(ACCOUNTS[0]?.key ?? "").signTransaction({
    to: ACCOUNTS[1]?.address ?? "",
    chainId: 31337,
    nonce: 0,
    gasLimit: 21_000,
    gasPrice: 1n,
    type: 0,
  });
  await expect(provider.send("eth_sendRawTransaction", [raw])).rejects.toMatchObject({ code: "TIMEOUT" });
  expect(t.tracing.spans()[0]?.attributes).toMatchObject({
    "tx.hash": keccak256(raw),
    "error.type": "TIMEOUT",
  });
});

test("what the constructor of the base class has set up survives the constructor of EthersInstrumentation", () => {
  const instrumentation = new EthersInstrumentation({ chainIdSpans: true });
  t.later(() => instrumentation.disable());
  expect(instrumentation.isEnabled()).toBe(true);
  expect(registry().global?.spanless.has("eth_chainId")).toBe(false);
  const meterProvider = metrics.getMeterProvider();
  instrumentation.setMeterProvider(meterProvider);
  instrumentation.setTracerProvider(t.tracing.provider);
  instrumentation.setConfig({ chainIdSpans: false });
  expect(registry().global).toMatchObject({ meterProvider, tracerProvider: t.tracing.provider });
  expect(registry().global?.spanless.has("eth_chainId")).toBe(true);
});

test("two copies of this package record each call once, and either can take the other's instrumentation back", async () => {
  vi.resetModules();
  const second = await import("./mod.ts");
  expect(second.instrumentProvider).not.toBe(instrumentProvider);
  const send = JsonRpcProvider.prototype.send;
  const { url } = await stub();
  const provider = t.own(connect(url));
  instrumentProvider(provider);
  second.instrumentProvider(provider);
  second.instrumentEthers(ethers);
  await Promise.all([provider.send("eth_gasPrice", []), provider.send("eth_syncing", [])]);
  expect(
    t.tracing
      .spans()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(["eth_gasPrice", "eth_syncing", "jsonrpc.batch"]);
  t.tracing.reset();
  uninstrument(ethers);
  second.uninstrument(provider);
  await provider.send("eth_gasPrice", []);
  expect(t.tracing.spans()).toEqual([]);
  expect(JsonRpcProvider.prototype.send).toBe(send);
});

test("options that replace others hold, and OpenTelemetry is warned once", async () => {
  const warnings = collectWarnings();
  const { url } = await stub();
  const provider = instrumentProvider(t.own(connect(url)));
  t.later(() => uninstrument(provider));
  instrumentProvider(provider);
  expect(warnings).toEqual([]);
  instrumentProvider(provider, { ignoreMethods: ["eth_gasPrice"] });
  instrumentProvider(provider, { ignoreMethods: ["eth_gasPrice"], providerName: "archive" });
  await provider.send("eth_gasPrice", []);
  await provider.send("eth_syncing", []);
  expect(warnings).toHaveLength(1);
  expect(warnings[0]).toContain("options that were given last hold");
  const spans = t.tracing.spans();
  expect(spans.map(({ name, attributes }) => [name, attributes["blockchain.provider.name"]])).toEqual([
    ["eth_syncing", "archive"],
  ]);
});

test("the time that calls wait in ethers' queue is on their spans and in a histogram", async () => {
  t.instrument();
  const { url } = await stub();
  const provider = t.own(connect(url, { batchStallTime: 30 }));
  await Promise.all([provider.send("eth_gasPrice", []), provider.send("eth_syncing", [])]);
  const queued = t.tracing
    .spans()
    .filter(({ name }) => name !== "jsonrpc.batch")
    .map(({ attributes }) => Number(attributes["rpc.queue.duration_ms"]));
  expect(Math.min(...queued)).toBeGreaterThan(1);
  const [point] = await t.metrics.points("blockchain.rpc.queue.duration");
  expect((point?.value ?? 0) * 1000).toBeCloseTo(Math.max(...queued), 0);
});

test("calls of one method share their attributes, and unknown methods leave none behind", () => {
  const state = createState({ send: () => undefined }, resolveOptions());
  expect(methodAttributes(state, "eth_call")).toBe(methodAttributes(state, "eth_call"));
  for (let i = 0; i < 100; i++) methodAttributes(state, `mystery_${i}`);
  expect(state.methods.size).toBe(1);
});

test("names of contract methods are a bounded number of series, however many an interface has", async () => {
  t.instrument();
  const receipt = {
    status: "0x1",
    gasUsed: "0x5208",
    effectiveGasPrice: "0x1",
    cumulativeGasUsed: "0x5208",
    blockNumber: "0x1",
    blockHash: `0x${"11".repeat(32)}`,
    transactionIndex: "0x0",
    from: ACCOUNTS[0]?.address,
    to: ACCOUNTS[1]?.address,
    contractAddress: null,
    logs: [],
    logsBloom: `0x${"00".repeat(256)}`,
    type: "0x2",
  };
  const node = await stub((request) => {
    const [hash] = (request.calls[0]?.params ?? []) as string[];
    return results(request, { eth_getTransactionReceipt: { ...receipt, transactionHash: hash } });
  });
  const provider = t.own(connect(node.url, { batchMaxCount: 1 }));
  for (let i = 0; i < 130; i++) {
    const hash = `0x${i.toString(16).padStart(64, "0")}`;
    trackTransaction(hash, { method: `method${i}` }, 5000);
    await provider.waitForTransaction(hash);
  }
  const counts = await t.metrics.points("blockchain.tx.count");
  expect(counts.reduce((sum, { value }) => sum + value, 0)).toBe(130);
  expect(counts.length).toBeLessThanOrEqual(101);
  expect(counts.find(({ attributes }) => attributes["contract.method"] === "_OTHER")?.value).toBeGreaterThan(
    1,
  );
});

test("pollers stay out of every trace when the provider was resumed in one, also one in the place of a filter that the node does not know", async () => {
  t.instrument();
  let height = 1;
  const node = await stub((request) => {
    const [call] = request.calls;
    if (call?.method === "eth_newFilter") {
      return {
        json: {
          jsonrpc: "2.0",
          id: call.id,
          error: { code: -32601, message: "the method eth_newFilter does not exist" },
        },
      };
    }
    return results(request, { eth_blockNumber: `0x${(height++).toString(16)}`, eth_getLogs: [] });
  });
  const provider = t.own(connect(node.url, { batchMaxCount: 1 }));
  t.later(async () => {
    // Pollers do not catch the rejection of calls that are cut off.
    await provider.removeAllListeners();
    for (let i = 0; i < 5; i++) await provider.send("web3_clientVersion", []);
  });
  const { topicHash } = new Interface(["event Ping()"]).getEvent("Ping") ?? {};
  const polls = (): number => node.requests.filter(({ calls }) => calls[0]?.method === "eth_getLogs").length;
  // ethers may lose the poller of blocks when its last listener leaves and the next one comes at once.
  await provider.on("block", () => undefined);
  await provider.on({ topics: [topicHash ?? null] }, () => undefined);
  await vi.waitFor(() => expect(polls()).toBeGreaterThan(0));
  await t.inSpan("request", async () => {
    provider.pause();
    provider.resume();
  });
  const before = polls();
  await vi.waitFor(() => expect(polls()).toBeGreaterThan(before));
  expect(t.tracing.spans().map(({ name }) => name)).toEqual(["request"]);
});
