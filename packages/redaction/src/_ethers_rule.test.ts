import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString, redactValue } = createRedactor();
const INFO = "code=INVALID_ARGUMENT, version=6.17.0";

const ARGUMENTS = [
  "key",
  "privateKey",
  "secret",
  "seed",
  "phrase",
  "mnemonic",
  "password",
  "entropy",
  "wallet",
  "json",
  "extendedKey",
];
test.for([
  "no matching function",
  "no matching event",
  'ambiguous function description (i.e. matches "a()", "b()")',
])("redactString() keeps the name that is looked up: %s", (message) => {
  for (const name of ["burn", "burn(uint256)", "Transfer(address,address,uint256)", "0xa9059cbb"]) {
    const text = `${message} (argument="key", value="${name}", ${INFO})`;
    expect(redactString(text)).toBe(text);
  }
  const { given, left } = marked(`${message} (argument="key", value="«{hex63}»", ${INFO})`);
  expect(redactString(given)).toBe(left);
});

test.for(ARGUMENTS)("redactString() removes the value of the argument %s, whatever it is", (name) => {
  for (const text of [
    `invalid value (argument="${name}", value="«7»", ${INFO})`,
    `invalid value (argument="${name}", value='«a b»')`,
    `{ argument: '${name}', value: '«a b»' }`,
    `{"argument":"${name}","value":"«a b»","code":"X"}`,
    `{\\"argument\\":\\"${name}\\",\\"value\\":\\"«a b»\\",\\"code\\":7}`,
    `(argument="${name}", value="«a "quoted" b»", ${INFO})`,
    `(argument="${name}", value="«never closed»`,
    `(argument="${name}", value="«a b»"\n    at x)`,
  ]) {
    const { given, left } = marked(text);
    expect(redactString(given)).toBe(left);
  }
  expect(redactValue("error", { argument: name, value: "a b", x: 1 })).toEqual({
    argument: name,
    value: "[REDACTED]",
    x: 1,
  });
});

const MESSAGES =
  "invalid BytesLike value|invalid private key|invalid mnemonic|invalid seed|invalid entropy|invalid address|invalid hex string|invalid checksum|invalid hexlify value|invalid arrayify value|invalid BigNumberish string|invalid FixedNumber|invalid JSON wallet|invalid extended key|invalid raw transaction|invalid base58 value|invalid wordlist|incorrect password|unsupported addressable value|hex data is odd-length|private key length|private key too short|expected 32 bytes|expected valid bigint|expected private key".split(
    "|",
  );
test.for(MESSAGES)("redactString() removes the value that ethers quotes in: %s", (message) => {
  const { given, left } = marked(`Error: ${message} { value: '«Winter 7»', argument: 'x' }`);
  expect(redactString(given)).toBe(left);
  expect(redactString(`${message} (value="Winter 7", argument="x", ${INFO})`)).not.toContain("Winter");
  expect(redactString('failed with { value: "Winter 7" }')).toBe('failed with { value: "Winter 7" }');
});

const HARMLESS = [
  "",
  "[ 1, 2 ]",
  "0x52908400098527886E0F7030069857D2E4169EE7",
  "transfer(address,uint256)",
  "transfer(address",
  "-12.5",
  "1234567890",
  "0x12",
  `0xa9059cbb${"0".repeat(64)}`,
  "latest",
  "not.a-name",
];
test.for(HARMLESS)(
  "redactString() keeps a value that helps to find the mistake and reveals nothing: %s",
  (value) => {
    const text = `invalid BytesLike value (argument="to", value="${value}", ${INFO})`;
    expect(redactString(text)).toBe(text);
    expect(redactValue("error", { argument: "to", value })).toEqual({ argument: "to", value });
  },
);

test.for([
  "0xzz",
  "{hex40}",
  "0x{hex44}",
  "0x{hex62}",
  "latest block now",
  "Winter Sun",
  "winterwintersummer sun",
  "f(x)(y)",
])("redactString() removes a value that may be a mistyped key: %s", (value) => {
  const { given, left } = marked(`invalid BytesLike value (argument="to", value="«${value}»", ${INFO})`);
  expect(redactString(given)).toBe(left);
});
