import { expect, test } from "vitest";
import { createRedactor } from "./mod.ts";

const { redactString, redactValue } = createRedactor();
const KEY = "w9Lq2Zt7Vb4Xn8Rk1Mp5Hc3Jd6Fg0SaYeUiOqTzB";

test("redactValue() removes an address without any other sign in the pack ip", () => {
  const all = createRedactor({ packs: "all" });
  expect(all.redactValue("client.address", "203.0.113.7")).toBe("[REDACTED]");
  expect(all.redactValue("client.address", "10.0.0.7")).toBe("10.0.0.7");
});

test.each([
  `aws configure set aws_secret_access_key ${KEY}`,
  "kinit bob <<< Winter7sun",
  "mint -password Winter7sun -x",
  "INSERT INTO users VALUES (N'Winter7sun')",
  "opened with passcode Winter7sun at once",
  "log('password:', 'Winter7sun')",
])("redactString() finds the secret in %s", (text) => {
  const out = redactString(text);
  expect(out).not.toContain("Winter7sun");
  expect(out).not.toContain(KEY);
  expect(out.slice(0, 6)).toBe(text.slice(0, 6));
});

test("redactString() hides the last text of a call, and nothing of the call behind it", () => {
  expect(redactString('vault.unlock("main", id(1), "Winter7sun") || fail("later")')).toBe(
    'vault.unlock("main", id(1), "[REDACTED]") || fail("later")',
  );
  expect(redactString('wallet.encrypt(id(1), "Winter7sun")')).toBe('wallet.encrypt(id(1), "[REDACTED]")');
});

test("redactString() reads a password with an at sign and a slash up to the host", () => {
  expect(redactString("postgres://app:p@ss/w0rd@db:5432/market")).toBe(
    "postgres://REDACTED:REDACTED@db:5432/market",
  );
  expect(redactString("https://example.com:8443/@minter/posts")).toBe(
    "https://example.com:8443/@minter/posts",
  );
});

test("redactString() removes what is encoded more often than it reads", () => {
  let text = "password: hunter2x";
  for (let layer = 0; layer < 4; layer++) text = Buffer.from(text).toString("base64");
  expect(redactString(`got ${text} back`)).toBe("got [REDACTED] back");
});

test("redactValue() reads a label with its colon in a list, and a date of birth with slashes", () => {
  expect(redactValue("args", ["password:", "Winter7sun"])).toEqual(["password:", "[REDACTED]"]);
  expect(redactValue("приватный_ключ", "winter")).toBe("[REDACTED]");
  expect(redactString("born on 17/04/1990 in Rome")).toBe("born on [REDACTED] in Rome");
});

test.each([
  '{"prompt":"Enter your password: ","user":"bob"}',
  "| password | role |\n|---|---|",
  "https://api.example.com/items?page_token=CAESDAoKbWludGVkX2F0GAE9",
])("redactString() keeps %s", (text) => {
  expect(redactString(text)).toBe(text);
});
