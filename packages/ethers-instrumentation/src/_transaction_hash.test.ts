import {
  accessListify,
  concat,
  decodeRlp,
  encodeRlp,
  hexlify,
  id,
  keccak256,
  Transaction,
  toBeHex,
  Wallet,
} from "ethers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { transactionHash } from "./_transaction_hash.ts";

const wallet = new Wallet("0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80");
const to = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";

const hash32 = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => hexlify(bytes));
const amount = fc.bigInt({ min: 0n, max: 2n ** 96n });
const common = {
  nonce: fc.nat(),
  gasLimit: fc.bigInt({ min: 0n, max: 2n ** 63n }),
  value: amount,
  data: fc.uint8Array({ maxLength: 300 }).map((bytes) => hexlify(bytes)),
  chainId: fc.bigInt({ min: 1n, max: 2n ** 53n }),
};
const accessList = fc
  .array(fc.array(hash32, { maxLength: 3 }), { maxLength: 3 })
  .map((keys) => accessListify(keys.map((slots) => ({ address: to, storageKeys: slots }))));
const fees = { maxFeePerGas: amount, maxPriorityFeePerGas: fc.constant(0n) };
const destination = fc.constantFrom(to, null);
const authorization = fc.tuple(fc.nat(), fc.constantFrom(1n, 31_337n)).map(([nonce, chainId]) => ({
  address: to,
  nonce: BigInt(nonce),
  chainId,
  signature: wallet.signingKey.sign(id(`authorization ${nonce}`)),
}));

/** Transactions of every type, with the edges that RLP has: empty, one byte, short and long strings and lists. */
const transactions = fc.oneof(
  fc.record({ type: fc.constant(0), to: destination, gasPrice: amount, ...common }),
  fc.record({ type: fc.constant(1), to: destination, gasPrice: amount, accessList, ...common }),
  fc.record({ type: fc.constant(2), to: destination, accessList, ...fees, ...common }),
  fc.record({
    type: fc.constant(3),
    to: fc.constant(to),
    accessList,
    maxFeePerBlobGas: amount,
    blobVersionedHashes: fc.array(
      hash32.map((hash) => `0x01${hash.slice(4)}`),
      { minLength: 1, maxLength: 6 },
    ),
    ...fees,
    ...common,
  }),
  fc.record({
    type: fc.constant(4),
    to: fc.constant(to),
    accessList,
    authorizationList: fc.array(authorization, { maxLength: 3 }),
    ...fees,
    ...common,
  }),
);

test("transactionHash() is the hash that ethers computes, for any signed transaction of any type", () => {
  fc.assert(
    fc.property(transactions, (fields) => {
      const tx = Transaction.from(fields);
      tx.signature = wallet.signingKey.sign(tx.unsignedHash);
      expect(transactionHash(tx.serialized)).toBe(Transaction.from(tx.serialized).hash);
      expect(transactionHash(tx.serialized.toUpperCase().replace("0X", "0x"))).toBe(tx.hash);
    }),
    { numRuns: 300 },
  );
});

test("transactionHash() leaves the blobs out whatever their number, and the version of their wrapper", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6 }), fc.constantFrom(undefined, 1), (count, wrapperVersion) => {
      const fields = Transaction.from({
        type: 3,
        to,
        chainId: 1,
        maxFeePerBlobGas: 1n,
        data: `0x${"11".repeat(60)}`,
      });
      fields.blobVersionedHashes = Array.from({ length: count }, (_, i) => `0x01${toBeHex(i, 31).slice(2)}`);
      fields.signature = wallet.signingKey.sign(fields.unsignedHash);
      const payload = decodeRlp(`0x${fields.serialized.slice(4)}`);
      const many = (size: number): string[] => Array.from({ length: count }, () => `0x${"22".repeat(size)}`);
      const version = wrapperVersion === undefined ? [] : [toBeHex(wrapperVersion)];
      const network = concat(["0x03", encodeRlp([payload, ...version, many(400), many(48), many(48)])]);
      expect(transactionHash(network)).toBe(fields.hash);
    }),
  );
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

test("transactionHash() does not believe a length that is longer than the transaction", () => {
  // Lists that claim 4 GB; the hash is then that of the bytes themselves.
  for (const raw of ["0x03fb00000001fbffffffff", "0x03c6fbffffffff00", "0x03fbffffffffc0"])
    expect(transactionHash(raw)).toBe(keccak256(raw));
});
