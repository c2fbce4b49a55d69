import { Contract, ContractFactory, type JsonRpcProvider, type TransactionResponse, Wallet } from "ethers";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ACCOUNTS, type Anvil, startAnvil } from "../test/anvil.ts";
import { NFT_ABI, NFT_BYTECODE } from "../test/nft.ts";
import { connect, useTelemetry } from "../test/setup.ts";

let anvil: Anvil;
let nft: string;
const t = useTelemetry();
const collector = ACCOUNTS[1]?.address ?? "";

beforeAll(async () => {
  anvil = await startAnvil();
  const provider = connect(anvil.url);
  const factory = new ContractFactory([...NFT_ABI], NFT_BYTECODE, wallet(provider));
  nft = await (await (await factory.deploy(false)).waitForDeployment()).getAddress();
  provider.destroy();
});
afterAll(() => anvil.stop());
afterEach(async () => {
  await anvil.rpc("evm_setAutomine", true);
  await anvil.rpc("evm_mine");
});

/** A provider that is destroyed only when ethers' pollers have had their answers: they do not catch the rejection. */
function node(options?: Parameters<typeof connect>[1]): JsonRpcProvider {
  const provider = t.own(connect(anvil.url, options));
  t.later(async () => {
    await provider.removeAllListeners();
    for (let i = 0; i < 3; i++) await provider.send("web3_clientVersion", []);
  });
  return provider;
}

function wallet(provider: JsonRpcProvider, index = 0): Wallet {
  return new Wallet(ACCOUNTS[index]?.key ?? "", provider);
}

/** Only the waits, without the calls below them. */
function waits(): { status: unknown; code: number; attributes: Record<string, unknown> }[] {
  return t.tracing
    .spans()
    .filter(({ name }) => name === "tx.wait")
    .map(({ attributes, status }) => ({ status: attributes["tx.status"], code: status.code, attributes }));
}

