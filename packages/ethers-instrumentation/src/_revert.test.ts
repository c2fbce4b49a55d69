import { Interface } from "ethers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { revertAttributes, revertDataAttributes } from "./_revert.ts";

const abi = new Interface([
  "error NotArtist(address caller, uint256 required)",
  "error Error(string)",
  "error Panic(uint256)",
]);
const artist = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";

test("revertDataAttributes() reads Error(string) as ethers writes it, for any text", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60, unit: "grapheme" }), (text) => {
      const data = abi.encodeErrorResult("Error", [text]);
      expect(revertDataAttributes(data)).toMatchObject({
        "tx.revert.name": "Error",
        "tx.revert.signature": "Error(string)",
        "tx.revert.reason": text,
      });
    }),
  );
});

test("revertDataAttributes() bounds a long text and long data", () => {
  const data = abi.encodeErrorResult("Error", ["x".repeat(5000)]);
  const attributes = revertDataAttributes(data);
  expect(String(attributes["tx.revert.reason"]).length).toBe(200);
  expect(String(attributes["tx.revert.data"]).length).toBe(266);
});

test.for([0x01, 0x11, 0x12, 0x32])("revertDataAttributes() reads Panic(%s)", (code) => {
  expect(revertDataAttributes(abi.encodeErrorResult("Panic", [code]))).toMatchObject({
    "tx.revert.name": "Panic",
    "tx.revert.reason": `Panic(0x${code.toString(16).padStart(2, "0")})`,
    "tx.revert.code": `0x${code.toString(16).padStart(2, "0")}`,
  });
});

test("revertDataAttributes() names a custom error with the contract's interface, without its arguments' values", () => {
  const data = abi.encodeErrorResult("NotArtist", [artist, 7]);
  expect(revertDataAttributes(data, abi)).toEqual({
    "tx.revert.name": "NotArtist",
    "tx.revert.signature": "NotArtist(address,uint256)",
    "tx.revert.arg_types": "address,uint256",
    "tx.revert.data": data,
  });
  expect(revertDataAttributes(data)).toEqual({ "tx.revert.data": data });
});

test("revertDataAttributes() never throws, whatever the data is", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("0x08c379a0", "0x4e487b71", "0xdeadbeef"),
      fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), maxLength: 300 }),
      (selector, rest) => {
        expect(revertDataAttributes(selector + rest, abi)).toHaveProperty(["tx.revert.data"]);
      },
    ),
  );
});

test.for([undefined, null, "text", {}, { code: "TIMEOUT", data: "0xdeadbeef" }])(
  "revertAttributes() of what is no revert: case %#",
  (error) => {
    expect(revertAttributes(error)).toBeUndefined();
  },
);

test("a decoder that throws leaves the data", () => {
  const decoder = {
    parseError: () => {
      throw new Error("no");
    },
  };
  expect(revertAttributes({ code: "CALL_EXCEPTION", data: "0xdeadbeef" }, decoder)).toEqual({
    "tx.revert.data": "0xdeadbeef",
  });
});
