import { type JsonRpcProvider, Wallet } from "ethers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ACCOUNTS, type Anvil, startAnvil } from "../test/anvil.ts";
import { connect, useTelemetry } from "../test/setup.ts";
import { results, startStubNode } from "../test/stub_node.ts";

let anvil: Anvil;
const t = useTelemetry();
const sender = ACCOUNTS[0]?.address ?? "";
const collector = ACCOUNTS[1]?.address ?? "";

beforeAll(async () => {
  anvil = await startAnvil("--hardfork", "prague");
});
afterAll(() => anvil.stop());

function wallet(provider: JsonRpcProvider, index = 0): Wallet {
  return new Wallet(ACCOUNTS[index]?.key ?? "", provider);
}

function spanOf(name: string) {
  return t.tracing.spans().find((span) => span.name === name);
}

test.for([
  { type: 0, fields: () => ({}) },
  { type: 1, fields: () => ({ accessList: [{ address: collector, storageKeys: [] }] }) },
  { type: 2, fields: () => ({}) },
  {
    type: 4,
    fields: async (provider: JsonRpcProvider) => ({
      authorizationList: [await wallet(provider, 1).authorize({ address: sender, nonce: 0, chainId: 31337 })],
    }),
  },
])(
  "a transaction of type $type has its type, fee and nonce on the spans, as the chain has them",
  async ({ type, fields }) => {
    t.instrument();
    const provider = t.own(connect(anvil.url));
    const tx = await wallet(provider).sendTransaction({
      to: collector,
      value: 1n,
      type,
      gasLimit: 200_000,
      ...(await fields(provider)),
    });
    await tx.wait();
    const receipt = (await anvil.rpc("eth_getTransactionReceipt", tx.hash)) as Record<string, string>;
    expect(Number(receipt.type)).toBe(type);
    expect(spanOf("signer.sendTransaction")?.attributes).toMatchObject({
      "tx.type": type,
      "tx.nonce": tx.nonce,
      "tx.hash": tx.hash,
    });
    expect(spanOf("tx.wait")?.attributes).toMatchObject({
      "tx.status": "success",
      "tx.gas_used": Number(receipt.gasUsed),
      "tx.gas_price": Number(receipt.effectiveGasPrice),
      "tx.fee": (BigInt(receipt.gasUsed ?? 0) * BigInt(receipt.effectiveGasPrice ?? 0)).toString(),
      "tx.gas_limit_ratio": Number(receipt.gasUsed) / 200_000,
      "tx.block_hash": receipt.blockHash,
    });
  },
);

const HASH = `0x${"ab".repeat(32)}`;

/** A receipt as a node writes it. */
function receipt(fields: object): object {
  return {
    transactionHash: HASH,
    transactionIndex: "0x0",
    blockHash: `0x${"cd".repeat(32)}`,
    blockNumber: "0x1",
    from: sender,
    to: collector,
    contractAddress: null,
    logsBloom: `0x${"00".repeat(256)}`,
    logs: [],
    gasUsed: "0x5208",
    cumulativeGasUsed: "0x5208",
    type: "0x2",
    ...fields,
  };
}

test.for([
  {
    name: "of a rollup, with a layer 1 fee",
    fields: { status: "0x1", effectiveGasPrice: "0x64", l1Fee: "0x38d7ea4c68000", l1GasUsed: "0x640" },
    expected: {
      "tx.status": "success",
      "tx.l1_fee": "1000000000000000",
      "tx.fee": String(21000n * 100n + 10n ** 15n),
    },
  },
  {
    name: "of a blob transaction",
    fields: {
      status: "0x1",
      effectiveGasPrice: "0x64",
      type: "0x3",
      blobGasUsed: "0x20000",
      blobGasPrice: "0x3",
    },
    expected: {
      "tx.blob_gas_used": 131072,
      "tx.blob_gas_price": 3,
      "tx.fee": String(21000n * 100n + 131072n * 3n),
    },
  },
  {
    name: "from before Byzantium",
    fields: { root: `0x${"11".repeat(32)}`, effectiveGasPrice: "0x64" },
    expected: { "tx.status": "unknown", "tx.gas_used": 21000 },
  },
  {
    name: "without the effective price",
    fields: { status: "0x1", gasPrice: "0x64" },
    expected: { "tx.status": "success", "tx.gas_used": 21000 },
  },
  {
    name: "with a fee beyond 2^53 wei",
    fields: { status: "0x1", effectiveGasPrice: "0x2bdc545d6b4b87", gasUsed: "0xf4241" },
    expected: { "tx.status": "success", "tx.fee": (1_000_001n * 0x2bdc545d6b4b87n).toString() },
  },
])("a receipt $name", async ({ fields, expected }) => {
  t.instrument();
  const node = await startStubNode((request) =>
    results(request, { eth_getTransactionReceipt: receipt(fields), eth_blockNumber: "0x1" }),
  );
  t.later(() => node.stop());
  await t.own(connect(node.url)).waitForTransaction(HASH);
  expect(spanOf("tx.wait")?.attributes).toMatchObject({ "tx.hash": HASH, ...expected });
});

test("any call whose answer is a receipt or a transaction says so on its span", async () => {
  t.instrument();
  const mined = { hash: HASH, blockNumber: "0x10" };
  const node = await startStubNode((request) =>
    results(request, {
      eth_getTransactionReceipt: receipt({ status: "0x0" }),
      eth_getTransactionByHash: mined,
    }),
  );
  t.later(() => node.stop());
  const provider = t.own(connect(node.url, { batchMaxCount: 1 }));
  await provider.send("eth_getTransactionReceipt", [HASH]);
  await provider.send("eth_getTransactionByHash", [HASH]);
  expect(t.draw("tx.status", "tx.gas_used", "tx.block_number")).toBe(
    [
      'eth_getTransactionReceipt CLIENT tx.block_number=1 tx.gas_used=21000 tx.status="reverted"',
      "",
      "eth_getTransactionByHash CLIENT tx.block_number=16",
    ].join("\n"),
  );
});

test("a transaction of a node's account that is never found: its span ends as stuck and has the hash", async () => {
  t.instrument({ stuckAfterMs: 1000 });
  const node = await startStubNode((request) =>
    results(request, { eth_accounts: [sender], eth_sendTransaction: HASH, eth_getTransactionByHash: null }),
  );
  t.later(() => node.stop());
  const provider = t.own(connect(node.url));
  const signer = await provider.getSigner();
  void signer.sendTransaction({ to: collector, gasLimit: 21000 });
  await expect
    .poll(() => spanOf("signer.sendTransaction")?.attributes, { timeout: 20_000 })
    .toMatchObject({
      "error.type": "_STUCK",
      "tx.hash": HASH,
      "wallet.address": sender,
    });
});

test("spans of a signer whose class is the application's own: signing in another place takes its time there", async () => {
  t.instrument({ spans: { rpc: false, batch: false } });
  class RemoteSigner extends Wallet {
    override async signTransaction(tx: Parameters<Wallet["signTransaction"]>[0]): Promise<string> {
      await t.inSpan("key service", async () => undefined);
      return await super.signTransaction(tx);
    }
  }
  const signer = new RemoteSigner(ACCOUNTS[0]?.key ?? "", t.own(connect(anvil.url)));
  await (await signer.sendTransaction({ to: collector })).wait();
  expect(t.draw()).toBe(
    [
      "signer.sendTransaction",
      "├─ signer.populateTransaction",
      "└─ signer.signTransaction",
      "   └─ key service",
      "",
      "tx.wait",
      "   → signer.sendTransaction",
    ].join("\n"),
  );
});
