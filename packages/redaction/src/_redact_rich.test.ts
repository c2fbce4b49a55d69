import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn } from "./testing/_marked.ts";

const redactor = createRedactor();
const { redactValue } = redactor;
const KEY = `0x${drawn("hex", 64)}`;
const BYTES = Buffer.from(KEY.slice(2), "hex");
const ADDRESS = "0x52908400098527886E0F7030069857D2E4169EE7";
const same = (key: string, value: unknown): void => expect(redactValue(key, value)).toEqual(value);

test("redactValue() removes bytes of a key in every kind of view, and keeps others", () => {
  const copy = new Uint8Array(BYTES);
  const views: readonly unknown[] = [
    BYTES,
    copy,
    copy.buffer,
    new DataView(copy.buffer),
    new Uint16Array(copy.buffer),
    [...BYTES],
    { type: "Buffer", data: [...BYTES] },
    { ...copy },
  ];
  for (const view of views) {
    expect(redactValue("input", view)).toBe("[REDACTED]");
    expect(redactValue("password", view)).toBe("[REDACTED]");
  }
  expect(redactValue("stateRoot", copy)).toBe(copy);
  for (const size of [16, 20]) same("input", copy.subarray(0, size));
  for (const size of [32, 33]) same("input", new Uint8Array(size));
  expect(redactValue("seed", copy.subarray(0, 16))).toBe("[REDACTED]");
});

test("redactValue() reads a part of a buffer and not what lies around it", () => {
  const around = new Uint8Array(64);
  around.set(BYTES, 16);
  expect(redactValue("input", around.subarray(16, 48))).toBe("[REDACTED]");
  same("input", around.subarray(0, 16));
});

test("redactValue() removes bytes that are a text with a secret, or too many to be read", () => {
  expect(redactValue("input", Buffer.from(`password: Winter7sun ${"x".repeat(20)}`))).toBe("[REDACTED]");
  expect(redactValue("input", Buffer.from(KEY))).toBe("[REDACTED]");
  const small = createRedactor({ limits: { maxLength: 100 } });
  expect(small.redactValue("input", new Uint8Array(101))).toBe("[truncated by redaction]");
  expect(small.stats().truncated).toBe(1);
});

test("redactValue() replaces an instance of a wallet by its address, and judges the members of a record one by one", () => {
  for (const name of ["privateKey", "signingKey", "mnemonic"]) {
    const wallet = (address: unknown): object =>
      Object.assign(new (class Wallet {})(), { address, [name]: "winter" });
    expect(redactValue("input", wallet(ADDRESS))).toBe(`[Wallet ${ADDRESS}]`);
    expect(redactValue("secret", wallet(ADDRESS))).toBe(`[Wallet ${ADDRESS}]`);
    for (const address of ["0x12", 7])
      expect(redactValue("input", wallet(address))).toEqual({ address, [name]: "[REDACTED]" });
    expect(redactValue("input", { address: ADDRESS, [name]: "winter", at: 1 })).toEqual({
      address: ADDRESS,
      [name]: "[REDACTED]",
      at: 1,
    });
  }
  same("input", { address: ADDRESS, balance: 7 });
  expect(redactValue("secret", { a: 1 })).toBe("[REDACTED]");
});

