/** Phrases between commas. Before a plus stand words that are each followed by what comes after it: `a b + c, d`. */
function phrases(text: string): ReadonlySet<string> {
  const all = new Set<string>();
  for (const line of text.trim().split(/,?\s*\n\s*/)) {
    const [first = "", second] = line.split(" + ");
    const tails = (second ?? first).split(", ");
    for (const owner of second === undefined ? [""] : first.split(" "))
      for (const tail of tails) all.add(`${owner} ${tail}`.trim());
  }
  return all;
}

/** Phrases whose value is a secret whatever it looks like. Matched as whole words, anywhere in the key. */
export const SECRET_PHRASES: ReadonlySet<string> = phrases(`
  password, passwords, passwd, pwd, passphrase, passphrases, passcode, secret, secrets, credential, credentials, mnemonic, mnemonics, xprv, xpriv, wif, otp, totp, cvv, cvc,
  authorization, cookie, cookies, privkey, jwt, sessid, sid, bearer, keypair, dkey, kek, dek, xsrf, pepper, pw, otk, preimage, pincode, keypass, storepass, pgpass, csrf, macaroon, macaroons, zugangstoken
  private priv secret signing signer access api unseal + key, keys
  pvt sym encryption encrypted decryption master app auth session project recovery wallet account deployer minter owner admin operator relayer validator sequencer proposer treasury hot cold user service extended ssh pgp gpg hmac rsa raw shared subscription license rpc infura alchemy etherscan quicknode ankr moralis pinata opensea helius nownodes reservoir blast getblock chainstack drpc tenderly stream spending viewing view spend + key
  db database admin root user smtp mail redis mysql mongo postgres pg keystore key store rpc app login auth proxy service ftp ssh sudo wallet + pass
  api access auth bearer refresh id session csrf xsrf sas rpc quicknode root pat reset invite + token
  key seed recovery auth secret signing backup shamir dkg mpc user device private unseal + share
  recovery backup + code, codes
  unlock verification security pin sms mfa chain pass + code
  seed recovery backup secret pass + phrase
  seed wallet recovery backup + words
  wallet hd root mnemonic bip39 signing master hex account + seed
  infura alchemy session secret + id
  wallet user card + pin
  gh github gitlab + pat
  hash password session + salt
  pass word, pk hex, seed hex, service role key, extended private, accounts private, key pair, key pairs, set cookie, proxy authorization, auth header, x auth, key shares, secret shares, key shard, secret shard,
  extra entropy, one time code, two factor code, php sessid, j sessionid, connect sid, security answer, infura project id, database url, pin number, blinding factor,
  passwort, kennwort, contrasena, mot de passe, senha, parola, wachtwoord, haslo, clave privada, cle privee, chave privada, losenord, jelszo, пароль, 密码, 密碼, 口令, 密钥, 私钥, 私鑰, 秘密鍵, 助记词, 助記詞, パスワード, 비밀번호, 개인키, приватныи ключ, schlussel, private schlussel, clave de api, clave api, cle api, cle d api, chave de api, chave api, chiave api, chiave privata, ключ api, api ключ, api キー, jeton d acces
`);

/** Words whose value is a secret only if it looks like one: a web3 token is mostly an asset, a key mostly a name. */
export const WEAK_WORDS: ReadonlySet<string> = phrases(
  "token, tokens, key, keys, auth, private, seed, seeds, pass, pin, entropy, sig, code, session, sess, creds, wallet words, words, phrase, login, signer, access",
);

/** A key that ends in one of these says something about the secret, not the secret. */
export const HARMLESS_TAILS: ReadonlySet<string> = phrases(`
  address, addresses, addr, id, ids, count, counts, length, lengths, len, size, sizes, timeout, timeouts, handler, handlers, calls, name, names, type, types, kind, index, idx, version, versions, symbol,
  symbols, decimals, supply, standard, uri, ttl, expiry, expires, expired, expiration, at, exp, status, state, valid, validity, enabled, disabled,
  required, present, exists, provided, used, limit, limits, remaining, total, usage, max, min, prompt, completion, input, output, cached,
  language, locale, theme, trait, phase, policy, rotation, rotated, algorithm, alg, algo, in, format, encoding, label, labels, alias, owner, holder, contract, amount, amounts, price, balance, rate, path,
  file, filename, location, ref, reference, arn, fingerprint, thumbprint, hint, strength, score, attempts, attempt, retries, reset, changed,
  updated, created, issued, source, provider, issuer, scope, scopes, audience, error, errors, message, reason, url, bits, curve, public, kid, set, is, has, ok, ms, seconds, sec, time, date, age, days, loaded, found, missing, match, matches, matched, verified, checked, encrypted, hashed, masked, redacted, storage, manager, service, backend, vault, store, flow, method, mode, level, step, stage, event, action, operation, field, column, table, header names
`);

