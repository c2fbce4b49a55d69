import { keccak_256 } from "@noble/hashes/sha3.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";

/**
 * Hash of a signed transaction. It is known before the node answers, and of most use when the node does not: it tells
 * whether a transaction whose broadcast failed is on the chain nevertheless.
 *
 * @param raw The signed transaction as hex, as `eth_sendRawTransaction` takes it.
 * @returns Undefined when this is no signed transaction.
 */
export function transactionHash(raw: unknown): string | undefined {
  // A blob transaction with its blobs has up to about 1 MB; anything larger is not worth hashing.
  if (typeof raw !== "string" || raw.length > 4_000_000 || !/^0x(?:[0-9a-f]{2}){2,}$/i.test(raw))
    return undefined;
  const bytes = hexToBytes(raw.slice(2));
  return `0x${bytesToHex(keccak_256(bytes[0] === 0x03 ? withoutSidecar(bytes) : bytes))}`;
}

/**
 * A blob transaction travels as `0x03 || rlp([transaction, blobs, commitments, proofs])`, but its hash is that of
 * `0x03 || rlp(transaction)`. Source: EIP-4844, Networking.
 */
function withoutSidecar(bytes: Uint8Array): Uint8Array {
  const outer = listHeader(bytes, 1);
  const inner = outer === undefined ? undefined : listHeader(bytes, outer.start);
  if (outer === undefined || inner === undefined) return bytes;
  const out = new Uint8Array(1 + inner.end - outer.start);
  out[0] = 0x03;
  out.set(bytes.subarray(outer.start, inner.end), 1);
  return out;
}

/** Where the items of an RLP list begin and end; undefined when no list begins here, or not all of it is there. */
function listHeader(bytes: Uint8Array, offset: number): { start: number; end: number } | undefined {
  const prefix = bytes[offset];
  if (prefix === undefined || prefix < 0xc0) return undefined;
  const size = prefix <= 0xf7 ? 0 : prefix - 0xf7;
  let length = size === 0 ? prefix - 0xc0 : 0;
  for (let i = 1; i <= size; i++) length = length * 256 + (bytes[offset + i] ?? 0);
  const start = offset + 1 + size;
  // A length is only a claim: without this check eight bytes of garbage would ask for any amount of memory.
  return start + length <= bytes.length ? { start, end: start + length } : undefined;
}