test("redactValue() redacts the members of maps, sets, errors, dates, texts and addresses by their kind", () => {
  expect(
    redactValue(
      "input",
      new Map<unknown, unknown>([
        ["password", "winter"],
        ["a", 1],
        [7, KEY],
      ]),
    ),
  ).toEqual({
    password: "[REDACTED]",
    a: 1,
    "7": "[REDACTED]",
  });
  expect(redactValue("input", new Map([[{}, 1]]))).toEqual({ "[redaction failed]": 1 });
  expect(redactValue("input", new Set(["a", KEY]))).toEqual(["a", "[REDACTED]"]);
  const error = Object.assign(new TypeError(`bad ${KEY}`), { code: "X", password: "winter" });
  const out = redactValue("input", error);
  expect(out).toMatchObject({
    name: "TypeError",
    message: "bad [REDACTED]",
    code: "X",
    password: "[REDACTED]",
  });
  expect(JSON.stringify(out)).not.toContain(KEY.slice(2));
  const date = new Date(0);
  expect(redactValue("at", date)).toBe(date);
  expect(redactValue("birthday", date)).toBe("[REDACTED]");
  expect(createRedactor({ packs: ["wallet"] }).redactValue("birthday", date)).toBe(date);
  expect(redactValue("input", new String(KEY))).toBe("[REDACTED]");
  expect(redactValue("input", new URL("https://bob:Winter7@x.example/"))).toBe(
    "https://REDACTED:REDACTED@x.example/",
  );
});

const NEUTRAL = [
  "value",
  "data",
  "raw",
  "hex",
  "bytes",
  "str",
  "string",
  "text",
  "v",
  "val",
  "default",
  "current",
  "0",
  "12",
];
test.for(NEUTRAL)("redactValue() judges the member %s by the name above it", (name) => {
  expect(redactValue("input", { password: { [name]: "winter" } })).toEqual({ password: "[REDACTED]" });
  expect(redactValue("input", { email: { [name]: "winter" } })).toEqual({ email: { [name]: "[REDACTED]" } });
  same("input", { stateRoot: { [name]: KEY } });
  same("input", { email: { [`${name}x`]: "winter" } });
});

test("redactValue() removes the value of a pair of fields whose name is that of a secret", () => {
  for (const field of ["name", "key"]) {
    expect(redactValue("input", { [field]: "API_KEY", value: "winter" })).toEqual({
      [field]: "API_KEY",
      value: "[REDACTED]",
    });
    same("input", { [field]: "NICKNAME", value: "winter" });
    same("input", { [field]: "API_KEY", value: "required" });
    same("input", { [field]: "API_KEY", value: 7 });
    same("input", { [field]: 7, value: "winter" });
  }
});

test("redactValue() bounds depth and members, and marks a circle", () => {
  const small = createRedactor({ limits: { maxMembers: 2, maxNesting: 2 } });
  expect(small.redactValue("input", { a: 1, b: 2 })).toEqual({ a: 1, b: 2 });
  expect(small.redactValue("input", { a: 1, b: 2, c: 3 })).toEqual({
    a: 1,
    b: 2,
    "...": "[truncated by redaction]",
  });
  expect(small.redactValue("input", ["a", "b"])).toEqual(["a", "b"]);
  expect(small.redactValue("input", ["a", "b", KEY])).toEqual(["a", "b", "[truncated by redaction]"]);
  expect(small.redactValue("input", { a: { b: { c: { d: 1 } } } })).toEqual({
    a: { b: { c: "[truncated by redaction]" } },
  });
  expect(small.redactValue("input", [[[[1]]]])).toEqual([[["[truncated by redaction]"]]]);
  const circle: { self?: unknown } = {};
  circle.self = circle;
  expect(redactValue("input", circle)).toEqual({ self: "[circular]" });
  const shared = { a: 1 };
  expect(redactValue("input", { x: shared, y: shared })).toEqual({ x: { a: 1 }, y: { a: 1 } });
});

test("redactValue() keeps going where a member cannot be read, and sets no prototype", () => {
  const broken = Object.defineProperty({ a: 1 }, "b", {
    enumerable: true,
    get: () => {
      throw new Error("no");
    },
  });
  expect(redactValue("input", broken)).toEqual({ a: 1, b: "[redaction failed]" });
  const out = redactValue("input", JSON.parse('{"__proto__":{"polluted":1},"a":1}'));
  expect(Object.keys(out as object)).toEqual(["__proto__", "a"]);
  expect(Object.getPrototypeOf(out)).toBe(Object.prototype);
  expect(redactValue("input", { [KEY]: 1 })).toEqual({ "[REDACTED]": 1 });
  expect(redactValue("input", () => 1)).toBeUndefined();
  expect(redactValue("input", Symbol("x"))).toBeUndefined();
});

