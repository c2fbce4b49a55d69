import { accessListify, hexlify, keccak256 as reference, Transaction, toBeHex, Wallet } from "ethers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keccak256 } from "./_keccak256.ts";
import { transactionHash } from "./_transaction_hash.ts";

const wallet = new Wallet("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
const to = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

test("keccak256() agrees with ethers on any bytes", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
      expect(keccak256(bytes)).toBe(reference(bytes));
    }),
  );
});

test("keccak256() agrees with ethers around the size of a block", () => {
  for (const size of [0, 1, 135, 136, 137, 271, 272, 273]) {
    const bytes = new Uint8Array(size).fill(0xa5);
    expect(keccak256(bytes)).toBe(reference(bytes));
  }
});

test.for([
  { type: 0, gasPrice: 1n },
  { type: 1, gasPrice: 1n, accessList: accessListify([[to, [toBeHex(1, 32)]]]) },
  { type: 2, maxFeePerGas: 2n, maxPriorityFeePerGas: 1n },
  {
    type: 3,
    maxFeePerGas: 2n,
    maxPriorityFeePerGas: 1n,
    maxFeePerBlobGas: 1n,
    blobVersionedHashes: [`0x01${"11".repeat(31)}`],
  },
  { type: 4, maxFeePerGas: 2n, maxPriorityFeePerGas: 1n, authorizationList: [] },
])("transactionHash() is the hash of a signed transaction of type $type", async (fields) => {
  const raw = await wallet.signTransaction({
    ...fields,
    to,
    chainId: 31337,
    nonce: 3,
    gasLimit: 21000,
    value: 5n,
    data: "0x01",
  });
  expect(transactionHash(raw)).toBe(Transaction.from(raw).hash);
});

test("transactionHash() of a blob transaction leaves the blobs out, as the chain does", () => {
  const blob = new Uint8Array(4096 * 32);
  const tx = Transaction.from({
    type: 3,
    to,
    chainId: 31337,
    nonce: 3,
    gasLimit: 21000,
    maxFeePerGas: 2n,
    maxPriorityFeePerGas: 1n,
    maxFeePerBlobGas: 1n,
  });
  tx.kzg = {
    blobToKzgCommitment: () => new Uint8Array(48).fill(1),
    computeBlobKzgProof: () => new Uint8Array(48).fill(2),
  };
  tx.blobs = [hexlify(blob)];
  tx.signature = wallet.signingKey.sign(tx.unsignedHash);
  expect(tx.serialized.length).toBeGreaterThan(2 * blob.length);
  expect(transactionHash(tx.serialized)).toBe(tx.hash);
});

test("transactionHash() of anything else is undefined, and it never throws", () => {
  for (const value of [undefined, 1, "", "0x", "0xzz", "hello", "0x1"])
    expect(transactionHash(value)).toBeUndefined();
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 2, maxLength: 80 }), (bytes) => {
      expect(transactionHash(hexlify(bytes))).toMatch(/^0x[0-9a-f]{64}$/);
    }),
  );
});
