import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { renderTrace } from "@dcmx-tracing/testing";
import {
  BrowserProvider,
  FallbackProvider,
  IpcSocketProvider,
  JsonRpcProvider,
  Network,
  WebSocketProvider,
} from "ethers";
import { expect, test } from "vitest";
import { ACCOUNTS, startAnvil } from "../test/anvil.ts";
import { FakeSocket } from "../test/fake_socket.ts";
import { connect, useTelemetry } from "../test/setup.ts";
import { results, type StubAnswer, startStubNode, type WireRequest } from "../test/stub_node.ts";
import { instrumentProvider, openTelemetryPlugin, uninstrument } from "./mod.ts";

const t = useTelemetry();
const network = Network.from(31337);

async function stub(answer?: (request: WireRequest, number: number) => StubAnswer) {
  const node = await startStubNode(answer);
  t.later(() => node.stop());
  return node;
}

test("WebSocketProvider: calls of two traces that run at once keep their parents, on a real node", async () => {
  const anvil = await startAnvil();
  t.later(() => anvil.stop());
  t.instrument();
  const provider = t.own(new WebSocketProvider(anvil.webSocketUrl, network));
  const call = (name: string, method: string) => t.inSpan(name, () => provider.send(method, []));
  await Promise.all([call("a", "eth_gasPrice"), call("b", "eth_blockNumber"), call("c", "eth_syncing")]);
  expect(t.draw("network.transport", "server.address")).toBe(
    ["a", "└─ eth_gasPrice", "b", "└─ eth_blockNumber", "c", "└─ eth_syncing"]
      .map((line) =>
        line.startsWith("└") ? `${line} CLIENT network.transport="tcp" server.address="127.0.0.1"` : line,
      )
      .join("\n")
      .replace(/\n(?=[bc]\n)/g, "\n\n"),
  );
});

test("WebSocketProvider: a subscription stays out of the trace that registered the listener", async () => {
  t.instrument();
  const socket = new FakeSocket();
  socket.answer = ({ method }) => (method === "eth_subscribe" ? "0xfeed" : "0x1");
  const provider = t.own(new WebSocketProvider(socket, network));
  socket.onopen?.();
  const block = new Promise((resolve) => {
    void t.inSpan("subscribe", () =>
      provider.on("block", (number: number) => {
        void t.inSpan("on block", async () => resolve(number));
      }),
    );
  });
  while (!socket.sent.some(({ method }) => method === "eth_subscribe"))
    await new Promise((resolve) => setTimeout(resolve, 1));
  socket.deliver({
    jsonrpc: "2.0",
    method: "eth_subscription",
    params: { subscription: "0xfeed", result: { number: "0x10" } },
  });
  expect(await block).toBe(16);
  await expect.poll(() => t.tracing.openSpans(), { timeout: 20_000 }).toEqual([]);
  expect(t.draw()).toBe("subscribe\n\non block");
});

test("a call over a socket that was closed is reported as stuck, once, and leaves nothing in flight", async () => {
  t.instrument({ stuckAfterMs: 20 });
  const socket = new FakeSocket();
  socket.answer = () => undefined;
  const provider = t.own(new WebSocketProvider(socket, network));
  socket.onopen?.();
  let settled = false;
  void t
    .inSpan("request", () => provider.send("eth_gasPrice", []))
    .finally(() => {
      settled = true;
    });
  await expect
    .poll(async () => (await t.metrics.points("blockchain.rpc.stuck")).length, { timeout: 20_000 })
    .toBe(1);
  expect(settled).toBe(false);
  const [span] = t.tracing.spans();
  expect(span?.attributes).toMatchObject({
    "error.type": "_STUCK",
    "server.address": "node.example",
    "blockchain.rpc_url": "wss://node.example/ws/REDACTED",
  });
  expect(span?.status.code).toBe(2);
  const active = await t.metrics.points("blockchain.rpc.active_requests");
  expect(active.filter(({ value }) => value !== 0)).toEqual([]);
  // A late answer is not recorded a second time.
  socket.deliver({ jsonrpc: "2.0", id: socket.sent[0]?.id, result: "0x1" });
  await expect.poll(() => settled, { timeout: 20_000 }).toBe(true);
  expect(t.tracing.spans().map(({ name }) => name)).toEqual(["eth_gasPrice", "request"]);
});

