import { createTestTracing, renderTrace, type TestTracing } from "@dcmx-tracing/testing";
import { JsonRpcProvider, Network, Wallet } from "ethers";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { ACCOUNTS, type Anvil, startAnvil } from "../test/anvil.ts";
import { createTestMetrics, type TestMetrics } from "../test/metrics.ts";
import { instrumentProvider, uninstrument } from "./mod.ts";

let anvil: Anvil;
let tracing: TestTracing;
let metrics: TestMetrics;
const providers: JsonRpcProvider[] = [];

beforeAll(async () => {
  anvil = await startAnvil();
});
afterAll(() => anvil.stop());
beforeEach(() => {
  tracing = createTestTracing();
  metrics = createTestMetrics();
});
afterEach(async () => {
  for (const provider of providers.splice(0)) {
    uninstrument(provider);
    provider.destroy();
  }
  await tracing.shutdown();
  await metrics.shutdown();
});

function connect(options?: Parameters<typeof instrumentProvider>[1]): JsonRpcProvider {
  const network = Network.from(31337);
  const provider = new JsonRpcProvider(anvil.url, network, { staticNetwork: network, pollingInterval: 20 });
  providers.push(provider);
  return instrumentProvider(provider, options);
}

/** Attributes whose values differ from run to run. */
const VOLATILE = [
  "server.port",
  "blockchain.rpc_url",
  "rpc.queue.duration_ms",
  "jsonrpc.request.id",
  "tx.hash",
  "tx.block_hash",
  "tx.block_number",
  "tx.wait.rpc_calls",
  "tx.gas_price",
  "tx.fee",
];

test("instrumentProvider() records one CLIENT span with its attributes for a call below a span", async () => {
  const provider = connect();
  await tracing.tracer().startActiveSpan("request", async (span) => {
    await provider.send("eth_gasPrice", []);
    span.end();
  });
  expect(renderTrace(tracing.spans(), { mask: VOLATILE })).toBe(
    [
      "request",
      '└─ eth_gasPrice CLIENT blockchain.chain_id=31337 blockchain.network="local" blockchain.rpc_url=* ' +
        'http.response.status_code=200 jsonrpc.protocol.version="2.0" jsonrpc.request.id=* ' +
        'network.transport="tcp" rpc.method="eth_gasPrice" rpc.queue.duration_ms=* ' +
        'rpc.system.name="jsonrpc" server.address="127.0.0.1" server.port=*',
    ].join("\n"),
  );
  const points = await metrics.points("rpc.client.call.duration");
  expect(points.map(({ attributes, count }) => ({ ...attributes, count }))).toEqual([
    {
      "rpc.system.name": "jsonrpc",
      "rpc.method": "eth_gasPrice",
      "server.address": "127.0.0.1",
      "server.port": Number(new URL(anvil.url).port),
      "blockchain.chain_id": 31337,
      count: 1,
    },
  ]);
});

test("instrumentProvider() keeps each call in its own trace when ethers sends them in one request", async () => {
  const provider = connect();
  const inTrace = (name: string) =>
    tracing.tracer().startActiveSpan(name, async (span) => {
      await provider.send("eth_gasPrice", []);
      span.end();
    });
  await Promise.all([inTrace("a"), inTrace("b"), inTrace("c")]);
  expect(renderTrace(tracing.spans(), { attributes: ["rpc.batch.size"] })).toMatchInlineSnapshot(`
    "a
    ├─ eth_gasPrice CLIENT rpc.batch.size=3
    │     → jsonrpc.batch
    └─ jsonrpc.batch CLIENT rpc.batch.size=3
          → eth_gasPrice
          → eth_gasPrice
          → eth_gasPrice

    b
    └─ eth_gasPrice CLIENT rpc.batch.size=3
          → jsonrpc.batch

    c
    └─ eth_gasPrice CLIENT rpc.batch.size=3
          → jsonrpc.batch"
  `);
});

