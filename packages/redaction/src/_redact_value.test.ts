import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn } from "./testing/_marked.ts";

const KEY = `0x${drawn("hex", 64)}`;
const OTHER = `0x${drawn("hex", 64, 2)}`;
const ADDRESS = "0x52908400098527886E0F7030069857D2E4169EE7";

test("redactValue() decides 32 bytes that are a whole value as it does those in a text", () => {
  for (const value of [KEY, KEY.toUpperCase().replace("0X", "0x"), KEY.replace("0x", "0X")]) {
    const { redactValue, redactString } = createRedactor();
    expect(redactValue("args.0", value)).toBe("[REDACTED]");
    expect(redactString(`got ${value} here`)).toBe("got [REDACTED] here");
    expect(redactValue("stateRoot", value)).toBe(value);
    expect(redactValue("args.0", value)).toBe("[REDACTED]");
  }
  const { redactValue } = createRedactor();
  for (const value of [
    `0x${"0".repeat(64)}`,
    `0x${"0".repeat(24)}${KEY.slice(2, 42)}`,
    "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470",
    ADDRESS,
    `0x${"zz".repeat(32)}`,
    `0x${"zz".repeat(20)}`,
  ])
    expect(redactValue("args.0", value)).toBe(value);
});

test("redactValue() learns a hash from a public attribute, and only there", () => {
  const { redactValue, redactString } = createRedactor();
  redactValue("stateRoot", KEY);
  expect(redactValue("args.0", KEY)).toBe("[REDACTED]");
  redactValue("tx.hash", KEY);
  expect(redactValue("args.1", KEY)).toBe(KEY);
  expect(redactString(`got ${KEY} here`)).toBe(`got ${KEY} here`);
  expect(redactString(`{"privateKey":"${KEY}"}`)).toBe('{"privateKey":"[REDACTED]"}');
});

test("redactValue() removes secrets of the process, and what rules of the user find, from addresses and hashes too", () => {
  const known = createRedactor({ secrets: [ADDRESS.slice(2), OTHER.slice(2)] });
  expect(known.redactValue("args.0", ADDRESS)).toBe("0x[REDACTED]");
  expect(known.redactValue("tx.hash", OTHER)).not.toContain(OTHER.slice(2));
  const custom = createRedactor({ rules: [{ id: "mine", match: ADDRESS }] });
  expect(custom.redactValue("args.0", ADDRESS)).toBe("[REDACTED]");
});

test("redactValue() removes the key of a known signer from a public place, again and again", () => {
  const key = `0x${"1".padStart(64, "0")}`;
  const { redactValue } = createRedactor({ knownSigners: ["0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"] });
  for (let i = 0; i < 3; i++) {
    expect(redactValue("tx.hash", key)).toBe("[REDACTED]");
    expect(redactValue("args.0", key)).toBe("[REDACTED]");
    expect(redactValue("tx.hash", OTHER)).toBe(OTHER);
  }
});

test("redactValue() leaves markers, words of prose, URLs and addresses under the key of a secret", () => {
  const { redactValue, stats } = createRedactor();
  for (const value of ["[REDACTED]", "", "required", "***", "$DB_PASSWORD", ADDRESS])
    expect(redactValue("password", value)).toBe(value);
  expect(stats().hits).toEqual({});
  expect(redactValue("password", "https://bob:Winter7@x.example/")).toBe(
    "https://REDACTED:REDACTED@x.example/",
  );
  expect(redactValue("email", ADDRESS)).toBe(ADDRESS);
});

test("redactValue() cuts a long text at white space and drops the rest", () => {
  const { redactValue, stats } = createRedactor({ limits: { maxLength: 600 } });
  const cut = "[truncated by redaction]";
  expect(redactValue("note", `${"qzxw ".repeat(130)}`)).toBe(`${"qzxw ".repeat(120)}${cut}`);
  expect(redactValue("note", "x".repeat(601))).toBe(`${"x".repeat(88)}${cut}`);
  expect(redactValue("note", "x".repeat(600))).toBe("x".repeat(600));
  expect(redactValue("password", "winter7".repeat(100))).toBe(`[REDACTED]${cut}`);
  expect(redactValue("note", `${"qzxw ".repeat(116)}${KEY} and more of it`)).toBe(
    `${"qzxw ".repeat(116)}${cut}`,
  );
  expect(redactValue("note", `got ${KEY} ${"qzxw ".repeat(130)}`)).toMatch(
    /^got \[REDACTED\] (?:qzxw )+\[truncated by redaction\]$/,
  );
  expect(stats().truncated).toBe(5);
});

test("redactValue() reads no more than the bound on work", () => {
  const { redactSpan } = createRedactor({ limits: { maxWork: 300 } });
  const attributes = Object.fromEntries(
    ["a", "b", "c", "d"].map((name) => [name, `${name}: ${"qzxw ".repeat(20)}`]),
  );
  const out = redactSpan({ name: "s", status: { code: 0 }, attributes, events: [] }).attributes;
  expect(Object.values(out).filter((value) => value === "[truncated by redaction]").length).toBeGreaterThan(
    0,
  );
  expect(out.a).toBe(attributes.a);
});

test("redactValue() removes numbers of persons only with their pack", () => {
  expect(createRedactor().redactValue("phone", 4711)).toBe("[REDACTED]");
  expect(createRedactor({ packs: ["credentials"] }).redactValue("phone", 4711)).toBe(4711);
  expect(createRedactor({ packs: ["credentials"] }).redactValue("pin_code", 4711)).toBe("[REDACTED]");
  const { redactValue, stats } = createRedactor();
  redactValue("phone", 4711);
  redactValue("password", 4711);
  redactValue("password", 4711n);
  expect(stats().hits).toEqual({ "personal value": 1, "key value": 2 });
});

test("redactValue() answers the same for a value that it knows to be clean, until what is secret changes", () => {
  const { redactValue, addSecret } = createRedactor();
  for (let i = 0; i < 3; i++) expect(redactValue("note", "winter sun")).toBe("winter sun");
  addSecret("winter sun");
  expect(redactValue("note", "winter sun")).toBe("[REDACTED]");
});

const RUNTIMES = ["docker", "containerd", "crio", "libpod"];
test.for(RUNTIMES)("redactString() keeps the identifier of a container of %s", (runtime) => {
  const text = `0::/system.slice/${runtime}-${KEY.slice(2)}.scope`;
  expect(createRedactor().redactString(text)).toBe(text);
});
