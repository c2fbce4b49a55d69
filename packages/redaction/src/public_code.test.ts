import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";

const { redactString } = createRedactor({ packs: "all" });
const HASH = `0x${"9c1b7e42d05fa386".repeat(4)}`;

function kept(texts: readonly string[]): void {
  expect(texts.map((text) => redactString(text))).toEqual(texts);
}

/** Each text loses what stands in it as a secret. */
function gone(texts: readonly string[], secret: string): void {
  for (const text of texts) {
    expect(text).toContain(secret);
    expect(redactString(text), text).not.toContain(secret);
  }
}

// Lines as nodes, clouds, databases, tools and validators of input write them; none holds a secret.
test("redactString() keeps ordinary lines of logs about secrets, chains and numbers", () => {
  const lines = readFileSync(new URL("../fixtures/ordinary_lines.txt", import.meta.url), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) =>
      line
        .replaceAll("\\n", "\n")
        .replaceAll("{HASH64}", HASH.slice(2))
        .replaceAll("{HASH}", HASH)
        .replaceAll("{ADDRESS}", "0x52908400098527886E0F7030069857D2E4169EE7"),
    );
  expect(lines.length).toBeGreaterThan(150);
  kept(lines);
});

test("redactString() keeps lines of programs that name secrets", () => {
  kept([
    "const cookies = parseSetCookie(res, {",
    "const desiredCookie = cookies['session'];",
    "res.headers['set-cookie'] = cookies.map(function(cookie) {",
    "getPublicKey: (privateKey: PrivKey, isCompressed?: boolean) => Uint8Array;",
    "fromPrivateKey(privateKey: PrivKey): ProjPointType<T>;",
    "randomPrivateKey: () => Uint8Array;",
    "const validPrivateKey = mod.hashToPrivateScalar(derived, p256.CURVE.n);",
    "password: auth[1],",
    "console.log(result.secrets === largeConfig.secrets)",
    "console.log('password:', password);",
    "this.apiKey = apiKey",
    "var cookie = require('cookie');",
    "credentials: grpc.credentials.createSsl(",
    "const sharedKey = x25519.getSharedSecret(alice.secretKey, bob.publicKey);",
    "p: 0x7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed,",
    ".prop('enumKey', S.enum(Object.values(MY_KEYS)))",
    ".description('execute the given remote cmd')",
    "'SELECT id, username FROM users WHERE id=$1', [req.params.id],",
    "select one wallet from the list 'MetaMask'",
  ]);
});

test("redactString() keeps documentation: links, prompts, stand-ins, names of files, sentences", () => {
  kept([
    "[bearer]: https://github.com/fastify/fastify-bearer-auth",
    "- [Password Prompt](#password-prompt)",
    'It will prompt for a passphrase: "Enter passphrase for key".',
    "changeset publish [--otp={token}]",
    "  password: 'your-password',",
    'OPENAI_API_KEY="your-api-key-goes-here"',
    'projectKey: "REPLACE_ME",',
    'LANGFUSE_SECRET_KEY="sk-lf-..."',
    "$ node foo --credentials /credentials.json --private-key ./keys/minter.pem",
    "- _password_: password string according to the specification",
    "a `Cookie:` header rather than a `Set-Cookie:` header",
    "If username and password are included, they should be urlencoded.",
    "https://dev.to/eomm/validation-and-serialization-in-fastify-v3-2e8l",
  ]);
});

test("redactString() removes secrets that only resemble programs and documentation", () => {
  gone(
    [
      "password = hash(hunter2x)",
      "password = x.y(hunter2x)",
      "password: hunter2x[1]",
      "login failed (user: bob, password: hunter2x): Timeout",
      "[bearer]: hunter2x",
      "[bearer]: https://bob:hunter2x@acme.dev",
      'password: "Enter hunter2x"',
      "password: 'hunter2x', password",
      "minter --password hunter2x --api-key KEY",
      "password: hunter2x via prompt",
      "user bob password hunter2x",
      "jwt: { algorithm: 'RS256', value: 'hunter2x' }",
      "credentials: { provider: 'aws', value: 'hunter2x' }",
      "Set-Cookie: hunter2x=1 a",
      "EXEC sp_addlogin 'bob', 'hunter2x'",
      "insert into users (email, password) values ('a', 'hunter2x')",
      "select * from users where password = 'hunter2x'",
      "create user bob identified by 'hunter2x'",
      "'SELECT * FROM users WHERE password = \"hunter2x\"'",
    ],
    "hunter2x",
  );
  gone(["login failed (user: bob, password: Hunter): Timeout", "password: Hunter, attempt 2"], "Hunter");
  gone(["password=PASSWORD"], "=PASSWORD");
  gone([`topics=[${HASH}], key ${HASH.replace("9c", "7c")}`], HASH.replace("9c", "7c").slice(2));
});
