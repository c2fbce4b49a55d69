import { DiagLogLevel, diag } from "@opentelemetry/api";
import { Wallet } from "ethers";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";

const KEY = "4f9063db53d9f3b7701001e59da7f36a1b1407a09b137189d3e946b4455d3f57";
/** Address of KEY. */
const SIGNER = "0xe05Ad6B0C8f2b6F1aE1B8Fb1f2b9f7f5c4a1D3E2";
const HASH = `0x${KEY.split("").reverse().join("")}`;
const span = (attributes: Record<string, string>) => ({
  name: "s",
  status: { code: 0 as const },
  attributes,
  events: [],
});

test("createRedactor() removes an unlabelled 32-byte value and keeps one that is known to be public", () => {
  const redactor = createRedactor({ publicHashes: [HASH] });
  expect(redactor.redactString(`got ${HASH}`)).toBe(`got ${HASH}`);
  expect(redactor.redactString(`got 0x${KEY}`)).toBe("got [REDACTED]");
  redactor.addPublicHash(`0x${KEY}`);
  expect(redactor.redactString(`got 0x${KEY}`)).toBe(`got 0x${KEY}`);
});

test("createRedactor() learns public hashes from attributes that the catalogue calls public", () => {
  const { redactSpan } = createRedactor();
  expect(redactSpan(span({ "args.0": HASH })).attributes).toEqual({ "args.0": "[REDACTED]" });
  redactSpan(span({ "tx.hash": HASH }));
  expect(redactSpan(span({ "args.1": HASH })).attributes).toEqual({ "args.1": HASH });
});

test("createRedactor() keeps a hash in a neutral place when the same span has it under a public key", () => {
  const { redactSpan } = createRedactor();
  const attributes = { "args.0": HASH, "args.1": `0x${KEY}`, transactionHash: HASH };
  expect(redactSpan(span(attributes)).attributes).toEqual({ ...attributes, "args.1": "[REDACTED]" });
});

test("createRedactor() removes a secret label's value even if the hash beside it is known", () => {
  const { redactString } = createRedactor({ publicHashes: [HASH] });
  expect(redactString(`{"hash":"${HASH}","privateKey":"0x${KEY}"}`)).toBe(
    `{"hash":"${HASH}","privateKey":"[REDACTED]"}`,
  );
});

test("createRedactor() keeps unknown hashes only under keys that the user names", () => {
  const { redactSpan } = createRedactor({ publicKeys: ["args.*"] });
  expect(redactSpan(span({ "args.0": HASH, other: `0x${KEY}` })).attributes).toEqual({
    "args.0": HASH,
    other: "[REDACTED]",
  });
});

test("createRedactor() removes the key of a known signer from a public place", () => {
  const key = "0000000000000000000000000000000000000000000000000000000000000001".replace(/^0{8}/, "00000000");
  const other = createRedactor({ knownSigners: ["0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"] });
  expect(other.redactSpan(span({ "tx.hash": `0x${key}` })).attributes).toEqual({ "tx.hash": "[REDACTED]" });
  expect(createRedactor({ knownSigners: [SIGNER] }).redactSpan(span({ "tx.hash": HASH })).attributes).toEqual(
    { "tx.hash": HASH },
  );
});

test("createRedactor() removes secrets of the process in every form they are written in", () => {
  const { redactString, addSecret } = createRedactor({ secrets: [`0x${KEY}`, "correct-horse"] });
  const bytes = Buffer.from(KEY, "hex");
  for (const form of [
    KEY,
    KEY.toUpperCase(),
    BigInt(`0x${KEY}`).toString(),
    bytes.toString("base64"),
    bytes.join(","),
  ]) {
    expect(redactString(`tx hash ${form} end`)).not.toContain(form.slice(0, 16));
  }
  expect(redactString("with correct-horse here")).toBe("with [REDACTED] here");
  addSecret("battery-staple");
  expect(redactString("with battery-staple here")).toBe("with [REDACTED] here");
});

test("createRedactor() removes a secret found in one field from all fields of the span", () => {
  const { redactSpan } = createRedactor();
  const out = redactSpan({
    name: "call hunter2x77",
    status: { code: 2, message: "hunter2x77 was refused" },
    attributes: { "db.password": "hunter2x77", note: "tried hunter2x77 twice" },
    events: [{ name: "e", time: [0, 0], attributes: { list: ["a", "hunter2x77"] } }],
  });
  expect(JSON.stringify(out)).not.toContain("hunter2x77");
  expect(out.attributes.note).toBe("tried [REDACTED] twice");
});

