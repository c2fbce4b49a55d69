import { type JsonRpcProvider, type TransactionResponse, Wallet } from "ethers";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { ACCOUNTS, type Anvil, startAnvil } from "../test/anvil.ts";
import { connect, useTelemetry } from "../test/setup.ts";
import { results, startStubNode } from "../test/stub_node.ts";

let anvil: Anvil;
const t = useTelemetry();
const collector = ACCOUNTS[1]?.address ?? "";
const LOOK_UP = "eth_getTransactionByHash";

beforeAll(async () => {
  anvil = await startAnvil("--no-mining");
});
afterAll(() => anvil.stop());
afterEach(() => anvil.rpc("evm_mine"));

function node(url: string = anvil.url): JsonRpcProvider {
  const provider = t.own(connect(url));
  t.later(async () => {
    await provider.removeAllListeners();
    for (let i = 0; i < 3; i++) await provider.send("web3_clientVersion", []);
  });
  return provider;
}

/** Sends a transfer; nothing is mined but when the test says so. */
async function pending(provider: JsonRpcProvider, overrides: object = {}): Promise<TransactionResponse> {
  return await new Wallet(ACCOUNTS[0]?.key ?? "", provider).sendTransaction({
    to: collector,
    value: 5n,
    maxFeePerGas: 5_000_000_000n,
    maxPriorityFeePerGas: 1_000_000_000n,
    ...overrides,
  });
}

/** The waits that have ended, once there are so many. */
async function waits(count: number): Promise<Record<string, unknown>[]> {
  return await vi.waitFor(() => {
    const ended = t.tracing.spans().filter(({ name }) => name === "tx.wait");
    expect(ended).toHaveLength(count);
    return ended.map(({ attributes }) => attributes);
  });
}

async function counted(): Promise<unknown[]> {
  const points = await t.metrics.points("blockchain.tx.count");
  return points.map(({ attributes, value }) => [attributes["tx.status"], value]);
}

async function callsOf(method: string): Promise<number> {
  const points = await t.metrics.points("rpc.client.call.duration");
  return points.find(({ attributes }) => attributes["rpc.method"] === method)?.count ?? 0;
}

test("a wait that times out says dropped when the node has lost the transaction, and the caller does not wait for the look-up", async () => {
  t.instrument({ lookUpDropped: true });
  const provider = node();
  const tx = await pending(provider);
  await anvil.rpc("anvil_dropTransaction", tx.hash);
  let error: unknown;
  await t.inSpan("transfer", async () => {
    error = await provider.waitForTransaction(tx.hash, 1, 30).catch((reason: unknown) => reason);
    expect(t.tracing.spans().map(({ name }) => name)).not.toContain("tx.wait");
  });
  expect(error).toMatchObject({ code: "TIMEOUT" });
  expect(await waits(1)).toMatchObject([
    { "tx.status": "dropped", "error.type": "TIMEOUT", "tx.hash": tx.hash },
  ]);
  const spans = t.tracing.spans();
  expect(spans.map(({ name }) => name)).not.toContain(LOOK_UP);
  const wait = spans.find(({ name }) => name === "tx.wait");
  const root = spans.find(({ name }) => name === "transfer");
  const milliseconds = ([seconds, nanos]: readonly [number, number]): number =>
    seconds * 1000 + Math.floor(nanos / 1e6);
  expect(milliseconds(wait?.endTime ?? [9e9, 0])).toBeLessThanOrEqual(milliseconds(root?.endTime ?? [0, 0]));
  expect(await counted()).toEqual([["dropped", 1]]);
  expect(await t.metrics.points("blockchain.tx.pending")).toMatchObject([{ value: 0 }]);
});

test("a wait that times out while the node still has the transaction says timeout", async () => {
  t.instrument({ lookUpDropped: true });
  const provider = node();
  const { hash } = await pending(provider);
  await expect(provider.waitForTransaction(hash, 1, 30)).rejects.toMatchObject({ code: "TIMEOUT" });
  expect(await waits(1)).toMatchObject([{ "tx.status": "timeout" }]);
  expect(await callsOf(LOOK_UP)).toBe(1);
  expect(await counted()).toEqual([["timeout", 1]]);
});

test("by default nothing is asked: what ethers does not ask for is a timeout", async () => {
  t.instrument();
  const provider = node();
  const { hash } = await pending(provider);
  await anvil.rpc("anvil_dropTransaction", hash);
  await expect(provider.waitForTransaction(hash, 1, 30)).rejects.toMatchObject({ code: "TIMEOUT" });
  expect(await waits(1)).toMatchObject([{ "tx.status": "timeout" }]);
  expect(await callsOf(LOOK_UP)).toBe(0);
});

