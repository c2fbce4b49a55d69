import { Transaction, Wallet } from "ethers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ACCOUNTS, type Anvil, startAnvil } from "../test/anvil.ts";
import { connect, useTelemetry } from "../test/setup.ts";
import { transactionHash } from "./_transaction_hash.ts";

let anvil: Anvil;
const t = useTelemetry();

beforeAll(async () => {
  anvil = await startAnvil("--hardfork", "cancun");
});
afterAll(() => anvil.stop());

// The polynomial of an empty blob is zero: its commitment and its proof are the point at infinity of BLS12-381, so that
// no KZG library is needed. Source: EIP-4844, Helpers.
const INFINITY = `0xc0${"00".repeat(47)}`;
const EMPTY_BLOB = { data: `0x${"00".repeat(131_072)}`, commitment: INFINITY, proof: INFINITY };

/** A receipt as the node has it, read past ethers. */
async function receiptOf(hash: string): Promise<Record<string, bigint>> {
  const receipt = await anvil.rpc("eth_getTransactionReceipt", hash);
  const wanted = ["gasUsed", "effectiveGasPrice", "blobGasUsed", "blobGasPrice", "type", "status"];
  return Object.fromEntries(
    Object.entries(Object(receipt))
      .filter(([key]) => wanted.includes(key))
      .map(([key, value]) => [key, BigInt(String(value))]),
  );
}

test.for([1, 3])("a transaction with %i blobs: blob gas and fee are those of the receipt", async (count) => {
  t.instrument();
  const provider = t.own(connect(anvil.url));
  const wallet = new Wallet(ACCOUNTS[0]?.key ?? "", provider);
  const tx = await wallet.sendTransaction({
    type: 3,
    to: ACCOUNTS[1]?.address ?? "",
    blobs: Array.from({ length: count }, () => EMPTY_BLOB),
    maxFeePerBlobGas: 1_000_000_000n,
  });
  await tx.wait();
  const receipt = await receiptOf(tx.hash);
  expect(receipt).toMatchObject({ type: 3n, status: 1n, blobGasUsed: BigInt(count) * 131_072n });
  const { gasUsed = 0n, effectiveGasPrice = 0n, blobGasUsed = 0n, blobGasPrice = 0n } = receipt;
  expect(blobGasPrice).toBeGreaterThan(0n);
  const wait = t.tracing.spans().find(({ name }) => name === "tx.wait");
  expect(wait?.attributes).toMatchObject({
    "tx.hash": tx.hash,
    "tx.status": "success",
    "tx.gas_used": Number(gasUsed),
    "tx.gas_price": Number(effectiveGasPrice),
    "tx.blob_gas_used": Number(blobGasUsed),
    "tx.blob_gas_price": Number(blobGasPrice),
    "tx.fee": (gasUsed * effectiveGasPrice + blobGasUsed * blobGasPrice).toString(),
  });
  const sent = t.tracing.spans().find(({ name }) => name === "signer.sendTransaction");
  expect(sent?.attributes).toMatchObject({ "tx.type": 3, "tx.hash": tx.hash });
  expect(wait?.links[0]?.context.spanId).toBe(sent?.spanContext().spanId);
});

test("the hash of a blob transaction that the node refuses is on its spans, without the blobs", async () => {
  t.instrument();
  const provider = t.own(connect(anvil.url));
  const wallet = new Wallet(ACCOUNTS[0]?.key ?? "", provider);
  const request = await wallet.populateTransaction({
    type: 3,
    to: ACCOUNTS[1]?.address ?? "",
    // The proof of another blob.
    blobs: [{ ...EMPTY_BLOB, data: `0x01${"00".repeat(131_071)}` }],
    maxFeePerBlobGas: 1_000_000_000n,
    gasLimit: 30_000n,
  });
  const raw = await wallet.signTransaction(request);
  t.tracing.reset();
  await expect(provider.broadcastTransaction(raw)).rejects.toBeDefined();
  const { hash } = Transaction.from(raw);
  expect(transactionHash(raw)).toBe(hash);
  const span = t.tracing.spans().find(({ name }) => name === "eth_sendRawTransaction");
  expect(span?.attributes).toMatchObject({ "tx.hash": hash });
  expect(JSON.stringify([span?.attributes, span?.events]).length).toBeLessThan(4000);
});
