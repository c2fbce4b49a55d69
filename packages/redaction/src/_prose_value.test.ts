import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString } = createRedactor();

const IMPERATIVES =
  "add try check please use see set enter provide configure create generate rotate renew refresh update make go visit read ask choose pick type retype wait request copy paste open ensure verify contact log sign run call pass put keep store include specify supply restart reset remember confirm".split(
    " ",
  );
test.for(IMPERATIVES)("redactString() keeps what one is told to do with a secret: %s", (verb) => {
  for (const text of [`wrong password: ${verb} it in Settings`, `missing API key: ${verb}, then retry`])
    expect(redactString(text)).toBe(text);
  // One word after another sentence mark, or before a number, is a password.
  const word = `${verb}xq`;
  expect(redactString(`password: ${word} it in Settings`)).not.toContain(word);
});

const UNITS =
  "word words loaded found skipped byte bytes bit bits char chars character characters digit digits key keys account accounts attempt attempts tries left remaining day days hour hours minute minutes second seconds item items entries total created deleted rotated imported exported active expired valid invalid missing used set".split(
    " ",
  );
test.for(UNITS)("redactString() keeps a count before %s", (unit) => {
  expect(redactString(`password: 12345 ${unit}, then`)).toBe(`password: 12345 ${unit}, then`);
  expect(redactString(`password: 12345 x${unit}`)).toBe(`password: [REDACTED] x${unit}`);
});

test.for(["keys", "cookies", "secrets", "passwords", "credentials", "mnemonics"])(
  "redactString() keeps a count after a label in the plural: %s",
  (label) => {
    for (const text of [`api ${label}: 12345`, `{"auth ${label}":321}`])
      expect(redactString(text)).toBe(text);
    expect(redactString(`secret ${label}: 123456`)).not.toContain("123456");
  },
);

const KEPT: Readonly<Record<string, string>> = {
  "a number of one or two digits": "password: 12",
  "an item of so many": "secret: 3 of 5 shares",
  "what a tool tells": "- `password`: Configures the header",
  "what a tool checks": "- `password`: checks whether it holds",
  "the name of a session": "sessionId: chatId",
  "the short name of a session": "sid: lobby",
  "the name of a secret in a store": 'secretId: "prod/minter"',
  "a header that is a sentence": "cookie: missing in the request",
  "what a program asks for": '{"password":"Enter passphrase for /home/x"}',
  "what a program asks to confirm": "{ pin: 'Please confirm your PIN' }",
  "what a program asks to repeat": "password: 'Repeat the new password'",
  "the member of the same name": "this.apiKey = apiKey",
  "the state of a resource": "aws_secretsmanager_secret.minter: Refreshing state...",
  "the finished state of a resource": "google_secret.minter: Creation complete after 1s",
  "a word in capitals after a flag": "usage: mint [--password PASSWORD]",
  "where it is read from": "private key: derived from the device",
  "how it is kept": "private key: kept in the vault",
  "that it is read at runtime": "secret: read at runtime",
  "what is expected": "secret: string value expected",
  "a noun of its own": "secret: password field empty",
};
test.for(Object.entries(KEPT))("redactString() keeps what is said of a secret: %s", ([, text]) => {
  expect(redactString(text)).toBe(text);
});

test.for(
  "PASSWORD PASSPHRASE SECRET TOKEN KEY API_KEY PRIVATE_KEY SECRET_KEY APIKEY MNEMONIC PHRASE STRING VALUE".split(
    " ",
  ),
)("redactString() keeps the word %s that stands for the value of a flag", (word) => {
  for (const text of [
    `usage: mint --password ${word}`,
    `usage: mint (--secret=${word})`,
    `usage: mint -secret ${word} x`,
  ])
    expect(redactString(text)).toBe(text);
  expect(redactString(`mint --password X${word}`)).toBe("mint --password [REDACTED]");
});

test.for(["the", "a", "an", "whether", "if", "how", "which", "that", "your", "all", "its"])(
  "redactString() keeps what a tool does, before the word %s",
  (word) => {
    expect(redactString(`- password: Configures ${word} header`)).toBe(
      `- password: Configures ${word} header`,
    );
    expect(redactString(`- password: Configures ${word}7 header`)).toBe(
      `- password: [REDACTED] ${word}7 header`,
    );
  },
);

test.for([
  "Enter",
  "Type",
  "Please enter",
  "Provide",
  "Input",
  "Confirm",
  "Repeat",
  "Choose",
  "Reenter",
  "Re-enter",
])("redactString() keeps what a program asks for with %s", (verb) => {
  for (const noun of ["password", "passphrase", "key", "token", "code", "pin", "secret", "phrase", "otp"])
    expect(redactString(`{"password":"${verb} your ${noun} for x"}`)).toBe(
      `{"password":"${verb} your ${noun} for x"}`,
    );
  expect(redactString(`{"password":"${verb} sandman"}`)).toBe('{"password":"[REDACTED]"}');
});

test.for(["via", "from", "by", "in", "with", "using", "through", "at runtime"])(
  "redactString() keeps where a secret comes from, after the word %s",
  (word) => {
    for (const verb of ["derived", "kept", "held"])
      expect(redactString(`secret: ${verb} ${word} x`)).toBe(`secret: ${verb} ${word} x`);
    expect(redactString(`secret: derived x${word} x`)).toBe(`secret: [REDACTED] x${word} x`);
    expect(redactString(`secret: winter ${word} x`)).toBe(`secret: [REDACTED] ${word} x`);
  },
);

test.for(["password", "passwords", "secret", "token", "credential", "mnemonic", "passphrase"])(
  "redactString() keeps the noun %s before what it is of",
  (noun) => {
    for (const word of ["string", "value", "field", "input", "values"])
      expect(redactString(`api key: ${noun} ${word} x`)).toBe(`api key: ${noun} ${word} x`);
    expect(redactString(`api key: ${noun} winter x`)).not.toBe(`api key: ${noun} winter x`);
  },
);

test.for([
  "sessionId",
  "session_id",
  "session-id",
  "sess_id",
  "sessId",
  "sid",
  "connect.sid",
  "user_sid",
  "userSid",
])("redactString() keeps the name of a session after %s", (label) => {
  for (const name of ["lobby", "chatId"])
    expect(redactString(`${label}: ${name} x`)).toBe(`${label}: ${name} x`);
});

const GONE: Readonly<Record<string, string>> = {
  "a code of two digits": "otp: «12»",
  "a pin of two digits": "pin code: «12»",
  "a check number": "cvv: «12»",
  "the drawn identifier of a session": "sessionId: «s3ssion{an16}»",
  "a long word for a session": "sessionId: «abcdefghi»",
  "the drawn identifier of a secret": "secret_id: «{an20}»",
  "a cookie": "cookie: «sid=abc; theme=dark»",
  "a cookie whose name is a word": "cookie: «missing=1; theme=dark»",
  "words in quotation marks": "password: '«enter the dragon»'",
  "a verb that is no word for a state": "password: «choose»",
  "a verb before a number": "password: «choose» 7",
  "a plural before a number": "password: «Summers» 12 times",
  "a member of another name": "this.apiKey = «winterSun»",
  "a word in capitals without a flag": "password: «WINTER»",
  "a verb that is not followed by its source": "private key: «derived» 7",
  "a number of six digits": "password: «123456» words",
};
test.for(Object.entries(GONE))("redactString() removes what only looks like a sentence: %s", ([, text]) => {
  const { given, left } = marked(text);
  expect(redactString(given)).toBe(left);
});
