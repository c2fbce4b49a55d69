import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn } from "./testing/_marked.ts";

const { redactString } = createRedactor();
const HEX = drawn("hex", 64);
const BYTES = Buffer.from(HEX, "hex");
const LIST = [...BYTES].join(",");
const gone = (text: string, left = "[REDACTED]"): void =>
  expect(redactString(`got ${text} here`)).toBe(`got ${left} here`);
const kept = (text: string): void => expect(redactString(`got ${text} here`)).toBe(`got ${text} here`);
const groups = (size: number, separator: string, hex = HEX): string =>
  (hex.match(new RegExp(`.{${size}}`, "g")) ?? []).join(separator);

const LISTS: Readonly<Record<string, string>> = {
  "with commas": LIST,
  "with spaces": LIST.replaceAll(",", ", "),
  "in lines": LIST.replaceAll(",", ",\n   "),
  "with spaces before commas": LIST.replaceAll(",", " , "),
};
for (const [name, list] of Object.entries(LISTS))
  test(`redactString() removes a list of bytes ${name}`, () => gone(`[${list}]`, "[[REDACTED]]"));

test("redactString() removes a record of bytes, and one that is cut", () => {
  const record = [...BYTES].map((byte, i) => `"${i}":${byte}`).join(",");
  gone(`{${record}}`, "{[REDACTED]}");
  gone(`{${record.replaceAll('"', "")}}`, "{[REDACTED]}");
  gone(`{ ${record.replaceAll('"', "").replaceAll(":", ": ").replaceAll(",", ", ")} }`, "{ [REDACTED] }");
  expect(redactString(`got [${[...BYTES].slice(0, 20).join(",")}`)).toBe("got [[REDACTED]");
});

test("redactString() keeps lists of numbers that are no key", () => {
  kept(`[${[...BYTES].slice(0, 20).join(",")}]`);
  kept(`[${[...BYTES].slice(0, 31).join(",")}]`);
  kept(`[${LIST},7]`);
  kept(`[${LIST.replace(/^\d+/, "256")}]`);
  kept(`[${"1,2,3,4,5,6,7,8,".repeat(4).slice(0, -1)}]`);
  kept(`topics: [${LIST}]`);
});

const SEPARATORS = [" ", ":", "-", "_", ", ", ",0x", "\n", " 0x"];
test.for([2, 4, 8, 16])("redactString() removes digits in groups of %i", (size) => {
  for (const separator of SEPARATORS) gone(groups(size, separator));
  gone(`0x${groups(size, " ")}`);
  gone(groups(size, " ").toUpperCase());
  kept(groups(size, " ").slice(0, -1));
  kept(groups(size, " ").slice(0, -size - 1));
  kept(`hash ${groups(size, " ")}`);
});

test("redactString() keeps groups of other lengths, and two identifiers in a row", () => {
  kept(groups(32, " "));
  kept(`${HEX.slice(0, 4)} ${groups(2, " ", HEX.slice(4))}`);
  kept(`x${groups(2, ":")}`);
});

test("redactString() removes bytes that are escaped", () => {
  gone(BYTES.toString("hex").replace(/../g, "\\x$&"));
  gone(`b'${HEX.replace(/../g, "\\x$&")}'`, "b'[REDACTED]'");
  expect(redactString(`got ${HEX.slice(0, 40).replace(/../g, "\\x$&")}`)).toBe("got [REDACTED]");
  kept(`tx hash ${HEX.replace(/../g, "\\x$&")}`);
});

test("redactString() removes 32 bytes in base64, in either alphabet", () => {
  const token = BYTES.toString("base64");
  for (const text of [token, token.replace("=", "%3D"), token.replaceAll("+", "-").replaceAll("/", "_")])
    gone(text);
  kept(`sha256-${token}`);
  kept(`checksum ${token}`);
  kept(`${token}=x`);
  kept(`x${token}`);
});

test("redactString() removes a number as long as a key only if something says that it is one", () => {
  const number = (BigInt(`0x${HEX}`) | (1n << 254n)).toString();
  for (const words of [
    "private key ",
    "d = ",
    "scalar: ",
    "exponent=",
    "secret ",
    "signer ",
    "priv: ",
    "privKey = ",
    "d = x = ",
  ])
    expect(redactString(`got ${words}${number} here`)).toBe(`got ${words}[REDACTED] here`);
  for (const words of [
    " is the private key",
    " as secret key",
    " (signing key",
    " = wallet key",
    "n is my signer key",
    '" was a private key',
  ])
    expect(redactString(`got ${number}${words}`)).toBe(`got [REDACTED]${words}`);
  for (const text of [
    `tokenId ${number}`,
    `id = ${number}`,
    `amount ${number}.5`,
    `private key ${number}9999`,
    `${number} is public`,
  ])
    kept(text);
});

test("redactString() removes the bytes of any key in any of these forms, and nothing around it", () => {
  const key = fc
    .integer({ min: 1, max: 1e6 })
    .map((seed) => Buffer.from(drawn("hex", 64, seed), "hex"))
    .filter((bytes) => new Set(bytes).size > 20);
  const form = fc.constantFrom<(bytes: Buffer) => string>(
    (bytes) => [...bytes].join(", "),
    (bytes) => bytes.toString("base64"),
    (bytes) => groups(2, ":", bytes.toString("hex")),
    (bytes) => bytes.toString("hex").replace(/../g, "\\x$&"),
  );
  fc.assert(
    fc.property(key, form, (bytes, write) => {
      gone(write(bytes));
    }),
    { seed: 5, numRuns: 60 },
  );
});