test("by default the wait of a transaction whose turn it is says dropped, as ethers asks for it itself", async () => {
  t.instrument();
  const tx = await pending(node());
  await anvil.rpc("anvil_dropTransaction", tx.hash);
  await expect(tx.wait(1, 30)).rejects.toMatchObject({ code: "TIMEOUT" });
  expect(await waits(1)).toMatchObject([{ "tx.status": "dropped" }]);
  expect(await counted()).toEqual([["dropped", 1]]);
});

test("a wait whose nonce another transaction has used says dropped, without a look-up", async () => {
  t.instrument();
  const provider = node();
  const tx = await pending(provider);
  await pending(provider, {
    nonce: tx.nonce,
    value: 6n,
    maxFeePerGas: 50_000_000_000n,
    maxPriorityFeePerGas: 9_000_000_000n,
  });
  await anvil.rpc("evm_mine");
  // ethers reports a replacement only when it has as many confirmations as were asked for.
  await expect(tx.wait(5, 100)).rejects.toMatchObject({ code: "TIMEOUT" });
  expect(await waits(1)).toMatchObject([{ "tx.status": "dropped" }]);
  expect(await counted()).toEqual([["dropped", 1]]);
});

test("what the application learns by getTransaction counts: the call and the wait say dropped", async () => {
  t.instrument();
  const provider = node();
  const tx = await pending(provider);
  const waiting = tx.wait(1, 300).catch(() => undefined);
  expect(await provider.getTransaction(tx.hash)).not.toBeNull();
  await anvil.rpc("anvil_dropTransaction", tx.hash);
  expect(await provider.getTransaction(tx.hash)).toBeNull();
  const calls = t.tracing.spans().filter(({ name }) => name === LOOK_UP);
  expect(calls.map(({ attributes }) => [attributes["tx.hash"], attributes["tx.status"]])).toEqual([
    [tx.hash, "pending"],
    [tx.hash, "dropped"],
  ]);
  await waiting;
  expect(await waits(1)).toMatchObject([{ "tx.status": "dropped" }]);
});

test("a dropped transaction that is sent again and mined is a success; both states are counted once", async () => {
  t.instrument({ lookUpDropped: true });
  const provider = node();
  const tx = await pending(provider);
  const raw = await anvil.rpc("eth_getRawTransactionByHash", tx.hash);
  await anvil.rpc("anvil_dropTransaction", tx.hash);
  await expect(tx.wait(1, 30)).rejects.toMatchObject({ code: "TIMEOUT" });
  await waits(1);
  await expect(provider.waitForTransaction(tx.hash, 1, 30)).rejects.toMatchObject({ code: "TIMEOUT" });
  await waits(2);
  await anvil.rpc("eth_sendRawTransaction", raw);
  await anvil.rpc("evm_mine");
  await tx.wait();
  const states = await waits(3);
  expect(states.map((attributes) => attributes["tx.status"])).toEqual(["dropped", "dropped", "success"]);
  expect(await counted()).toEqual([
    ["dropped", 1],
    ["success", 1],
  ]);
});

test("a hash that no node has ever shown is not dropped", async () => {
  t.instrument({ lookUpDropped: true });
  const waiting = node().waitForTransaction(`0x${"ab".repeat(32)}`, 1, 30);
  await expect(waiting).rejects.toMatchObject({ code: "TIMEOUT" });
  expect(await waits(1)).toMatchObject([{ "tx.status": "timeout" }]);
  expect(await callsOf(LOOK_UP)).toBe(1);
});

test("a wait without a timeout is looked up when it is stuck", async () => {
  t.instrument({ lookUpDropped: true, waitStuckAfterMs: 40 });
  const provider = node();
  const { hash } = await pending(provider);
  await anvil.rpc("anvil_dropTransaction", hash);
  void provider.waitForTransaction(hash).catch(() => undefined);
  expect(await waits(1)).toMatchObject([{ "tx.status": "dropped", "error.type": "_STUCK" }]);
  expect(await counted()).toEqual([["dropped", 1]]);
});

test("a node that refuses the look-up leaves it at timeout", async () => {
  t.instrument({ lookUpDropped: true });
  const stub = await startStubNode((request) => {
    const [call] = request.calls;
    if (call?.method !== LOOK_UP) return results(request, { eth_getTransactionReceipt: null });
    return { json: { jsonrpc: "2.0", id: call.id, error: { code: -32000, message: "no" } } };
  });
  t.later(() => stub.stop());
  const provider = t.own(connect(stub.url, { batchMaxCount: 1 }));
  const waiting = provider.waitForTransaction(`0x${"cd".repeat(32)}`, 1, 30);
  await expect(waiting).rejects.toMatchObject({ code: "TIMEOUT" });
  expect(await waits(1)).toMatchObject([{ "tx.status": "timeout" }]);
});
