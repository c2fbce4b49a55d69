import { keccak_256 } from "@noble/hashes/sha3.js";
import { encodeRlp, Transaction, Wallet } from "ethers";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn } from "./testing/_marked.ts";

const { redactString, redactValue } = createRedactor();
const wallet = new Wallet(`0x${drawn("hex", 64)}`);
const to = "0x52908400098527886E0F7030069857D2E4169EE7";
const base = { to, nonce: 7, gasLimit: 21000n, value: 5n, chainId: 137n };
const KINDS: Readonly<Record<string, object>> = {
  "of the first kind": { ...base, type: 0, gasPrice: 7n },
  "with an access list": { ...base, type: 1, gasPrice: 7n, accessList: [] },
  "with a fee": { ...base, type: 2, maxFeePerGas: 7n, maxPriorityFeePerGas: 1n },
};

test.for(Object.entries(KINDS))(
  "redactString() replaces a signed transaction %s by its hash",
  async ([, fields]) => {
    const raw = await wallet.signTransaction(fields);
    const hash = `0x${Buffer.from(keccak_256(Buffer.from(raw.slice(2), "hex"))).toString("hex")}`;
    expect(Transaction.from(raw).hash).toBe(hash);
    for (const text of [raw, raw.slice(2), raw.toUpperCase().replace("0X", "0x")])
      expect(redactString(`sent "${text}" twice`)).toBe(`sent "[raw tx ${hash}]" twice`);
    expect(redactValue("args.0", raw)).toBe(`[raw tx ${hash}]`);
    const { redactString: keep } = createRedactor({ signatures: "keep" });
    expect(keep(`sent "${raw}" twice`)).toBe(`sent "${raw}" twice`);
  },
);

test.for(Object.entries(KINDS))(
  "redactString() removes a signed transaction %s that is cut at the end",
  async ([, fields]) => {
    const raw = await wallet.signTransaction({ ...fields, data: `0x${drawn("hex", 200)}` });
    const cut = raw.slice(0, 220);
    for (const end of ["", '"', "…", "'] ,"])
      expect(redactString(`sent ${cut}${end}`)).toBe(`sent [REDACTED]${end}`);
    expect(redactString(`sent ${cut} and more`)).toBe(`sent ${cut} and more`);
  },
);

test("redactString() keeps transactions that nobody has signed, and other lists", () => {
  const unsigned = Transaction.from({
    ...base,
    type: 2,
    maxFeePerGas: 7n,
    data: `0x${drawn("hex", 120)}`,
  }).unsignedSerialized;
  const list = encodeRlp([`0x${drawn("hex", 80)}`, `0x${drawn("hex", 80, 2)}`]);
  for (const text of [unsigned, list]) expect(redactString(`sent ${text} twice`)).toBe(`sent ${text} twice`);
});