test("IpcSocketProvider: the address is an option, as a path cannot be read back", async () => {
  const folder = mkdtempSync(join(tmpdir(), "ipc-"));
  const path = join(folder, "node.ipc");
  const server = createServer((socket) => {
    socket.on("data", (data) => {
      for (const line of data.toString().trim().split("\n")) {
        const { id } = JSON.parse(line) as { id: number };
        socket.write(`${JSON.stringify({ jsonrpc: "2.0", id, result: "0x1" })}\n`);
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(path, resolve);
  });
  const provider = new IpcSocketProvider(path, network);
  t.later(async () => {
    uninstrument(provider);
    provider.destroy();
    await new Promise((resolve) => server.close(resolve));
    rmSync(folder, { recursive: true });
  });
  instrumentProvider(provider, { serverAddress: "archive-node" });
  await t.inSpan("request", () => provider.send("eth_gasPrice", []));
  expect(t.draw("server.address", "network.transport", "blockchain.rpc_url")).toBe(
    ["request", '└─ eth_gasPrice CLIENT network.transport="unix" server.address="archive-node"'].join("\n"),
  );
});

test("BrowserProvider: a signature that the user rejects is ACTION_REJECTED with the wallet's code", async () => {
  t.instrument();
  const wallet = {
    async request({ method }: { method: string }): Promise<unknown> {
      if (method === "eth_requestAccounts" || method === "eth_accounts") return [ACCOUNTS[0]?.address];
      if (method === "eth_chainId") return "0x7a69";
      throw Object.assign(new Error("User rejected the request: secret words"), { code: 4001 });
    },
  };
  const provider = t.own(new BrowserProvider(wallet, network));
  const signer = await provider.getSigner();
  t.tracing.reset();
  await expect(signer.signMessage("hello")).rejects.toMatchObject({ code: "ACTION_REJECTED" });
  expect(
    renderTrace(t.tracing.spans(), { attributes: ["error.type", "ethers.error.code"], events: false }),
  ).toBe(
    'personal_sign CLIENT ERROR "user rejected request" error.type="4001" ethers.error.code="ACTION_REJECTED"',
  );
});

test("BrowserProvider: getSigner has a span, which lasts as long as the prompt for the accounts", async () => {
  t.instrument();
  const accounts: string[] = [];
  const wallet = {
    async request({ method }: { method: string }): Promise<unknown> {
      if (method === "eth_chainId") return "0x7a69";
      if (method === "eth_requestAccounts") accounts.push(ACCOUNTS[0]?.address ?? "");
      return accounts;
    },
  };
  const provider = t.own(new BrowserProvider(wallet, network));
  await t.inSpan("connect_wallet", () => provider.getSigner());
  expect(t.draw("wallet.address")).toMatchInlineSnapshot(`
    "connect_wallet
    └─ provider.getSigner CLIENT wallet.address="0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266"
       ├─ eth_accounts CLIENT
       └─ eth_accounts CLIENT"
  `);
});

test("FallbackProvider: one span for the request, with a call to each backend below it", async () => {
  t.instrument({ spans: { batch: false } });
  const good = await stub((request) => results(request, { eth_getBalance: "0x64" }));
  const failing = await stub((request) =>
    request.body.includes("eth_getBalance") ? { status: 500 } : results(request),
  );
  const backends = [good, good, failing].map(({ url }, i) => ({
    provider: t.own(connect(url)),
    priority: 3 - i,
    weight: 1,
    stallTimeout: 1000,
  }));
  const provider = t.own(new FallbackProvider(backends, network, { quorum: 2, cacheTimeout: -1 }));
  await provider.getBlockNumber();
  t.tracing.reset();
  const balance = await t.inSpan("request", () => provider.getBalance(ACCOUNTS[0]?.address ?? ""));
  expect(balance).toBe(100n);
  const fallback = t.tracing.spans().find(({ name }) => name === "fallback.getBalance");
  expect(fallback?.attributes).toMatchObject({
    "fallback.quorum": 2,
    "fallback.runners": 3,
    "fallback.agreed": 2,
    "fallback.late": 0,
  });
  const below = t.tracing
    .spans()
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === fallback?.spanContext().spanId);
  const ports = below
    .filter(({ name }) => name === "eth_getBalance")
    .map(({ attributes }) => attributes["server.port"]);
  expect(ports.sort()).toEqual([good, good, failing].map(({ url }) => Number(new URL(url).port)).sort());
});

test("instrumentProvider() of a FallbackProvider instruments its backends, and uninstrument() takes them back", async () => {
  const node = await stub();
  const backend = t.own(connect(node.url));
  const provider = t.own(new FallbackProvider([backend], network, { cacheTimeout: -1 }));
  const { send } = JsonRpcProvider.prototype;
  instrumentProvider(provider);
  await provider.getBlockNumber();
  const names = new Set(t.tracing.spans().map(({ name }) => name));
  expect([...names].sort()).toEqual(["eth_blockNumber", "fallback.getBlockNumber"]);
  uninstrument(provider);
  expect(JsonRpcProvider.prototype.send).toBe(send);
  t.tracing.reset();
  await backend.getBlockNumber();
  expect(t.tracing.spans()).toEqual([]);
});

test("a backend that was instrumented by itself stays so when its FallbackProvider is taken back", async () => {
  const node = await stub();
  const backend = instrumentProvider(t.own(connect(node.url)), { serverAddress: "alias" });
  t.later(() => uninstrument(backend));
  const provider = instrumentProvider(t.own(new FallbackProvider([backend], network)), {
    serverAddress: "other",
  });
  uninstrument(provider);
  await backend.send("eth_gasPrice", []);
  expect(t.draw("server.address")).toBe('eth_gasPrice CLIENT server.address="alias"');
});

test("instrumentProvider() accepts an object that only has `send`, as hardhat's provider", async () => {
  const calls: unknown[] = [];
  class Foreign {
    readonly #secret = 7;
    async send(method: string, params: unknown[]): Promise<number> {
      calls.push([method, params]);
      await t.inSpan("inside", async () => undefined);
      if (method === "eth_call") throw new Error("refused");
      return this.#secret;
    }
  }
  const provider = instrumentProvider(new Foreign());
  t.later(() => uninstrument(provider));
  expect(await t.inSpan("request", () => provider.send("eth_gasPrice", []))).toBe(7);
  await expect(provider.send("eth_call", [1])).rejects.toThrow("refused");
  expect(calls).toEqual([
    ["eth_gasPrice", []],
    ["eth_call", [1]],
  ]);
  expect(t.draw("error.type")).toMatchInlineSnapshot(`
    "request
    └─ eth_gasPrice CLIENT
       └─ inside

    eth_call CLIENT ERROR "Error" error.type="Error"
    │  • exception
    └─ inside"
  `);
});

test("a subclass that sends again and has a transport of its own: one span for each attempt, one batch", async () => {
  t.instrument();
  const node = await stub((request, number) => (number === 1 ? { status: 500 } : results(request)));
  class Stubborn extends JsonRpcProvider {
    override async send(method: string, params: unknown[]): Promise<unknown> {
      try {
        return await super.send(method, params);
      } catch {
        return await super.send(method, params);
      }
    }
    override async _send(payload: Parameters<JsonRpcProvider["_send"]>[0]) {
      return await super._send(payload);
    }
  }
  const provider = t.own(new Stubborn(node.url, network, { staticNetwork: network }));
  await t.inSpan("request", () =>
    Promise.all([provider.send("eth_gasPrice", []), provider.send("eth_syncing", [])]),
  );
  expect(
    renderTrace(t.tracing.spans(), { attributes: ["rpc.batch.size"], links: false, events: false }),
  ).toMatchInlineSnapshot(`
    "request
    ├─ eth_gasPrice CLIENT ERROR "server response 500" rpc.batch.size=2
    ├─ eth_syncing CLIENT ERROR "server response 500" rpc.batch.size=2
    ├─ jsonrpc.batch CLIENT ERROR "server response 500" rpc.batch.size=2
    ├─ eth_gasPrice CLIENT rpc.batch.size=2
    ├─ eth_syncing CLIENT rpc.batch.size=2
    └─ jsonrpc.batch CLIENT rpc.batch.size=2"
  `);
});

test("a node that is down at the start: the caller's trace holds its own call, and errors are counted", async () => {
  t.instrument();
  const node = await stub();
  await node.stop();
  const provider = t.own(new JsonRpcProvider(node.url));
  await t.inSpan("request", () => provider.send("eth_gasPrice", []).catch(() => undefined));
  const lines = renderTrace(t.tracing.spans(), { attributes: ["error.type"], links: false, events: false });
  expect(lines).toMatchInlineSnapshot(`
    "request
    ├─ eth_gasPrice CLIENT ERROR "connect ECONNREFUSED" error.type="ECONNREFUSED"
    └─ jsonrpc.batch CLIENT ERROR "connect ECONNREFUSED" error.type="ECONNREFUSED""
  `);
  expect(await t.metrics.points("blockchain.provider.errors")).toMatchObject([
    { attributes: { "error.type": "NETWORK_ERROR" }, value: 1 },
  ]);
  expect(t.tracing.openSpans()).toEqual([]);
});

test("destroy() ends the spans of pending calls, and nothing stays in flight", async () => {
  t.instrument();
  const node = await stub();
  const provider = connect(node.url);
  const calls = [provider.send("eth_gasPrice", []), provider.send("eth_syncing", [])];
  // ethers reaches its queue after a microtask.
  await Promise.resolve();
  provider.destroy();
  const outcomes = await Promise.allSettled(calls);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  const types = t.tracing.spans().map(({ attributes }) => attributes["error.type"]);
  expect(types).toEqual(["UNSUPPORTED_OPERATION", "UNSUPPORTED_OPERATION"]);
  expect(t.tracing.openSpans()).toEqual([]);
  expect(node.requests).toEqual([]);
});

test("openTelemetryPlugin() instruments the provider it is attached to; ethers refuses a second one", async () => {
  const node = await stub();
  const provider = t.own(connect(node.url)).attachPlugin(openTelemetryPlugin({ serverAddress: "alias" }));
  t.later(() => uninstrument(provider));
  await provider.send("eth_gasPrice", []);
  expect(t.draw("server.address")).toBe('eth_gasPrice CLIENT server.address="alias"');
  expect(() => provider.attachPlugin(openTelemetryPlugin())).toThrow("cannot replace existing plugin");
});
