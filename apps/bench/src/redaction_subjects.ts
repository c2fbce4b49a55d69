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
