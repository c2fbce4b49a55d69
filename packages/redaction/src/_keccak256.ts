import { keccakP } from "@noble/hashes/sha3.js";

/** Bytes that one permutation takes in. */
const RATE = 136;

/**
 * Keccak-256 as Ethereum uses it, with the padding of the submission and not that of SHA-3 (FIPS 202, section 5.1).
 * The permutation is that of a library; what the library builds around it is for streams and keys of other lengths.
 */
export function keccak256(message: Uint8Array): Uint8Array {
  const block = new DataView(new ArrayBuffer(message.length + RATE - (message.length % RATE)));
  const bytes = new Uint8Array(block.buffer);
  bytes.set(message);
  bytes[message.length] = 1;
  block.setUint8(bytes.length - 1, block.getUint8(bytes.length - 1) | 0x80);
  const state = new Uint32Array(50);
  for (let at = 0; at < bytes.length; at += RATE) {
    for (let i = 0; i < RATE; i += 4) state[i / 4] = (state[i / 4] ?? 0) ^ block.getUint32(at + i, true);
    keccakP(state);
  }
  for (let i = 0; i < 8; i++) block.setUint32(4 * i, state[i] ?? 0, true);
  return bytes.subarray(0, 32);
}
