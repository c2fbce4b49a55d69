import { expect, test } from "vitest";
import { createRedactor } from "./mod.ts";

const { redactString } = createRedactor();
const KEY = "2ce9418a3f9c4ed5b1a74d2a3f0c1e6b7d8f90a1b2c3d4e5f60718293a4b5c6d";

test.each([
  '{"jsonrpc":"2.0","id":1,"error":{"code":-32601,"message":"the method personal_unlockAccount does not exist/is not available"}}',
  '{"msg":"geth: personal_unlockAccount is deprecated","url":"http://geth:8545","node":"a"}',
  "the method personal_unlockAccount does not exist/is not available (id 4)",
])("redactString() keeps an error that names a method: %s", (text) => {
  expect(redactString(text)).toBe(text);
});

test("redactString() reads the parameters of the call and not the text of the error before it", () => {
  const call = `"method": "personal_importRawKey", "params": [ "${KEY}", "BOjlgIBcLmMWqi" ]`;
  const text = `could not coalesce error (error={ "code": -32601, "message": "the method personal_importRawKey does not exist" }, payload={ "id": 2, ${call} }, code=UNKNOWN_ERROR)`;
  expect(redactString(text)).toBe(text.replace(KEY, "[REDACTED]").replace("BOjlgIBcLmMWqi", "[REDACTED]"));
});

test("redactString() reads arguments that follow the name of the method", () => {
  for (const text of [
    'send("personal_unlockAccount", ["0x77f3e2bfc006f81df68922785061d6e332ba88ef", "hunter2x"])',
    '["personal_unlockAccount","0x77f3e2bfc006f81df68922785061d6e332ba88ef","hunter2x"]',
    'personal_unlockAccount failed for 0x77f3e2bfc006f81df68922785061d6e332ba88ef with "hunter2x"',
  ])
    expect(redactString(text)).toBe(text.replace("hunter2x", "[REDACTED]"));
});

test.each([
  "private key: odd number of digits",
  "WARNING! Using --password via the CLI is insecure.",
  "permissions:\n  id-token: write\n  contents: read",
  `PRIVATE_KEY=$${"{PRIVATE_KEY:?PRIVATE_KEY is not set}"} docker compose up`,
  `PRIVATE_KEY=$${"{PRIVATE_KEY:-}"} docker compose up`,
  "def login(username: str, password: str | None = None) -> Session:",
  "fn open(secret_key: &SecretKey, password: Option<&str>) -> Result<Keystore, Error>",
  "~ password = (sensitive value)",
  "+ password = (known after apply)",
  "mnemonic: Mnemonic {",
  "Private Keys\n==================\n(0) none",
])("redactString() keeps what stands after a label and is no value: %s", (text) => {
  expect(redactString(text)).toBe(text);
});

test("redactString() removes the default in a reference, which may be the secret itself", () => {
  expect(redactString(`DB_PASSWORD=$${"{DB_PASSWORD:-hunter2x}"} up`)).not.toContain("hunter2x");
});

test("redactValue() reads the last word of a key: a mobile is a telephone, a signature is no calldata", () => {
  const { redactValue } = createRedactor();
  expect(redactValue("customer.mobile", "06 05 27 00 62")).toBe("[REDACTED]");
  const signature = `0x${KEY}${KEY}1b`;
  expect(redactValue("permit2.calldata.sig", signature)).toBe("[REDACTED]");
});

test("redactString() removes an address with an apostrophe whole, and leaves the brackets around one", () => {
  expect(redactString("owner t.o'brien@example.com wrote")).toBe("owner [REDACTED] wrote");
  expect(redactString("Key (email)=(ann@b.example) already exists")).toBe(
    "Key (email)=([REDACTED]) already exists",
  );
});

test("redactString() leaves the address of a host under the name of a client", () => {
  const text = "web3j.client-address=http://node:8545";
  expect(createRedactor({ packs: "all" }).redactString(text)).toBe(text);
});

test("redactString() reads a call without a label beside another method's label", () => {
  const text =
    '{"http.method":"POST","body":["personal_unlockAccount","0x77f3e2bfc006f81df68922785061d6e332ba88ef","hunter2x"]}';
  expect(redactString(text)).toBe(text.replace("hunter2x", "[REDACTED]"));
});
