import { Transaction, Wallet } from "ethers";
import { expect, test } from "vitest";
import { readRawTransaction } from "./_rlp.ts";

const wallet = new Wallet(`0x${"11".repeat(32)}`);
const base = { to: wallet.address, nonce: 3, gasLimit: 21_000n, chainId: 1, value: 12n, data: "0x" };
const bytes = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex.slice(2), "hex"));

test.each([
  { type: 0, gasPrice: 5n },
  { type: 1, gasPrice: 5n },
  { type: 2, maxFeePerGas: 9n, maxPriorityFeePerGas: 1n },
])("readRawTransaction() knows signed transactions of type $type, whole and cut", async (fields) => {
  const signed = bytes(await wallet.signTransaction({ ...base, ...fields }));
  expect(readRawTransaction(signed)).toBe("signed");
  expect(readRawTransaction(signed.subarray(0, 70))).toBe("cut");
  expect(readRawTransaction(bytes(Transaction.from({ ...base, ...fields }).unsignedSerialized))).toBe("no");
});

test("readRawTransaction() takes neither calldata nor random bytes for a transaction", () => {
  expect(readRawTransaction(bytes(`0xa9059cbb${"00".repeat(64)}`))).toBe("no");
  for (let i = 0; i < 256; i++)
    expect(readRawTransaction(Uint8Array.from({ length: 120 }, (_, k) => (i * 31 + k * 17) & 0xff))).not.toBe(
      "signed",
    );
});
