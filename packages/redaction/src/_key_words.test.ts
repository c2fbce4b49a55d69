import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn } from "./testing/_marked.ts";

const { redactValue } = createRedactor({ packs: "all" });
const gone = (key: string, value: unknown): void => expect(redactValue(key, value), key).toBe("[REDACTED]");
const kept = (key: string, value: unknown): void => expect(redactValue(key, value), key).toBe(value);
const list = (text: string): string[] => text.trim().split(/\s*[\n,]\s*/);
/** The spellings of a key of several words. */
const spellings = (phrase: string): string[] => {
  const words = phrase.split(" ");
  const capital = (word: string): string => (word[0] ?? "").toUpperCase() + word.slice(1);
  return [
    words.join("_"),
    words.join("-"),
    words.join("."),
    words.join("_").toUpperCase(),
    words.map((word, i) => (i === 0 ? word : capital(word))).join(""),
  ];
};

const SECRET = list(`
  password, passwords, passwd, pwd, passphrase, passphrases, pass word, passcode, pass phrase, secret, secrets, credential, credentials
  mnemonic, mnemonics, xprv, xpriv, wif, otp, totp, cvv, cvc, authorization, cookie, cookies, set cookie, sym key, htpasswd, privkey, jwt
  private key, private keys, priv key, priv keys, pvt key, pk hex, secret key, secret keys, signing key, signing keys, signer key, signer keys
  encryption key, decryption key, master key, master seed, api key, api keys, api secret, api token, app key, app secret, access key, access keys
  access token, auth token, auth key, auth secret, bearer token, bearer, refresh token, id token, session token, session id, session key
  session secret, client secret, consumer secret, project secret, project key, jwt secret, webhook secret, seed phrase, seed words, wallet words
  recovery phrase, recovery words, recovery code, recovery codes, recovery key, backup phrase, backup code, backup codes, backup words
  secret phrase, wallet seed, hd seed, seed hex, root seed, mnemonic seed, wallet key, account key, deployer key, minter key
  owner key, admin key, operator key, relayer key, validator key, sequencer key, proposer key, treasury key, hot key, cold key, user key
  service key, service role key, extended key, extended private, ssh key, pgp key, gpg key, hmac key, hmac secret, rsa key, raw key, key pair
  key pairs, keypair, shared key, shared secret, storage account key, sas token, csrf token, xsrf token, personal access token
  proxy authorization, auth header, subscription key, license key, chain code, extra entropy, signing secret, signing seed, unlock code
  verification code, security code, pin code, wallet pin, user pin, card pin, one time code, two factor code, mfa code, sms code, encrypted key
  unlock password, connect sid, security answer, rpc secret, rpc key, rpc token, infura key, infura id, infura project id, alchemy key
  alchemy id, etherscan key, quicknode key, quicknode token, ankr key, moralis key, pinata key, opensea key, infura project secret
  aws secret, dkey, x auth, account seed, account secret, spending key, viewing key, view key, spend key, root token, secret id, gh pat
  github pat, gitlab pat, pat token, pass code, pin number, pincode, kek, dek, pepper, hash salt, password salt, session salt, otk
  mpc share, user share, device share, shamir share, dkg share, key share, key shares, seed share, recovery share, auth share, secret share
  private share, signing share, backup share, unseal key, unseal keys, unseal share, wallet pass, db pass, database pass, admin pass, root pass
  user pass, smtp pass, mail pass, redis pass, mysql pass, mongo pass, postgres pass, pg pass, pgpass, keystore pass, key pass, keypass
  store pass, storepass, rpc pass, app pass, login pass, auth pass, proxy pass, service pass, ftp pass, ssh pass, sudo pass, preimage
  blinding factor, hex seed, passwort, kennwort, contrasena, mot de passe, senha, parola, wachtwoord, haslo, clave privada, cle privee
  chave privada, losenord, jelszo, contraseña, schlüssel`);

test.for(SECRET)("redactValue() removes whatever stands under the key of a secret: %s", (phrase) => {
  for (const key of [...spellings(phrase), `args.0.${phrase.replaceAll(" ", "_")}`]) {
    gone(key, "winter");
    gone(key, 4711);
  }
});

