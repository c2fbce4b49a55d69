import { expect, test } from "vitest";
import { classifyKey } from "./_classify_key.ts";

const KINDS = {
  secret:
    "password DB_PASSWORD wallet.privateKey private_key_int minterPrivkey pgpassword passwd apiKey x-api-key API_KEY opensea.apiKey client_secret accessToken refresh_token session.id sessionId mnemonic seed_phrase recoveryPhrase authorization set-cookie otp userPassword2 passwordHash keypair chainCode Passwort contraseña 私钥 RPC_SECRET aws_secret_access_key",
  weak: "usage.prompt_tokens code.function session.duration token key auth seed signer pin user.token",
  public:
    "token.id api_key.id key.type tx.hash transactionHash block.hash stateRoot merkle_root event.topic0 log.topics role slot conduitKey publicKey token.address_hash order_id poolId container.id idempotency_key cache.key ens.node",
  pii: "user.email phone phone_number kyc.passport_number date_of_birth dateOfBirth iban contact.email.primary tax_id",
  ip: "client.address x-forwarded-for remote_ip",
  name: "first_name fullName kyc.legal_name",
  neutral:
    "message args.0 token.address token.symbol password.length secret.name card.rarity phone.model email.template",
};

for (const [kind, keys] of Object.entries(KINDS)) {
  test.each(keys.split(" "))(`classifyKey() says ${kind} of %s`, (key) => {
    expect(classifyKey(key).kind).toBe(kind);
  });
}

test.each([
  ["db.statement", "sql", true],
  ["db.query.text", "sql", true],
  ["query", "sql", false],
  ["url.path", "url", "path"],
  ["url.query", "url", "query"],
  ["http.target", "url", "path"],
  ["rpc.endpoint", "url", "endpoint"],
  ["server.address", "url", "host"],
  ["message", "url", undefined],
  ["permit.signature", "signature", true],
  ["tx.hash", "signature", false],
  ["wallet.seed", "words", true],
  ["tx.hash", "publicHex", true],
  ["password_hash", "publicHex", false],
] as const)("classifyKey() reads %s: %s is %s", (key, field, value) => {
  expect(classifyKey(key)[field]).toBe(value);
});

test("classifyKey() is bounded on a key of any length", () => {
  expect(classifyKey("a".repeat(1_000_000)).kind).toBe("neutral");
});
