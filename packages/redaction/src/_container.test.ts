import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn } from "./testing/_marked.ts";

const { redactString } = createRedactor();
const kept = (text: string): void => expect(redactString(text)).toBe(text);
const gone = (text: string, secret = "Winter7"): void => {
  expect(text).toContain(secret);
  expect(redactString(text)).not.toContain(secret);
};

const BESIDE =
  "expiration expires expiresAt expires_in expiry type tokenType enabled sameSite secure httpOnly path domain maxAge region scope name id username user provider version algorithm alg issuer iss audience aud subject profile flow grant grant_type method kid typ role roles ttl timeout host port protocol".split(
    " ",
  );
test.for(BESIDE)("redactString() keeps the member %s of an object that is named after secrets", (name) => {
  kept(`{"credentials":{"${name}":"winter","x-y":true}}`);
  gone(`{"credentials":{"${name}":"${drawn("an", 24)}"}}`, drawn("an", 24));
  gone(`{"credentials":{"${name}":"a","${name}qx":"Winter7"}}`);
});

test("redactString() keeps the identifier of an access key, and removes the key beside it", () => {
  for (const name of ["accessKeyId", "access_key_id", "AccessKeyId"]) {
    const text = `{"credentials":{"${name}":"${drawn("an", 20)}","secretAccessKey":"Winter7","sessionToken":"sun7"}}`;
    expect(redactString(text)).toBe(
      `{"credentials":{"${name}":"${drawn("an", 20)}","secretAccessKey":"[REDACTED]","sessionToken":"[REDACTED]"}}`,
    );
  }
});

const CONSTANTS = [
  "true",
  "false",
  "null",
  "undefined",
  "0",
  "123456",
  '"***"',
  '"<none>"',
  '"required"',
  '""',
];
test("redactString() keeps constants in an object that is named after secrets", () => {
  for (const value of CONSTANTS) kept(`{"secrets":{"a":${value},"b":${value}}}`);
  gone('{"secrets":{"a":1234567}}', "1234567");
  gone('{"secrets":{"a":true,"b":"Winter7"}}');
  gone('{"secrets":["a","Winter7"]}');
  gone("secrets: { a: true, b: Winter7 }");
});

test("redactString() keeps containers without a value in them", () => {
  for (const text of ['{"secrets":{},"a":1}', '{"secrets":[],"a":1}', "secrets: [ , ]", "secrets: {}"])
    kept(text);
});

const SCHEMA =
  "$id $schema description title pattern minLength maxLength minimum maximum format items properties required additionalProperties nullable optional deprecated readOnly writeOnly oneOf anyOf allOf not minItems maxItems uniqueItems enum contentEncoding in name label".split(
    " ",
  );
test.for(SCHEMA)("redactString() keeps the word %s of a schema", (word) => {
  for (const type of ["string", "number", "integer", "boolean", "object", "array", "null"])
    kept(`{"password":{"type":"${type}","${word}":"Winter7"},"a":1}`);
  kept(`{"password":{"$ref":"#/x","${word}":"Winter7"},"a":1}`);
  kept(`{"password":{"type":["string","null"],"${word}":"Winter7"},"a":1}`);
  kept(`password: { type: string, ${word}: Winter7 }`);
  kept(`"{\\"password\\":{\\"type\\":\\"string\\",\\"${word}\\":\\"Winter7\\"}}"`);
  gone(`{"password":{"type":"text","${word}":"${drawn("an", 24)}"},"a":1}`, drawn("an", 24));
  gone(`{"password":{"type":"string","${word}q":"Winter7"},"a":1}`);
});

test.for(["default", "example", "examples", "const"])(
  "redactString() keeps a constant as the %s of a schema, and no more",
  (word) => {
    for (const value of ["null", "true", '"***"', "0"])
      kept(`{"password":{"type":"string","${word}":${value}}}`);
    gone(`{"password":{"type":"string","${word}":"Winter7"}}`);
  },
);

test.for([
  "must",
  "should",
  "needs to",
  "has to",
  "cannot",
  "may not",
  "is",
  "expected",
  "required",
  "at least",
])("redactString() keeps what is demanded of a secret in brackets: %s", (word) => {
  kept(`password: [${word} have 12 characters]`);
  gone(`password: [x${word} have Winter7]`);
  gone(`password: [${word}, Winter7]`);
});

test("redactString() keeps an object of schemas, and removes one that is too large to be judged", () => {
  kept('{"secrets":{"type":"object","password":{"type":"string"},"pin":{"type":"string"}}}');
  gone(`{"secrets":{${'"name":"a",'.repeat(420)}"x":1}}`, '"x":1');
});
