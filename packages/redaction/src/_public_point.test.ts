import { createECDH } from "node:crypto";
import { secp256k1 } from "@noble/curves/secp256k1.js";
import fc from "fast-check";
import { expect, test } from "vitest";
import { publicPoint } from "./_public_point.ts";

const N = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
const hexOf = (value: bigint): string => value.toString(16).padStart(64, "0");

/** The same point from a library that was audited. */
function expected(hex: string): string {
  return Buffer.from(secp256k1.getPublicKey(Buffer.from(hex, "hex"), false))
    .toString("hex")
    .slice(2);
}

test("publicPoint() is what @noble/curves and OpenSSL derive", () => {
  const key = fc.bigInt({ min: 1n, max: N - 1n }).map(hexOf);
  fc.assert(
    fc.property(key, (hex) => {
      expect(publicPoint(hex)).toBe(expected(hex));
      const pair = createECDH("secp256k1");
      pair.setPrivateKey(hex, "hex");
      expect(publicPoint(hex)).toBe(pair.getPublicKey("hex").slice(2));
    }),
    { numRuns: 60 },
  );
});

test.for([
  1n,
  2n,
  3n,
  4n,
  2n ** 128n,
  2n ** 255n,
  2n ** 256n - 2n ** 129n,
  N / 2n,
  N / 2n + 1n,
  N - 2n,
  N - 1n,
])("publicPoint() is right at the borders: %s", (value) => {
  expect(publicPoint(hexOf(value % N))).toBe(expected(hexOf(value % N)));
});

test.for([0n, N, N + 1n, 2n ** 256n - 1n])("publicPoint() knows that this is no key: %s", (value) => {
  expect(publicPoint(hexOf(value))).toBeUndefined();
});