test("createRedactor() honours allow, deny and strict lists of keys", () => {
  const { redactSpan } = createRedactor({
    allowKeys: ["debug.*"],
    denyKeys: ["internal.*"],
    onlyKeys: ["debug.*", "internal.*", "a"],
  });
  const out = redactSpan(span({ "debug.key": KEY, "internal.note": "plain", a: "1", b: "2" }));
  expect(out.attributes).toEqual({ "debug.key": KEY, "internal.note": "[REDACTED]", a: "1" });
});

test("createRedactor() writes markers, masks or keyed tags", () => {
  expect(createRedactor({ mode: "mask" }).redactString(`got ${KEY}`)).toBe("got ********");
  const tag = createRedactor({ mode: "tag", tagKey: "0123456789abcdef" });
  expect(tag.redactString(`got ${KEY}`)).toMatch(/^got \[REDACTED:[0-9a-f]{8}\]$/);
  expect(tag.redactString(`a ${KEY}`).slice(2)).toBe(tag.redactString(`b ${KEY}`).slice(2));
  expect(tag.redactString(tag.redactString(`got ${KEY}`))).toBe(tag.redactString(`got ${KEY}`));
});

test("createRedactor() refuses options that cannot be meant", () => {
  expect(() => createRedactor({ mode: "tag", tagKey: "short" })).toThrow(
    /'tagKey' must be at least 16 characters/,
  );
  expect(() => createRedactor({ packs: ["walet"] as never })).toThrow(
    /'packs' must be of wallet, rpc, .*current value is walet/,
  );
});

test("createRedactor() turns packs off", () => {
  const { redactString } = createRedactor({ packs: ["wallet"] });
  expect(redactString(`jo@example.com ${KEY}`)).toBe("jo@example.com [REDACTED]");
});

test("createRedactor() keeps signatures and signed transactions on request", () => {
  const signature = `0x${KEY}${KEY.split("").reverse().join("")}1b`;
  expect(createRedactor().redactString(`sig ${signature}`)).toBe("sig [REDACTED]");
  expect(createRedactor({ signatures: "keep" }).redactString(`sig ${signature}`)).toBe(`sig ${signature}`);
});

test("createRedactor() replaces a signed transaction by its hash", () => {
  const raw =
    "0xf864058504a817c8008252089458819e6adcc78be70d12007d37cd2d733fcaee87018025a096d2df9969a9ecf9213d1e8bad8eff92a56385cfa2fb3e37701ca189f572c30aa032ccae2f40cb44f474172a63f0cfd0a05dea329283c47708e6f444f02b18a34b";
  expect(createRedactor().redactString(`sent ${raw} twice`)).toMatch(
    /^sent \[raw tx 0x[0-9a-f]{64}\] twice$/,
  );
});

test("createRedactor() replaces a wallet by its address", () => {
  const wallet = new Wallet(KEY);
  expect(createRedactor().redactValue("x", { wallet })).toEqual({ wallet: `[Wallet ${wallet.address}]` });
});

test("createRedactor() keeps what stands beside the key in the record of a wallet", () => {
  const address = "0xA42D6c09D61bf0eB6cDbe4Ff0E4c339Ca83b0244";
  const record = { address, privateKey: KEY, provider: "infura" };
  expect(createRedactor().redactValue("x", { wallet: record })).toEqual({
    wallet: { address, privateKey: "[REDACTED]", provider: "infura" },
  });
});

test("createRedactor() explains without telling the value", () => {
  const { explain, stats } = createRedactor();
  const findings = explain(span({ "db.password": "hunter2x77", note: `got ${KEY}` }));
  expect(findings).toEqual([
    { rule: "key", surface: "attribute", key: "db.password" },
    { rule: "private-key", surface: "attribute", key: "note" },
  ]);
  expect(stats()).toEqual({ hits: {}, failures: 0, truncated: 0, spans: 0 });
});

test("createRedactor() counts by rule and surface, and marks spans on request", () => {
  const redactor = createRedactor({ countAttribute: true });
  const out = redactor.redactSpan(span({ "db.password": "hunter2x77" }));
  expect(out.attributes).toEqual({ "db.password": "[REDACTED]", "redaction.count": 1 });
  expect(redactor.stats()).toEqual({ hits: { "key attribute": 1 }, failures: 0, truncated: 0, spans: 1 });
});

test("createRedactor() says a cause of failure once, without the value", () => {
  const said: string[] = [];
  const log = (message: string): void => void said.push(message);
  diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log }, DiagLogLevel.WARN);
  const redactor = createRedactor();
  const boom = Object.defineProperty({}, "x", {
    enumerable: true,
    get: () => {
      throw new Error(KEY);
    },
  });
  redactor.redactValue("v", boom);
  redactor.redactValue("v", boom);
  diag.disable();
  const failures = said.filter((message) => message.includes("Redaction failed closed"));
  expect(failures).toHaveLength(1);
  expect(failures[0]).not.toContain(KEY);
});
