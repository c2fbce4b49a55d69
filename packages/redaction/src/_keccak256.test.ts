import { keccak_256 } from "@noble/hashes/sha3.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { keccak256 } from "./_keccak256.ts";
import { toHex } from "./_text_bytes.ts";

test.for([
  ["", "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"],
  ["Transfer(address,address,uint256)", "ddf252ad1be2c89b69c2b068fc378daa952ba7f163c4a11628f55a4df523b3ef"],
] as const)("keccak256(%j)", ([text, hash]) => {
  expect(toHex(keccak256(Buffer.from(text)))).toBe(hash);
});

test("keccak256() is what the library computes, also around the length of a block", () => {
  for (let length = 0; length < 420; length++) {
    const message = Uint8Array.from({ length }, (_, i) => (i * 31 + length) & 255);
    expect(toHex(keccak256(message))).toBe(toHex(keccak_256(message)));
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 1000 }), (message) => {
      const before = Uint8Array.from(message);
      expect(toHex(keccak256(message))).toBe(toHex(keccak_256(message)));
      expect(message).toEqual(before);
    }),
  );
});