test("instrumentProvider() records a transfer: the hash on the broadcast and the receipt on one tx.wait", async () => {
  const provider = connect();
  const wallet = new Wallet(ACCOUNTS[0]?.key ?? "", provider);
  const receipt = await tracing.tracer().startActiveSpan("transfer", async (span) => {
    const tx = await wallet.sendTransaction({ to: ACCOUNTS[1]?.address ?? "", value: 5n });
    const mined = await tx.wait();
    span.end();
    return mined;
  });
  const shown = ["tx.hash", "tx.status", "tx.gas_used", "tx.block_number"];
  expect(renderTrace(tracing.spans(), { attributes: shown, mask: VOLATILE })).toMatchInlineSnapshot(`
    "transfer
    ├─ eth_getTransactionCount CLIENT
    ├─ eth_estimateGas CLIENT
    ├─ eth_getBlockByNumber CLIENT
    │     → jsonrpc.batch
    ├─ eth_gasPrice CLIENT
    │     → jsonrpc.batch
    ├─ eth_maxPriorityFeePerGas CLIENT
    │     → jsonrpc.batch
    ├─ jsonrpc.batch CLIENT
    │     → eth_getBlockByNumber
    │     → eth_gasPrice
    │     → eth_maxPriorityFeePerGas
    ├─ eth_blockNumber CLIENT
    │     → jsonrpc.batch
    ├─ eth_sendRawTransaction CLIENT tx.hash=*
    │     → jsonrpc.batch
    ├─ jsonrpc.batch CLIENT
    │     → eth_blockNumber
    │     → eth_sendRawTransaction
    └─ tx.wait tx.block_number=* tx.gas_used=21000 tx.hash=* tx.status="success"
          → eth_sendRawTransaction"
  `);
  const wait = tracing.spans().find(({ name }) => name === "tx.wait");
  expect(wait?.attributes).toMatchObject({
    "tx.hash": receipt?.hash,
    "tx.block_number": receipt?.blockNumber,
    "tx.block_hash": receipt?.blockHash,
    "tx.gas_price": Number(receipt?.gasPrice),
    "tx.fee": String(receipt?.fee),
    "wallet.address": ACCOUNTS[0]?.address,
  });
});

test("instrumentProvider() returns its argument and records once when called twice", async () => {
  const provider = connect();
  expect(instrumentProvider(provider)).toBe(provider);
  await provider.send("eth_gasPrice", []);
  expect(tracing.spans().map(({ name }) => name)).toEqual(["eth_gasPrice"]);
});

test("instrumentProvider() throws for what is no provider, with the keys of the value", () => {
  expect(() => instrumentProvider({ request: 1 })).toThrow(
    new TypeError(
      "Cannot instrument the provider as it must be a provider of ethers v6 or have a method 'send': " +
        'current value is an object with the keys ["request"]',
    ),
  );
});

test("instrumentProvider() records no private key, calldata or parameter by default", async () => {
  const provider = connect();
  const wallet = new Wallet(ACCOUNTS[0]?.key ?? "", provider);
  const data = "0xfeedfacecafebeef";
  const tx = await wallet.sendTransaction({ to: ACCOUNTS[1]?.address ?? "", value: 123456789n, data });
  await tx.wait();
  const recorded = JSON.stringify(
    tracing.spans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
  );
  for (const secret of [ACCOUNTS[0]?.key.slice(2) ?? "", data.slice(2), "75bcd15", "123456789"]) {
    expect(recorded).not.toContain(secret);
  }
});

test("uninstrument() gives the classes of ethers their own methods back", async () => {
  const before = Object.getOwnPropertyDescriptors(JsonRpcProvider.prototype);
  const provider = connect();
  expect(JsonRpcProvider.prototype.send).not.toBe(before.send?.value);
  expect(uninstrument(provider)).toBe(provider);
  expect(Object.getOwnPropertyDescriptors(JsonRpcProvider.prototype)).toEqual(before);
  expect(Object.getOwnPropertyNames(provider)).not.toContain("_send");
  await provider.send("eth_gasPrice", []);
  expect(tracing.spans()).toEqual([]);
  instrumentProvider(provider);
  await provider.send("eth_gasPrice", []);
  expect(tracing.spans().map(({ name }) => name)).toEqual(["eth_gasPrice"]);
});
