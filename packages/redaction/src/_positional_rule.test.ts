import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString } = createRedactor();

const GONE: Readonly<Record<string, string>> = {
  "a line of .pgpass with a short port": "db:54:mint:app:«Winter7sun»",
  "a line of .pgpass with an address": "10.a.0.1:5432:*:*:«Winter7sun»",
  "a line of .pgpass with an escaped colon": "db.internal:5432:mint:app:«Win\\:ter7»",
  "a line of .pgpass in quotation marks": 'echo "db.internal:5432:mint:app:«Winter7sun»" > x',
  "a command of a Redis driver": "{ name: 'auth', args: [ '«Winter7sun»' ] }",
  "a command of a Redis driver with a user": `{"command":"AUTH","arguments":["default","«Winter7sun»"]}`,
  "a command that is called cmd": "cmd='auth', args=['«Winter7sun»']",
  "AUTH of Redis": "ERR on AUTH «Winter7sun»",
  "AUTH of Redis with a user": "ERR on AUTH default «Winter7sun»",
  "user and pass": "no route for user bob pass «Winter7sun»",
  "username and password": "no route for username bob password «Winter7sun»",
  "PASS of FTP": "USER bob\nPASS «Winter7sun»\n",
  "PASS of a log": "> PASS «Winter7sun»",
  "AUTH PLAIN": "EHLO x\nAUTH PLAIN «{an24}»\n",
  "AUTH LOGIN": "EHLO x\nAUTH LOGIN «{an24}»\n",
};

test.for(Object.entries(GONE))("redactString() removes a password by its place: %s", ([, text]) => {
  const { given, left } = marked(text);
  expect(redactString(given)).toBe(left);
});

const LOGINS =
  "login|logon|logged in|signed in|sign-in|signin|connect as|connected as|connecting as|credential|credentials|creds|login as|login with|login is|login was|credentials were|credentials are|login for|login of|login failed|login to".split(
    "|",
  );
test.for(LOGINS)("redactString() removes the password after the slash: %s", (words) => {
  for (const [before, after] of [
    [" ", " now"],
    ["  ", ", retry"],
    [' "', '"'],
  ]) {
    const { given, left } = marked(`${words}${before}bob/«Winter7!»${after}`);
    expect(redactString(given)).toBe(left);
  }
});

const CRYPT =
  "apr1 1 2 2a 2b 2x 2y 5 6 7 y gy sha1 md5 argon2id argon2i argon2d scrypt bcrypt-sha256 pbkdf2 pbkdf2-sha512".split(
    " ",
  );

test.for(CRYPT.map((id) => `$${id}$`))(
  "redactString() removes the hash of a password that begins with %s",
  (start) => {
    const { given, left } = marked(`bob:«${start}{an22}»:19000`);
    expect(redactString(given)).toBe(left);
    const short = marked(`bob:${start}{an7}:19000`).given;
    expect(redactString(short)).toBe(short);
  },
);

const KEPT: readonly string[] = [
  ...["eip155", "bip122", "solana", "cosmos", "caip", "did", "urn", "arn"].map(
    (scheme) => `${scheme}:5432:mint:app:Winter7sun`,
  ),
  "12:5432:mint:app:Winter7sun",
  "db:543210:mint:app:Winter7sun",
  "db.internal:5432:mint:app:Winter7sun:x",
  "login bob/staging now",
  "login bob/2024 now",
  "login bob/a1b2 now",
  "prelogin bob/Winter7sun now",
  "user and Winter pass 7sun",
  "user with x pass Winter7sun",
  "OAUTH Winter7sun",
  "the AUTH failures",
  "PASS src/auth.test.ts (3)",
  "PASS ./a/b.test.ts",
  "ok 3 PASS Winter7sun twice",
  "x$apr1$abcdefghijklmnop",
  "{ name: 'author', args: [ 'Winter7sun' ] }",
];

test.for(KEPT)("redactString() keeps what only looks like the place of a password: %s", (text) => {
  expect(redactString(text)).toBe(text);
});
