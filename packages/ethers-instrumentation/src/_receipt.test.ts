import { expect, test } from "vitest";
import { gwei, receiptFacts } from "./_receipt.ts";

test("receiptFacts() adds the blob part and the layer 1 part to the fee", () => {
  const receipt = { status: 1, gasUsed: 21000n, gasPrice: 7n, blobGasUsed: 131072n, blobGasPrice: 3n };
  expect(receiptFacts(receipt, undefined).fee).toBe(21000n * 7n + 131072n * 3n);
  const { fee, attributes } = receiptFacts(receipt, 55n);
  expect(fee).toBe(21000n * 7n + 131072n * 3n + 55n);
  expect(attributes).toMatchObject({
    "tx.blob_gas_used": 131072,
    "tx.blob_gas_price": 3,
    "tx.l1_fee": "55",
    "tx.fee": String(fee),
  });
});

test("receiptFacts() keeps a fee beyond 2^53 wei exact, as a string", () => {
  const gasPrice = 12_345_678_901_234_567n;
  const { attributes } = receiptFacts({ gasUsed: 1_000_001n, gasPrice }, undefined);
  expect(attributes["tx.fee"]).toBe((1_000_001n * gasPrice).toString());
  // A price that no double holds exactly is left out rather than rounded.
  expect(attributes["tx.gas_price"]).toBeUndefined();
});

test("receiptFacts() of a receipt from before Byzantium, or without a price, has neither status nor fee", () => {
  const { status, fee, attributes } = receiptFacts(
    { status: null, root: `0x${"1".repeat(64)}`, gasUsed: 21000n },
    undefined,
  );
  expect([status, fee]).toEqual([undefined, undefined]);
  expect(attributes).toEqual({ "tx.gas_used": 21000 });
});

test("receiptFacts() never throws, whatever the figures are", () => {
  for (const value of [null, undefined, "x", -1n, 1.5, {}, [], Number.NaN]) {
    const fields = { status: value, gasUsed: value, gasPrice: value, blockNumber: value, blockHash: value };
    expect(receiptFacts(fields, undefined).attributes).not.toHaveProperty("tx.block_hash");
  }
});

test.for([
  [0n, 0],
  [1n, 1e-9],
  [1_500_000_000n, 1.5],
  [123_456_789_500_000_000n, 123_456_789.5],
] as const)("gwei(%s)", ([wei, expected]) => {
  expect(gwei(wei)).toBeCloseTo(expected, 9);
});