/** Phrases that stay readable although a word in them looks secret. */
export const PUBLIC_PHRASES: ReadonlySet<string> = phrases(`
  public key, public keys, pub key, pub keys, pubkey, pubkeys, verification key, verifying key, publishable key, conduit key, idempotency key, s 3 key, page key, continuation token, authorization list, partition key, primary key, foreign key,
  cache key, sort key, routing key, message key, object key, storage key, redis key, map key, row key, lock key, metric key, attribute key, label key, translation key, group key, dedupe key, key hash, socket key, websocket key, rbac authorization, token in, token out, token a, token b, token 0, token 1,
  gas token, page token, payment token, fee token, reward token, lp token, collateral token, proving key, verifier key, anon key, site key, feature key, key type, key id, key name, key usage, public address, hotkey, coldkey
`);

/** Words that say: a 32-byte value here is public. */
export const PUBLIC_HEX_WORDS: ReadonlySet<string> = phrases(`
  hash, hashes, wtxid, uncles, predecessor, genesis, tx, txs, txn, txns, txid, txhash, transaction, transactions, block, blockhash, root, roots, topic, topics, role, roles, slot, slots, salt, digest, digests,
  sha, keccak, checksum, integrity, commit, commitment, commitments, proof, proofs, leaf, leaves, merkle, namehash, separator, conduit, selector, uid, nullifier, nullifiers,
  receipt, revision, etag, bloom, mixhash, parent, uncle, ommers, codehash, initcode, bytecode, bytecodehash, blob, blobhash, versioned, withdrawals, stateroot, storage, position, fingerprint,
  guid, domain, schema, typehash, userop, userophash, ancestor, epoch, logs, calldata, image, layer, manifest, sri, cid, multihash, public, pubkey, attestation, vkey, labelhash, feed, finalized, justified, userop, condition, mined, circuit, permission, interface, ens, trx,
  transaktion, transaccion, transacao, transazione, транзакция, транзакции, транзакцию, хеш, 交易, 交易哈希, 哈希, 区块, トランザクション, ハッシュ, 거래, 해시
`);

/** Words that, before "id", name a public 32-byte identifier. */
export const PUBLIC_ID_OWNERS: ReadonlySet<string> = phrases(`
  order, pool, royalty, split, snapshot, request, message, msg, epoch, withdrawal, market, condition, question, proposal, deposit, operation, transfer, bundle, job, asset, position, token, collection,
  intent, listing, offer, bid, auction, round, game, bet, loan, vault, escrow, subscription, stream, batch, trade, route, swap, quote, node, schema, attestation, chain, subgraph, blob, task, strategy, reserve, ticket, payment, invoice, event, log, tx, transaction, block, trace, span, parent, nft, item, edition, artwork, vrf, query, correlation, container, pod, image, machine, volume, network, deployment, release, build, run, workflow, replica, process
`);

/** Personal data by key. */
export const PII_PHRASES: ReadonlySet<string> = phrases(`
  email, e mail, emails, mail address, email address, phone, phone number, mobile, mobile number, msisdn, telephone, tel, fax, ssn, social security, social security number, national id, national insurance, tax id, tin, vat id, passport, passport number, passport no,
  date of birth, dateofbirth, birth date, birthday, dob, iban, bic, account number, routing number, sort code, card number, credit card, debit card, pan number, driver license, drivers license, driving licence, driver licence, license number, id number, identity number, id card, document number, document id, kyc document, street, street address,
  postal address, home address, shipping address, billing address, postal code, postcode, zip code, zip, place of birth, birth place, maiden name, nationality, ethnicity, religion, gender, biometric, geo lat, geo lon, latitude, longitude, aadhaar, cpf, curp, nif, dni, nino
`);

/** Names of people by key: the pack `names`. */
export const NAME_PHRASES: ReadonlySet<string> = phrases(
  "first name, last name, full name, given name, family name, surname, middle name, legal name, real name, display name, holder name, cardholder, cardholder name, beneficiary name, customer name, contact name, kyc name, artist name legal",
);

/** Addresses of persons' machines by key: the pack `ip`. */
export const IP_PHRASES: ReadonlySet<string> = phrases(
  "client address, remote addr, remote address, source address, ip, network peer address, net sock peer addr, forwarded",
);
