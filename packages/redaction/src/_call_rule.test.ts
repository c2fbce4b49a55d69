import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString, redactValue } = createRedactor();

/** Calls whose last text is a secret. */
const CALLS: readonly string[] = [
  'redis.auth("«Winter7sun»")',
  "client.basicAuth('bob', '«Winter7sun»')",
  'Wallet.fromEncryptedJson(json, "«open sesame»")',
  'Wallet.fromEncryptedJsonSync(json, "«open sesame»")',
  'createHmac("sha256", "«Winter7sun»")',
  'createClient("https://db.example", "«Winter7sun»")',
  'bcrypt.hash("«Winter7sun»", 10)',
  'bcryptjs.compare("«Winter7sun»", digest)',
  "argon2.verify(digest, '«Winter7sun»')",
  'scrypt.hashSync("«Winter7sun»")',
  'createCipheriv("aes-256-cbc", "«Winter7sun»")',
  'createDecipheriv("aes-256-cbc", "«Winter7sun»")',
  'sgMail.setApiKey("«Winter7sun»")',
  "client.setPassword('«Winter7sun»')",
  "client.setAuthToken(`«Winter7sun»`)",
  'client.setAccessToken("«Winter7sun»")',
  "auth.signInWithPassword('«Winter7sun»')",
  "signInWithEmailAndPassword(auth, 'bob', '«Winter7sun»')",
  "createUserWithEmailAndPassword(auth, 'bob', '«Winter7sun»')",
  'web3.unlockAccount("0x52908400098527886E0F7030069857D2E4169EE7", "«Winter7sun»")',
  'web3.importRawKey("«Winter7sun»")',
  'vault.unlock("«Winter7sun»")',
  'jwt.sign(payload, "«Winter7sun»")',
  'jsonwebtoken.verify(token, "«Winter7sun»")',
  'wallet.encrypt("«Winter7sun»")',
  'signer.encrypt("«Winter7sun»")',
  'keystore.decrypt("«Winter7sun»")',
  'cipher.encryptSync("«Winter7sun»")',
  'crypto.decrypt(box, "«Winter7sun»")',
  "AES.encrypt(text, '«Winter7sun»')",
  'hotWallet.decrypt("«Winter7sun»")',
  'new Stripe("«Winter7sun»")',
  'new Resend("«Winter7sun»")',
  'new OpenAI("«Winter7sun»")',
  'new Anthropic("«Winter7sun»")',
  'new Octokit("«Winter7sun»")',
  'new WebClient("«Winter7sun»")',
  'new Telegraf("«Winter7sun»")',
  'new ethers.InfuraProvider("mainnet", "«Winter7sun»")',
  'new AlchemyProvider("mainnet", "«Winter7sun»")',
  'new AnkrProvider("mainnet", "«Winter7sun»")',
  'new QuickNodeProvider("mainnet", "«Winter7sun»")',
  'new QuicknodeProvider("mainnet", "«Winter7sun»")',
  'new ChainstackProvider("mainnet", "«Winter7sun»")',
  'new ethers.providers.EtherscanProvider("mainnet", "«Winter7sun»")',
  'new PocketProvider("mainnet", "«Winter7sun»")',
  'new BlockscoutProvider("mainnet", "«Winter7sun»")',
  'new AlchemyWebSocketProvider("mainnet", "«Winter7sun»")',
  'const auth = ("«Winter7sun»")',
  "requests.get(url, auth=('bob', '«Winter7sun»'))",
  "client.auth ('«Winter\\'7sun»')",
  'vault.unlock("main", id(1), "«Winter7sun»") || log.fail',
  'vault.unlock("main", "«Winter7sun»"); return "later"',
];

test.for(CALLS)("redactString() removes the last text among the arguments: %s", (line) => {
  const { given, left } = marked(line);
  expect(redactString(given)).toBe(left);
});

/** Names and values in pairs, in either order. */
const PAIRS: readonly string[] = [
  'config.set("api_secret", "«Winter7sun»")',
  '["x-api-key", "«Winter7sun»"]',
  "Object { 'password' => '«Winter7sun»' }",
  "{ `password`, `«Winter7sun»` }",
  'set( "password" "«Winter7sun»")',
  '"password", "«it\\"s me 7»"',
  '{"value":"«Winter7sun»","name":"API_SECRET"}',
  "value: '«Winter7sun»', key: 'db.password'",
  'value="«Winter7sun»", id="password"',

  ...["infura", "alchemy", "etherscan", "pocket", "ankr", "quicknode", "chainstack", "blockscout"].map(
    (vendor) => `getDefaultProvider("mainnet", { ${vendor}: "«{an32}»" })`,
  ),
  "{ 'alchemy' : '«{w16}»' }",
];

test.for(PAIRS)("redactString() removes the value of a pair: %s", (line) => {
  const { given, left } = marked(line);
  expect(redactString(given)).toBe(left);
});

const KEPT: readonly string[] = [
  // The secret is a variable, and an algorithm or a network stands last.
  ...[
    "sha256",
    "sha-512",
    "sha-512-256",
    "md5",
    "aes-256-gcm",
    "hex",
    "base64",
    "base64url",
    "utf8",
    "utf-8",
  ].map((name) => `createHmac("${name}", key)`),
  ...["HS256", "RS512", "ES384", "latin1", "ws", "wss", "http", "https"].map(
    (name) => `jwt.verify(token, key, "${name}")`,
  ),
  ...[
    "mainnet",
    "homestead",
    "sepolia",
    "goerli",
    "holesky",
    "hoodi",
    "polygon",
    "matic",
    "amoy",
    "mumbai",
  ].map((name) => `new InfuraProvider("${name}")`),
  ...["arbitrum", "optimism", "base", "bnb", "linea"].map((name) => `new AlchemyProvider("${name}")`),
  'redis.auth(password); log("Winter7sun")',
  "redis.auth(password)\nlog('Winter7sun')",
  'wallet.sign("0x52908400098527886E0F7030069857D2E4169EE7")',
  'createClient("https://db.example")',
  `jwt.verify(token, \`${"$"}{secret}\`)`,
  'unauth("Winter7sun")',
  'this.xjwt.sign2("Winter7sun")',
  '["password", "api_key", "token"]',
  '["password", "email"]',
  '["user", "Winter7sun"]',
  '{"value":"Winter7sun","name":"nickname"}',
  '{ infura: "short" }',
];

test.for(KEPT)("redactString() keeps arguments and pairs that hold no secret: %s", (line) => {
  expect(redactString(line)).toBe(line);
});

test.for([
  'apiKey must be a string, but was "«correct horse 7»"',
  "privateKey must be 32 bytes, got «{an32}»",
  'walletPassword must be a `string`, but the final value was: `"«hunter2-Pass»"`',
  'Variable "$input" got invalid value "«{an32}»" at "input.privateKey"',
  '{"type":"field","value":"«Winter 7 sun»","path":"apiKey"}',
])("redactString() removes what a validator quotes: %s", (line) => {
  const { given, left } = marked(line);
  expect(redactString(given)).toBe(left);
});

test("redactValue() keeps keys of objects in a store", () => {
  const value = "masters/d3b46ee4-8f61-42f9-aaaf-a40380b2ba4b.wav";
  expect(redactValue("aws.s3.key", value)).toBe(value);
});
