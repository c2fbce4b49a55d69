import fc from "fast-check";
import { expect, test } from "vitest";
import { requestAttributes, resultAttributes } from "./_rpc_attributes.ts";

const HASH = `0x${"ab".repeat(32)}`;
const ADDRESS = `0x${"cd".repeat(20)}`;

test.for([
  ["eth_sendRawTransaction", HASH, { "tx.hash": HASH }],
  ["eth_sendTransaction", HASH, { "tx.hash": HASH }],
  ["eth_sendRawTransaction", "0x1", {}],
  ["eth_call", HASH, {}],
  ["eth_getLogs", [1, 2], { "ethers.logs.count": 2 }],
  ["eth_getTransactionReceipt", null, {}],
  [
    "eth_getTransactionReceipt",
    { transactionHash: HASH, status: "0x1", gasUsed: "0x5208", blockNumber: "0x10" },
    { "tx.hash": HASH, "tx.status": "success", "tx.gas_used": 21000, "tx.block_number": 16 },
  ],
  [
    "eth_getTransactionReceipt",
    { transactionHash: HASH, status: "0x0" },
    { "tx.hash": HASH, "tx.status": "reverted" },
  ],
  ["eth_getTransactionReceipt", { transactionHash: HASH, root: HASH }, { "tx.hash": HASH }],
  [
    "eth_getTransactionByHash",
    { hash: HASH, blockNumber: null },
    { "tx.hash": HASH, "tx.status": "pending" },
  ],
  [
    "eth_getTransactionByHash",
    { hash: HASH, blockNumber: "0x10" },
    { "tx.hash": HASH, "tx.block_number": 16 },
  ],
  ["eth_getBlockByNumber", { hash: HASH, number: "0x10" }, {}],
] as const)("resultAttributes(%s, ...): case %#", ([method, result, expected]) => {
  expect(resultAttributes(method, result)).toEqual(expected);
});

test.for([
  [
    "eth_call",
    [{ to: ADDRESS, data: "0xfeedface00112233" }, "latest"],
    { "contract.address": ADDRESS, "contract.selector": "0xfeedface", "blockchain.block.tag": "latest" },
  ],
  [
    "eth_call",
    [{ to: ADDRESS, input: "0xfeedface" }, "0x10"],
    { "contract.address": ADDRESS, "contract.selector": "0xfeedface", "blockchain.block.tag": "0x10" },
  ],
  [
    "eth_getLogs",
    [{ fromBlock: "0x1", toBlock: "latest", address: ADDRESS }],
    { "blockchain.logs.from_block": "0x1", "blockchain.logs.to_block": "latest" },
  ],
  ["eth_getBalance", [ADDRESS, "pending"], { "blockchain.block.tag": "pending" }],
  ["personal_unlockAccount", [ADDRESS, "latest"], {}],
  ["eth_call", { to: ADDRESS }, {}],
  ["eth_call", undefined, {}],
] as const)("requestAttributes(%s, ...): case %#", ([method, params, expected]) => {
  expect(requestAttributes(method, params)).toEqual(expected);
});

test("requestAttributes() and resultAttributes() never throw and give only plain values", () => {
  const method = fc.constantFrom(
    "eth_call",
    "eth_getLogs",
    "eth_getTransactionReceipt",
    "eth_getTransactionByHash",
    "eth_sendRawTransaction",
  );
  fc.assert(
    fc.property(method, fc.anything({ withBigInt: true }), (name, value) => {
      const attributes = {
        ...requestAttributes(name, value),
        ...requestAttributes(name, [value, value]),
        ...resultAttributes(name, value),
      };
      for (const item of Object.values(attributes)) expect(["string", "number"]).toContain(typeof item);
    }),
  );
});
