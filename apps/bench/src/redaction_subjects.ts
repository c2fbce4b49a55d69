import { randomBytes, randomUUID } from "node:crypto";
import type { Attributes } from "@opentelemetry/api";

const hex = (size: number): string => `0x${randomBytes(size).toString("hex")}`;

/** Twenty attributes as a mint records them; the same for every span. */
export const CONSTANT: Attributes = {
  "service.name": "mint-api",
  "rpc.system.name": "jsonrpc",
  "rpc.method": "eth_call",
  "server.address": "mainnet.infura.io",
  "server.port": 443,
  "blockchain.chain_id": 137,
  "blockchain.network": "polygon",
  "blockchain.rpc_url": "https://mainnet.infura.io",
  "tx.hash": hex(32),
  "tx.status": "confirmed",
  "contract.address": hex(20),
  "contract.method": "safeMint",
  "nft.token_id": "4821",
  "gas.used": 51_234,
  "wallet.address": hex(20),
  "operation.name": "nft_minting.blockchain_mint",
  "http.request.method": "POST",
  "http.response.status_code": 200,
  "user.id": "u-42",
  "operation.success": true,
};

/** The same as spans mostly have them: names, hosts and chains repeat; hashes, addresses, numbers and identifiers do not. */
export function repeating(i: number): Attributes {
  return {
    ...CONSTANT,
    "blockchain.network": i % 3 === 0 ? "polygon" : "mainnet",
    "contract.method": ["safeMint", "transferFrom", "setApprovalForAll"][i % 3] ?? "safeMint",
    "tx.hash": hex(32),
    "wallet.address": hex(20),
    "nft.token_id": String(4821 + i),
    "gas.used": 51_234 + i,
    "user.id": `u-${i}`,
  };
}

/** Twenty attributes of which every string is new. */
export function unique(i: number): Attributes {
  return {
    "item.ref": `item ${i}`,
    "rpc.method": `eth_call${i}`,
    "server.address": `node${i}.example`,
    "server.port": 443,
    "blockchain.chain_id": 137,
    "blockchain.network": `polygon${i}`,
    "tx.hash": hex(32),
    "block.hash": hex(32),
    "tx.status": `confirmed ${i}`,
    "contract.address": hex(20),
    "contract.method": `safeMint${i}`,
    "nft.token_id": String(4821 + i),
    "gas.used": 51_234 + i,
    "wallet.address": hex(20),
    "operation.name": `nft_minting.mint_${i}`,
    "request.id": randomUUID(),
    "http.response.status_code": 200,
    "user.id": `u-${i}`,
    "operation.success": true,
    "track.title": `Sunset over the bay, part ${i}`,
  };
}

/** An exception with message and stack, about 1.5 KB together. */
export function exception(i: number): Attributes {
  const message = `execution reverted: ERC721: caller ${hex(20)} is not token owner (${i})`;
  const frame = (line: number): string =>
    `    at async Contract.mint (/app/node_modules/ethers/lib.commonjs/providers/provider-jsonrpc.js:${line}:${(line % 40) + 3})`;
  const stack = [
    `Error: ${message}`,
    ...Array.from({ length: 11 }, (_, k) => frame(100 + k * 7 + (i % 9))),
  ].join("\n");
  return { "exception.type": "Error", "exception.message": message, "exception.stacktrace": stack };
}

/** What ethers 6 throws when a call reverts, with frames as pnpm installs them. About 3 KB, of which two thirds are the stack. */
export function revert(i: number): Attributes {
  const reason = "ERC721: caller is not token owner or approved";
  const word = (value: string): string => value.padStart(64, "0");
  const text = Buffer.from(reason).toString("hex").padEnd(128, "0");
  const message = `execution reverted: "${reason}" (action="estimateGas", data="0x08c379a0${word("20")}${word("2d")}${text}", reason="${reason}", transaction={ "data": "0x40c10f19${word(hex(20).slice(2))}${word("2a")}", "from": "${hex(20)}", "to": "${hex(20)}" }, invocation=null, revert={ "args": [ "${reason}" ], "name": "Error", "signature": "Error(string)" }, code=CALL_EXCEPTION, version=6.17.0)`;
  const library = "file:///app/node_modules/.pnpm/ethers@6.17.0/node_modules/ethers/lib.esm";
  const stack = [
    `Error: ${message}`,
    `at makeError (${library}/utils/errors.js:${130 + (i % 9)}:21)`,
    `at getBuiltinCallException (${library}/abi/abi-coder.js:105:12)`,
    `at JsonRpcProvider.getRpcError (${library}/providers/provider-jsonrpc.js:682:32)`,
    "at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
    `at async MintService.mint (file:///app/dist/services/mint.service.js:${40 + (i % 9)}:22)`,
    "at async AuthGuard.canActivate (file:///app/dist/auth/auth.guard.js:18:7)",
  ].join("\n    ");
  return { "exception.type": "CALL_EXCEPTION", "exception.message": message, "exception.stacktrace": stack };
}
