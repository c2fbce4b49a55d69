import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn } from "./testing/_marked.ts";

const HASH = `0x${drawn("hex", 64)}`;
/** With a fresh redactor each, since a hash under a public key is public elsewhere from then on. */
const redact = (key: string, value: unknown): unknown =>
  createRedactor({ packs: "all" }).redactValue(key, value);
const list = (text: string): string[] => text.trim().split(/\s*[\n,]\s*/);

const WORDS = list(`
  hash, hashes, tx, txs, txn, txns, txid, transaction, transactions, block, root, roots, topic, topics, role, roles, slot, slots, salt, digest
  digests, sha, keccak, checksum, integrity, commit, commitment, commitments, proof, proofs, leaf, leaves, merkle, namehash, separator, conduit
  selector, uid, nullifier, nullifiers, receipt, revision, etag, bloom, mixhash, parent, uncle, ommers, codehash, initcode, bytecode, bytecodehash
  blob, blobhash, versioned, withdrawals, stateroot, storage, position, fingerprint, guid, domain, schema, typehash, userop, userophash, ancestor
  epoch, logs, calldata, image, layer, manifest, sri, cid, multihash, public, pubkey, attestation, vkey, labelhash, feed, finalized
  justified, condition, mined, circuit, permission, interface, ens, trx, transaktion, transaccion, transacao, transazione, транзакция
  транзакции, транзакцию, хеш, 交易, 交易哈希, 哈希, 区块, トランザクション, ハッシュ, 거래, 해시, topic0, sha256, keccak256, txHash, blockhash`);
test.for(WORDS)(
  "redactValue() keeps a value of 32 bytes under the word %s, but in a text, an error or of a secret",
  (word) => {
    for (const key of [word, `a.${word}.b`, `my_${word}`]) expect(redact(key, HASH), key).toBe(HASH);
    expect(redact(`${word}.error`, `got ${HASH}`)).toBe("got [REDACTED]");
    if (/^[a-z]+$/.test(word)) expect(redact(`${word}x`, HASH)).toBe("[REDACTED]");
    expect(redact(`otp.${word}`, HASH)).toBe("[REDACTED]");
  },
);

const OWNERS = list(`
  order, pool, request, message, msg, withdrawal, market, question, proposal, deposit, operation, transfer, bundle, job, asset, token, collection
  intent, listing, offer, bid, auction, round, game, bet, loan, vault, escrow, subscription, stream, batch, trade, route, swap, quote, node, chain
  subgraph, task, strategy, reserve, ticket, payment, invoice, event, log, trace, span, nft, item, edition, artwork, vrf, query, correlation
  container, pod, machine, volume, network, deployment, release, build, run, workflow, replica, process`);
test.for(OWNERS)("redactValue() keeps a value of 32 bytes under the identifier of the %s", (owner) => {
  for (const key of [`${owner}_id`, `${owner}Id`, `a.${owner}.id`]) expect(redact(key, HASH), key).toBe(HASH);
  for (const key of [owner, `${owner}x_id`, `${owner}_id_x`])
    expect(redact(key, HASH), key).toBe("[REDACTED]");
});

test.for(["starknet", "cairo", "aptos", "sui"])("redactValue() keeps the long addresses of %s", (chain) => {
  for (const tail of ["address", "account", "id"]) expect(redact(`${chain}.${tail}`, HASH)).toBe(HASH);
  expect(redact(`${chain}.value`, HASH)).toBe("[REDACTED]");
});

const PERSONAL = list(`
  email, emails, mail address, phone, phone number, mobile, mobile number, msisdn, telephone, tel, fax, ssn, social security
  social security number, national id, national insurance, tax id, tin, vat id, passport, passport number, passport no, date of birth
  dateofbirth, birth date, birthday, dob, iban, bic, account number, routing number, sort code, card number, credit card, debit card, pan number
  driver license, drivers license, driving licence, driver licence, license number, id number, identity number, id card, document number
  document id, kyc document, street, street address, postal address, home address, shipping address, billing address, postal code, postcode
  zip code, zip, place of birth, birth place, maiden name, nationality, ethnicity, religion, gender, biometric, geo lat, geo lon, latitude
  longitude, aadhaar, cpf, curp, nif, dni, nino`);
test.for(PERSONAL)(
  "redactValue() removes personal data under the key %s, numbered or sorted too",
  (phrase) => {
    const key = phrase.replaceAll(" ", "_");
    for (const name of [key, `user.${key}`, `${key}_2`, `${key}.home`])
      expect(redact(name, "winter"), name).toBe("[REDACTED]");
    expect(redact(`${key}_seen`, "winter")).toBe("winter");
  },
);

const SORTS =
  "number no value raw home work mobile primary secondary to from cc bcc billing shipping contact address text".split(
    " ",
  );
test.for(SORTS)("redactValue() reads past the word %s that sorts personal data", (word) => {
  expect(redact(`email_${word}`, "winter")).toBe("[REDACTED]");
});

test.for(
  list(
    "client address, client ip, remote addr, remote address, ip, network peer address, net sock peer addr, forwarded, source address, x_forwarded_for",
  ),
)("redactValue() reads the text under %s as one of addresses, and keeps words", (phrase) => {
  const key = phrase.replaceAll(" ", ".");
  expect(redact(key, "198.51.100.231")).toBe("[REDACTED]");
  expect(redact(key, "winter")).toBe("winter");
});

test.for(
  list(
    "surname, real name, display name, holder name, kyc name, contact name, artist name legal, cardholder",
  ),
)("redactValue() removes the name of a person under %s", (phrase) => {
  expect(redact(phrase.replaceAll(" ", "_"), "Winter")).toBe("[REDACTED]");
});

const JOINED = list(`
  privatekey, secretkey, signingkey, encryptionkey, masterkey, apikey, apikeys, appkey, accesskey, accesstoken, authtoken, authkey, bearertoken
  refreshtoken, sessiontoken, sessionkey, seedphrase, recoveryphrase, backupphrase, mnemonicphrase, keypair, chaincode, symkey, setcookie
  csrftoken, xsrftoken, sessionid, privkey, pgpassword, walletsecret, clientsecret, userpasswd, dbpassphrase, myprivatekey, mysecretkey
  myapikey, mymnemonic`);
test.for(JOINED)(
  "redactValue() removes whatever stands under a key that is written without a boundary: %s",
  (key) => {
    for (const name of [key, key.toUpperCase(), `x.${key}`])
      expect(redact(name, "winter"), name).toBe("[REDACTED]");
  },
);
