import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";

const { redactString, redactValue } = createRedactor({ packs: "all" });

/** A section sign stands for a dollar before a brace, which the linter takes for a mistaken template. */
const dollars = (text: string): string => text.replaceAll("§", "$");

function kept(texts: readonly string[]): void {
  const written = texts.map(dollars);
  expect(written.map((text) => redactString(text))).toEqual(written);
}

/** Each text holds `hunter2x`, or what the second member says, and loses it. */
function gone(texts: readonly (string | readonly [text: string, secret: string])[]): void {
  for (const entry of texts) {
    const [text, secret] = typeof entry === "string" ? [entry, "hunter2x"] : entry;
    expect(text).toContain(secret);
    expect(redactString(dollars(text)), text).not.toContain(secret);
  }
}

test("redactString() keeps positions in files that are named after secrets", () => {
  kept([
    "at Object.privateKeyToAccount (/app/node_modules/viem/accounts/privateKeyToAccount.ts:60:12)",
    "    at /app/src/secrets.ts:5:1\n    at async main (/app/src/index.ts:1:1)",
    "at login (file:///srv/app/dist/login/password.mjs:3:1)",
    "at apiKey (/app/src/middleware/api-key.ts:8:3)",
    "at https://app.acme.dev/assets/private-key-Bx81f2aQ.js:1:2231",
    "Secret.sol:4:1: Error: expected identifier",
    "lib/password.js:44:9: warning: unused variable",
    "secret.ts:31",
    '{"file":"mnemonic.rs:12:4","line":12}',
  ]);
});

test("redactString() does not take a value after the name of a file for a position", () => {
  gone([
    ["secrets.json: password=77hunter2x", "77hunter2x"],
    "password.txt:1:hunter2x",
    "config/secrets.ts:31 password: hunter2x",
    ["api_key.env:4f9hunter2x", "4f9hunter2x"],
  ]);
});

test("redactString() keeps variables, templates and paths of stores in place of secrets", () => {
  kept([
    "PRIVATE_KEY=§{DEPLOYER_KEY}\nRPC_URL=§{RPC_URL}",
    "password: §{{ secrets.DB_PASSWORD }}",
    "headers: { Authorization: `Bearer §{token}` }",
    "type Signer = { privateKey: `0x§{string}` }",
    "password: {{ .Values.db.password }}, user: minter",
    "DB_PASSWORD=%DB_PASSWORD%",
    "Authorization: Bearer <token>",
    "Authorization: Bearer $TOKEN",
    "apiKey: vault:secret/data/minter#apiKey",
    'password: "op://prod/minter/password"',
    "password: /run/secrets/db_password",
    "password: !vault secret/minter",
    '{"apiKey":"$API_KEY","password":"<your password>","secret":"***"}',
    "privateKey: process.env.PRIVATE_KEY!",
    'password = os.environ["DB_PASSWORD"]',
    "wallet.privateKey = await kms.decrypt(blob)",
    "const password = options.db.password;",
    "secret=[object Object]",
    "password: (hidden)",
    "password = $(cat /run/secrets/db)",
  ]);
});

test("redactString() removes what only looks like a variable, and the default of one", () => {
  gone([
    "password: $hunter2x",
    "password: §{hunter2x",
    "DB_PASSWORD=§{DB_PASSWORD:-hunter2x}",
    "password: §{db.password:hunter2x}",
    "password: hunter2x.config",
    "password: crypt(hunter2x)",
    "apiKey: vault:hunter2x",
    "password: /hunter2x",
    "Authorization: Bearer hunter2xhunter2xhunter2x",
    "password=%hunter2x%",
  ]);
  expect(redactValue("DB_PASSWORD", dollars("§{DB_PASSWORD:-hunter2x}"))).toBe("[REDACTED]");
});

test("redactString() keeps sentences, counts and states after a label", () => {
  kept([
    "missing API key: add it under Settings > Keys",
    "wrong password: try again",
    "- `credentials`: Configures the Access-Control-Allow-Credentials header",
    "private keys: 3 loaded, 0 skipped",
    "mnemonic: 12 words",
    "seed phrase: backed up",
    "cookies: 3",
    "authorization: granted",
    "sessionId: chatId",
    '{"apiKeys":3,"apiKeys":[]}',
    "| isJWT(str) | check if the string is a JWT token |",
    "HGETALL apikey:minter",
    "GET session:42",
  ]);
});

test("redactString() removes a password that a sentence or a number only resembles", () => {
  gone([
    "wrong password: hunter2x again",
    ["password: 1234", "1234"],
    ["passwd: 123", "123"],
    ["password: Summers", "Summers"],
    ["password: Summers 12 times", "Summers"],
    ["wrong password: letmein please", "letmein"],
    ["sessionId: s3ss10nhunter2x", "s3ss10n"],
    ["GET session:s%3AhUnter2xAbCdEfGh1234567890", "hUnter2x"],
  ]);
});

test("redactString() keeps types, schemas, declarations and documents without literals", () => {
  kept([
    "interface Config { privateKey: Hex; apiKey: string; rpcUrl: URL }",
    "getPublicKey: (privateKey: Hex) => Uint8Array",
    "mutation Login($email: String!, $password: String!) { login(email: $email, password: $password) { token } }",
    "query Keys($apiKey: ID!) { client(apiKey: $apiKey) { id } }",
    "CREATE TABLE keys (id uuid PRIMARY KEY, private_key text NOT NULL, password varchar(64))",
    '{"type":"object","required":["privateKey"],"properties":{"privateKey":{"type":"string","pattern":"^0x[0-9a-f]{64}$"},"password":{"type":"string","minLength":12}}}',
    '{"cookies":{"enabled":true,"sameSite":"lax"},"credentials":"include"}',
    "fetch(url, { credentials: 'same-origin' })",
    "password: [must contain 12 characters]",
    'invalid function fragment (argument="obj", value="transfer(address", code=INVALID_ARGUMENT, version=6.17.0)',
  ]);
});

test("redactString() removes the members of what only looks like a schema", () => {
  gone([
    '{"secret":{"type":"raw","value":"hunter2x"}}',
    '{"password":{"type":"string","value":"hunter2x"}}',
    '{"password":{"type":"string","default":"hunter2x"}}',
    '{"password":{"type":"string","example":"hunter2x"}}',
    '{"credentials":{"type":"basic","value":"hunter2x"}}',
    '{"cookies":{"enabled":true,"flavour":"hunter2x"}}',
    "password: [must, hunter2x]",
  ]);
});

test("redactString() keeps names of resources whose parts colons divide", () => {
  kept([
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/minter/pk-AbCdEf",
    '{"secretArn":"arn:aws:secretsmanager:eu-west-1:1:secret:x-AbCdEf"}',
    "issuer did:key:z6MkQ563KZduQ4JmEgg2SZybuye6AhPR13vQ8MF2DCBQQ5EP",
  ]);
  const pem = `-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA7CuVMCh9vflvwx3f1VlG2t6M4ORSMRpTpdxJNFJ25u0=\n-----END PUBLIC KEY-----\n`;
  expect(redactValue("jwt.verification.pem", pem)).toBe(pem);
  gone(["arn secret: hunter2x", "did secret:hunter2x"]);
});