test.for([
  "пароль",
  "密码",
  "密碼",
  "口令",
  "密钥",
  "私钥",
  "私鑰",
  "秘密鍵",
  "助记词",
  "助記詞",
  "パスワード",
  "비밀번호",
  "개인키",
])("redactValue() removes whatever stands under the key of a secret in another script: %s", (key) => {
  gone(key, "winter");
  gone(`user.${key}`, "winter");
});

const WEAK = list(
  "token, tokens, key, keys, auth, seed, seeds, pass, pin, entropy, sig, code, session, sess, creds, words, phrase, login, signer, access",
);
test.for(WEAK)("redactValue() removes what looks drawn under the key %s, and keeps a name", (key) => {
  gone(key, drawn("an", 24));
  gone(`x.${key}_q`, drawn("an", 24));
  for (const value of ["USDC", "page-2", "eip155:137", 7]) kept(key, value);
});

const TAILS = list(`
  address, addresses, addr, count, counts, length, lengths, len, size, sizes, timeout, timeouts, handler, handlers, calls, name, names, type
  types, kind, index, idx, version, versions, symbol, symbols, decimals, supply, standard, uri, ttl, expiry, expires, expired, expiration, at
  exp, status, state, valid, validity, enabled, disabled, required, present, exists, provided, used, limit, limits, remaining, total, usage, max
  min, prompt, completion, input, output, cached, policy, rotation, rotated, algorithm, alg, algo, in, format, encoding, label, labels, alias
  holder, contract, amount, amounts, price, balance, rate, path, file, filename, location, ref, reference, arn, fingerprint, thumbprint, hint
  strength, score, attempts, attempt, retries, reset, changed, updated, created, issued, source, provider, issuer, scope, scopes, audience
  error, errors, message, reason, bits, curve, public, kid, set, is, has, ok, ms, seconds, sec, time, date, age, days, loaded, found, missing
  match, matches, matched, verified, checked, encrypted, hashed, masked, redacted, storage, manager, service, backend, vault, store, flow
  method, mode, level, step, stage, event, action, operation, field, column, table`);
test.for(TAILS)("redactValue() keeps what a key says about a secret: its %s", (tail) => {
  for (const key of [`password_${tail}`, `mnemonic.${tail}`, `api-key-${tail}`]) {
    kept(key, "winter");
    kept(key, 4711);
  }
});

const PUBLIC = list(`
  public key, public keys, pub key, pub keys, pubkey, pubkeys, verification key, verifying key, publishable key, conduit key, idempotency key
  partition key, primary key, foreign key, cache key, sort key, routing key, message key, object key, storage key, redis key, map key
  row key, lock key, metric key, attribute key, label key, translation key, group key, dedupe key, key hash, vrf key hash, socket key
  websocket key, rbac authorization, token in, token out, token a, token b, token 0, token 1, gas token, payment token, fee token, reward token
  lp token, collateral token, proving key, verifier key, anon key, site key, feature key, key type, key id, key name, key usage`);
test.for(PUBLIC)("redactValue() keeps what stands under the public key %s", (phrase) => {
  for (const key of spellings(phrase)) {
    kept(key, "winter");
    kept(key, drawn("an", 24));
  }
  gone(`${phrase} password`, "winter");
});

const PERSONAL = list(
  `email, phone, phone number, passport number, date of birth, iban, card number, credit card, street, postal code, zip, nationality, gender, latitude`,
);
test.for(PERSONAL)(
  "redactValue() removes personal data under the key %s, and with the pack only",
  (phrase) => {
    const { redactValue: without } = createRedactor({ packs: ["wallet", "credentials"] });
    for (const key of spellings(phrase)) {
      gone(key, "winter");
      gone(key, 4711);
      expect(without(key, "winter"), key).toBe("winter");
    }
  },
);

test.for(
  list(
    "first name, last name, full name, given name, family name, surname, middle name, legal name, display name, cardholder, beneficiary name, customer name",
  ),
)("redactValue() removes names of people under the key %s with the pack for names only", (phrase) => {
  for (const key of spellings(phrase)) {
    gone(key, "Winter");
    expect(createRedactor().redactValue(key, "Winter"), key).toBe("Winter");
  }
});