test("redactValue() judges a text after a name in a list by the name", () => {
  const headers = [
    "Authorization",
    "Bearer winter",
    "--private-key",
    "winter",
    "x.api-key",
    "sun",
    "Accept",
    "text/html",
  ];
  expect(redactValue("headers", headers)).toEqual([
    "Authorization",
    "[REDACTED]",
    "--private-key",
    "[REDACTED]",
    "x.api-key",
    "[REDACTED]",
    "Accept",
    "text/html",
  ]);
  for (const list of [
    ["a b password", "winter"],
    ["password", 7],
    [7, "winter"],
    ["7password", "winter"],
    [`${"x".repeat(48)}_password`, "winter"],
  ])
    same("headers", list);
});

test("redactValue() removes numbers and large integers under the key of a secret", () => {
  expect(redactValue("pin_code", 4711)).toBe("[REDACTED]");
  expect(redactValue("ssn", 4711)).toBe("[REDACTED]");
  expect(redactValue("privateKey", 4711n)).toBe("[REDACTED]");
  for (const value of [4711, 4711n, true, null, undefined]) expect(redactValue("count", value)).toBe(value);
  for (const value of [true, false]) expect(redactValue("password", value)).toBe(value);
  expect(redactValue("password", ADDRESS)).toBe(ADDRESS);
  expect(redactValue("password", "")).toBe("");
});

test("redactValue() removes an integer that is the key of a known signer", () => {
  const known = createRedactor({ knownSigners: ["0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"] });
  expect(known.redactValue("tokenId", `0x${"1".padStart(64, "0")}`)).toBe("[REDACTED]");
  expect(known.redactValue("tokenId", 2n)).toBe(2n);
});

test("redactValue() reads a record as its JSON too: what only its neighbours tell", () => {
  const call = (method: string, ...params: unknown[]): object => ({ jsonrpc: "2.0", method, params });
  expect(redactValue("rpc.call", call("personal_unlockAccount", ADDRESS, "kettle*Tram865", 600))).toEqual(
    call("personal_unlockAccount", ADDRESS, "[REDACTED]", 600),
  );
  same("rpc.call", call("eth_getBalance", ADDRESS, "latest"));
  const [d, x] = [
    "h9Jz2uLq7tVw5yB8nC4mK1pR6sD3fG0aXeZoTiUlQjM",
    "uTgq7hXw2bLk9sVd4cRz8nYp5mFj1aQe6oKt3iWxBvE",
  ];
  expect(redactValue("body", { kty: "EC", crv: "P-256", x, y: x, d })).toEqual({
    kty: "EC",
    crv: "P-256",
    x,
    y: x,
    d: "[REDACTED]",
  });
  same("body", { kty: "EC", crv: "P-256", x, y: x });
  const words = "legal winner thank year wave sausage worth useful legal winner thank yellow".split(" ");
  const phrase = Object.fromEntries(words.map((word, i) => [`word${i + 1}`, word]));
  const redacted = redactValue("form", phrase);
  expect(Object.values(Object(redacted))).toEqual(words.map(() => "[REDACTED]"));
});

test("redactValue() leaves records and lists under an allowed key as they are, and no others", () => {
  const { redactValue: redact } = createRedactor({ allowKeys: ["rpc.call"] });
  const call = { method: "personal_unlockAccount", params: [ADDRESS, "kettle*Tram865"], password: "winter" };
  expect(redact("rpc.call", call)).toBe(call);
  expect(redact("outer", { "rpc.call": call })).toEqual({ "rpc.call": call });
  expect(redact("rpc.other", call)).toEqual({
    method: "personal_unlockAccount",
    params: [ADDRESS, "[REDACTED]"],
    password: "[REDACTED]",
  });
});
