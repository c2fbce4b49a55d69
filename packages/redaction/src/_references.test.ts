import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";

const { redactString } = createRedactor();

const TYPES =
  "string number boolean bigint unknown any Hex Address Bytes BytesLike Buffer Uint8Array KeyObject CryptoKey SecretString SigningKey String Int Float Boolean ID bytes32 SecretStr Optional[str] &str []byte".split(
    " ",
  );
test.for(TYPES)("redactString() keeps the type %s after a label", (type) => {
  for (const text of [
    `interface Config { privateKey: ${type}; password: ${type}[], secret: ${type} | null }`,
    `f(password: ${type})`,
    `type Login($password: ${type}!)`,
    `password: ${type}`,
  ])
    expect(redactString(text)).toBe(text);
  expect(redactString(`password: ${type.replace(/\W/g, "")}7x now`)).toBe("password: [REDACTED] now");
});

test.for(["await", "new", "typeof", "async", "function", "readonly", "keyof"])(
  "redactString() keeps what begins with the word %s of programs",
  (word) => {
    expect(redactString(`const secret = ${word} Winter7sun`)).toBe(`const secret = ${word} Winter7sun`);
    expect(redactString(`secret = ${word}Winter7sun`)).toBe("secret = [REDACTED]");
  },
);

const KINDS =
  "Key Hex String Bytes Type Secret Token Array Buffer Input Opts Options Params Number Address Data Config Like Signature Wallet Signer Account".split(
    " ",
  );
test.for(KINDS)("redactString() keeps a parameter whose type ends in %s", (kind) => {
  for (const text of [
    `sign(privateKey: Private${kind}) => Uint8Array`,
    `sign(a: B, secret?: ${kind}<T>, c: D): void;`,
    `sign(secret: My${kind}[]) {`,
    `sign(secret: ${kind}): Promise<Uint8Array> {`,
  ])
    expect(redactString(text)).toBe(text);
  expect(redactString(`(a, secret: My${kind}7) => x`)).not.toContain(`My${kind}7`);
  expect(redactString(`secret: My${kind}) now`)).not.toContain(`My${kind}`);
});

test.for(["query", "mutation", "subscription", "fragment"])(
  "redactString() keeps the variables of a GraphQL %s",
  (word) => {
    for (const text of [
      `${word} Login { login(secret: $winter) { id } }`,
      `${word}(a: 1) { login(secret: $winter) }`,
    ])
      expect(redactString(text)).toBe(text);
    expect(redactString("login(secret: $winter) { id }")).toBe("login(secret: [REDACTED]) { id }");
  },
);
