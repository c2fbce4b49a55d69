import { wordlist } from "@scure/bip39/wordlists/english.js";
import { id, keccak256 } from "ethers";
import { expect, test } from "vitest";
import { isPublicConstant } from "./_constants.ts";
import { english } from "./_word_lists.ts";

test("english is the list of BIP-39 in its order", () => {
  expect(english).toEqual(wordlist);
});

test("isPublicConstant() knows topics, roles, type hashes and slots", () => {
  const digits = (hash: string): string => hash.slice(2);
  const topics = ["Transfer(address,address,uint256)", "Upgraded(address)", "Sync(uint112,uint112)"];
  for (const text of [...topics, "MINTER_ROLE", ""]) expect(isPublicConstant(digits(id(text)))).toBe(true);
  for (const empty of ["0x80", "0xc0"]) expect(isPublicConstant(digits(keccak256(empty)))).toBe(true);
  // Storage slots of ERC-1967, as the standard prints them.
  for (const slot of [
    "360894a13ba1a3210667c828492db98dca3e2076cc3735a920a3ca505d382bbc",
    "b53127684a568b3173ae13b9f8a6016e243e63b6e8ee1178d6a717850b5d6103",
    "a3f0ad74e5423aebfd80d3ef4346578335a9a72aeaee59ff6cb3582b35133d50",
  ])
    expect(isPublicConstant(slot)).toBe(true);
  expect(isPublicConstant("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")).toBe(true);
  expect(isPublicConstant(digits(id("Transfer(address,address)")))).toBe(false);
});