/** Mines blocks until something has settled: ethers looks at a transaction only when it sees a new block. */
async function mineUntil<T>(settled: Promise<T>): Promise<T> {
  let done = false;
  const finish = (): void => {
    done = true;
  };
  settled.then(finish, finish);
  while (!done) {
    await anvil.rpc("evm_mine");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return await settled;
}

/** Sends a transfer that is not mined until the test says so. */
async function pending(signer: Wallet, overrides: object = {}): Promise<TransactionResponse> {
  await anvil.rpc("evm_setAutomine", false);
  return await signer.sendTransaction({
    to: collector,
    value: 5n,
    maxFeePerGas: 5_000_000_000n,
    maxPriorityFeePerGas: 1_000_000_000n,
    ...overrides,
  });
}

test.for([
  { status: "repriced", code: 0, replacement: { to: collector, value: 5n } },
  { status: "replaced", code: 2, replacement: { to: collector, value: 6n } },
  { status: "cancelled", code: 2, replacement: { to: ACCOUNTS[0]?.address ?? "", value: 0n } },
])(
  "tx.wait says that a transaction was $status, and names the one that was mined",
  async ({ status, code, replacement }) => {
    t.instrument();
    const signer = wallet(node());
    const first = await pending(signer);
    const waiting = first.wait().catch((error: unknown) => error);
    const second = await signer.sendTransaction({
      ...replacement,
      nonce: first.nonce,
      maxFeePerGas: 50_000_000_000n,
      maxPriorityFeePerGas: 9_000_000_000n,
    });
    expect(await mineUntil(waiting)).toMatchObject({ code: "TRANSACTION_REPLACED", reason: status });
    expect(waits()).toMatchObject([{ status, code }]);
    expect(waits()[0]?.attributes).toMatchObject({
      "tx.hash": first.hash,
      "tx.replacement.hash": second.hash,
      "tx.replacement.reason": status,
      "tx.gas_used": 21000,
    });
    const counts = await t.metrics.points("blockchain.tx.count");
    expect(counts).toMatchObject([{ attributes: { "tx.status": status }, value: 1 }]);
  },
);

test("tx.wait ends with timeout, and a second wait with success; both are counted", async () => {
  t.instrument();
  const tx = await pending(wallet(node()));
  await expect(tx.wait(1, 30)).rejects.toMatchObject({ code: "TIMEOUT" });
  await anvil.rpc("evm_mine");
  await tx.wait();
  expect(waits()).toMatchObject([
    { status: "timeout", code: 2 },
    { status: "success", code: 0 },
  ]);
  expect(waits()[0]?.attributes).toMatchObject({ "tx.wait.timeout_ms": 30, "error.type": "TIMEOUT" });
  const counts = await t.metrics.points("blockchain.tx.count");
  expect(counts.map(({ attributes, value }) => [attributes["tx.status"], value])).toEqual([
    ["timeout", 1],
    ["success", 1],
  ]);
  expect(await t.metrics.points("blockchain.tx.pending")).toMatchObject([{ value: 0 }]);
});

test("tx.wait records the confirmations asked for, one span a wait, and one transaction however many wait", async () => {
  t.instrument();
  const tx = await pending(wallet(node()));
  expect(await tx.wait(0)).toBeNull();
  const both = Promise.all([tx.wait(3), tx.wait(1)]);
  await mineUntil(both);
  await tx.wait(1);
  const seen = waits().map(({ status, attributes }) => [attributes["tx.confirmations.required"], status]);
  expect(seen.sort()).toEqual([
    [0, "pending"],
    [1, "success"],
    [1, "success"],
    [3, "success"],
  ]);
  const counts = await t.metrics.points("blockchain.tx.count");
  expect(counts).toMatchObject([{ attributes: { "tx.status": "success" }, value: 1 }]);
  expect(await t.metrics.points("blockchain.tx.confirmation.duration")).toMatchObject([{ count: 1 }]);
});

test("provider.waitForTransaction() is a tx.wait span as well", async () => {
  t.instrument();
  const provider = node();
  const tx = await pending(wallet(provider));
  const waiting = provider.waitForTransaction(tx.hash, 1);
  const receipt = await mineUntil(waiting);
  expect(waits()).toMatchObject([{ status: "success", attributes: { "tx.hash": receipt?.hash } }]);
});

test.for(["off", "trace", "replay"] as const)(
  "tx.wait of a transaction that reverted, with revertReason %s",
  async (revertReason) => {
    t.instrument({ revertReason });
    const provider = node();
    const contract = new Contract(nft, [...NFT_ABI], wallet(provider));
    const tx = await contract.getFunction("failCustom").send(7, { gasLimit: 100_000 });
    await expect(tx.wait()).rejects.toMatchObject({ code: "CALL_EXCEPTION" });
    const wait = waits()[0];
    expect(wait).toMatchObject({
      status: "reverted",
      code: 2,
      attributes: { "error.type": "CALL_EXCEPTION" },
    });
    const revert = Object.fromEntries(
      Object.entries(wait?.attributes ?? {}).filter(
        ([key]) => key.startsWith("tx.revert.") && key !== "tx.revert.data",
      ),
    );
    const known = {
      "tx.revert.name": "NotArtist",
      "tx.revert.signature": "NotArtist(address,uint256)",
      "tx.revert.arg_types": "address,uint256",
      "tx.revert.source": revertReason,
    };
    expect(revert).toEqual(revertReason === "off" ? {} : known);
    const durations = await t.metrics.points("rpc.client.call.duration");
    const methods = durations.map(({ attributes }) => attributes["rpc.method"]);
    expect(methods.includes("debug_traceTransaction")).toBe(revertReason === "trace");
    expect(methods.includes("eth_call")).toBe(revertReason === "replay");
    expect(t.tracing.spans().map(({ name }) => name)).not.toContain("debug_traceTransaction");
  },
);

test.for([
  { variant: "summary" as const, names: ["tx.wait"] },
  { variant: "spans" as const, names: ["eth_getTransactionReceipt", "tx.wait"] },
  { variant: "off" as const, names: [] },
])("wait: $variant records $names for a transaction that is mined already", async ({ variant, names }) => {
  t.instrument({ wait: variant });
  const tx = await wallet(node()).sendTransaction({ to: collector, value: 1n });
  t.tracing.reset();
  await tx.wait();
  expect(t.tracing.spans().map(({ name }) => name)).toEqual(names);
});

test("two waits in two traces leave no span in the other trace, and none after their root has ended", async () => {
  t.instrument();
  const provider = node();
  await anvil.rpc("evm_setAutomine", false);
  const inTrace = (name: string, index: number, confirmations: number) =>
    t.inSpan(name, async () => {
      const signer = wallet(provider, index);
      const tx = await signer.sendTransaction({
        to: collector,
        value: 1n,
        maxFeePerGas: 5_000_000_000n,
        maxPriorityFeePerGas: 1n,
      });
      return await tx.wait(confirmations);
    });
  const short = inTrace("short", 0, 1);
  const long = inTrace("long", 1, 4);
  // Both transactions are in the pool before the first block.
  for (let count = 0; count < 2; ) {
    const status = (await anvil.rpc("txpool_status")) as { pending: string };
    count = Number(status.pending);
  }
  await mineUntil(Promise.all([short, long]));
  const spans = t.tracing.spans();
  expect(t.tracing.openSpans()).toEqual([]);
  const roots = spans.filter(({ parentSpanContext }) => parentSpanContext === undefined);
  expect(roots.map(({ name }) => name).sort()).toEqual(["long", "short"]);
  const end = (span: (typeof spans)[number]): number => span.endTime[0] * 1e9 + span.endTime[1];
  const start = (span: (typeof spans)[number]): number => span.startTime[0] * 1e9 + span.startTime[1];
  for (const root of roots) {
    const own = spans.filter((span) => span.spanContext().traceId === root.spanContext().traceId);
    expect(own.filter((span) => start(span) > end(root))).toEqual([]);
    expect(own.filter(({ name }) => name === "tx.wait").length).toBe(1);
    expect(own.filter(({ name }) => name === "eth_sendRawTransaction").length).toBe(1);
  }
  const counts = await t.metrics.points("rpc.client.call.duration");
  const polls = counts.find(({ attributes }) => attributes["rpc.method"] === "eth_blockNumber");
  const spansOfPolls = spans.filter(({ name }) => name === "eth_blockNumber").length;
  expect(polls?.count ?? 0).toBeGreaterThan(spansOfPolls);
});

test("listeners of the application run outside of every trace, with spans of their own", async () => {
  t.instrument();
  const provider = node({ batchMaxCount: 1 });
  const seen = new Promise<number>((resolve) => {
    void t.inSpan("subscribe", async () => {
      await provider.on("block", (block: number) => {
        t.tracing.tracer().startActiveSpan("on block", (span) => {
          span.end();
          resolve(block);
        });
      });
      await provider.getBlockNumber();
    });
  });
  await mineUntil(seen);
  await provider.removeAllListeners();
  const [first] = t.draw().split("\n\n");
  expect(first).toBe(["subscribe", "└─ eth_blockNumber CLIENT"].join("\n"));
  const handler = t.tracing.spans().find(({ name }) => name === "on block");
  expect(handler?.parentSpanContext).toBeUndefined();
});
