import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";

const { redactString } = createRedactor({ packs: "all" });
const ADDRESS = "0x52908400098527886E0F7030069857D2E4169EE7";

function kept(texts: readonly string[]): void {
  expect(texts.map((text) => redactString(text))).toEqual(texts);
}

function gone(texts: readonly string[], secret: string): void {
  for (const text of texts) {
    expect(text).toContain(secret);
    expect(redactString(text), text).not.toContain(secret);
  }
}

test("redactString() keeps what a table says of a secret field, and removes what stands there as its value", () => {
  kept([
    "| `wallet.mnemonic` | `string` | high | secret | Never recorded: listed so that redaction removes it wherever it appears. |",
    "| password | Required for the login of an artist. |",
  ]);
  gone(["| password | hunter2x |", "| password | Hunter2xhunter of the day is long. |"], "unter2x");
  gone(["| password | correct horse battery staple glue |"], "horse battery");
});

test("redactString() keeps small numbers, conversions of printf, masks in URLs and types in words after a label", () => {
  kept([
    "secretKey: 2,",
    "readonly #secret = 7;",
    "let privateHandlerCalls = 0",
    "(secret: %o) and apiKey=%s, password=%+v",
    "{ authorization: *** }",
    "https://***:***@rpc.example/v3 and https://***@sentry.io/12345",
    "secrets: readonly string[];",
    "if (typeof this.password === 'function') {",
    "options.http2SessionTimeout = 30000",
    "Sec-WebSocket-Key: x3JJHMbDL1EzLkh9GBhXDw==",
    '{"apiGroup":"rbac.authorization.k8s.io","rbac.authorization.k8s.io/v1":"Role"}',
  ]);
  gone(["https://user:hunter2x@rpc.example/v3", "https://***:hunter2x@rpc.example/v3"], "hunter2x");
  gone(["code otp=42"], "42");
  gone(["password: 123", "passcode=123"], "123");
});

test("redactString() keeps sentences about calls and fields that list words of phrases", () => {
  kept([
    "they write the same fixed-width seed fields without range checks, then still consume",
    "You should call releaseLock() on the reader before 'sending'.",
    'personal_sign CLIENT ERROR "user rejected request" error.type="4001"',
  ]);
  gone(
    [
      `personal_sign {"params":["0x12","${ADDRESS}","hunter2x"]}`,
      `["personal_sign", ["0x12", "${ADDRESS}", "hunter2x"]]`,
      `personal_unlockAccount failed for ${ADDRESS} with "hunter2x"`,
      "CALL rotate_password('bob', 'hunter2x')",
    ],
    "hunter2x",
  );
  gone(["seed abandon ability able about above absent"], "ability able");
  gone(["seed abandon, ability, able, about, above, absent"], "ability, able");
});
