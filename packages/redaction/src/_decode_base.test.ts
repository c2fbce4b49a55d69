import { base32nopad, base58, base58xrp } from "@scure/base";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodeBase32, decodeBase58, RIPPLE } from "./_decode_base.ts";

const bytes = fc.uint8Array({ maxLength: 66 });

test("decodeBase58() and decodeBase32() decode what @scure/base encodes", () => {
  fc.assert(
    fc.property(bytes, (value) => {
      expect(decodeBase58(base58.encode(value))).toEqual(Buffer.from(value));
      expect(decodeBase58(base58xrp.encode(value), RIPPLE)).toEqual(Buffer.from(value));
      expect(decodeBase32(base32nopad.encode(value))).toEqual(Buffer.from(value));
    }),
  );
});

test("decodeBase58() keeps leading zeros and refuses other characters", () => {
  expect(decodeBase58("112")).toEqual(Buffer.from([0, 0, 1]));
  expect(decodeBase58("")).toEqual(Buffer.alloc(0));
  for (const token of ["0", "O", "I", "l", "1 2", "+"]) expect(decodeBase58(token)).toBeUndefined();
});
