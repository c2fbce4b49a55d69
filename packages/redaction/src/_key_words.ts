const words = (text: string): ReadonlySet<string> =>
  new Set(text.split(/\s*[\n,]\s*/).filter((w) => w !== ""));

/** Phrases whose value is a secret whatever it looks like. Matched as whole words, anywhere in the key. */
export const SECRET_PHRASES: ReadonlySet<string> = words(`
  password, passwords, passwd, pwd, passphrase, passphrases, pass word, passcode, pass phrase, secret, secrets, credential, credentials,
  mnemonic, mnemonics, xprv, xpriv, wif, otp, totp, cvv, cvc, cvv2, authorization, cookie, cookies, set cookie, sym key, htpasswd, privkey, jwt, sessid, sid,
  private key, private keys, priv key, priv keys, pvt key, pk hex, secret key, secret keys, signing key, signing keys, signer key, signer keys, encryption key, decryption key,
  master key, master seed, api key, api keys, api secret, api token, app key, app secret, access key, access keys, access token, auth token,
  auth key, auth secret, bearer token, bearer, refresh token, id token, session token, session id, session key, session secret, client secret, consumer secret,
  project secret, project key, jwt secret, webhook secret, seed phrase, seed words, wallet words, recovery phrase, recovery words, recovery code, recovery codes,
  recovery key, backup phrase, backup code, backup codes, backup words, secret phrase, wallet seed, hd seed, seed hex, root seed, mnemonic seed, bip39 seed, wallet key, account key, deployer key, minter key,
  owner key, admin key, operator key, relayer key, validator key, sequencer key, proposer key, treasury key, hot key, cold key, user key, service key, service role key, extended key, extended private,
  ssh key, pgp key, gpg key, hmac key, hmac secret, rsa key, raw key, key pair, key pairs, keypair, shared key, shared secret, storage account key, sas token, csrf token, xsrf token, personal access token,
  proxy authorization, auth header, subscription key, license key, chain code, extra entropy, signing secret, signing seed, unlock code, verification code, security code, pin code, wallet pin, user pin, card pin, one time code,
  two factor code, mfa code, sms code, encrypted key, unlock password, php sessid, j sessionid, connect sid, security answer, rpc secret, rpc key, rpc token, infura key, infura id, infura project id, alchemy key, alchemy id,
  etherscan key, quicknode key, quicknode token, ankr key, moralis key, pinata key, opensea key, infura project secret, database url, conn str password, aws secret, dkey, x auth, account seed, account secret, spending key, viewing key, view key, spend key,
  root token, secret id, gh pat, github pat, gitlab pat, pat token, pass code, pin number, pincode, kek, dek, xsrf, pepper, hash salt, password salt, session salt, pw, otk, mpc share, user share, device share,
  shamir share, dkg share, key share, key shares, seed share, recovery share, auth share, key shard, secret share, secret shares, secret shard, private share, signing share, backup share, unseal key, unseal keys, unseal share,
  wallet pass, db pass, database pass, admin pass, root pass, user pass, smtp pass, mail pass, redis pass, mysql pass, mongo pass, postgres pass, pg pass, pgpass, keystore pass, key pass, keypass, store pass, storepass, rpc pass, app pass, login pass, auth pass, proxy pass, service pass, ftp pass, ssh pass, sudo pass,
  preimage, blinding factor, hex seed, private, decryption password, keystore password, accounts private, passwort, kennwort, contrasena, mot de passe, senha, parola, wachtwoord, haslo, clave privada, cle privee, chave privada, losenord, jelszo, пароль, 密码, 密碼, 口令, 密钥, 私钥, 私鑰, 秘密鍵, 助记词, 助記詞, パスワード, 비밀번호, 개인키, приватный ключ, schlussel, private schlussel
`);

/** Words whose value is a secret only if it looks like one: a web3 token is mostly an asset, a key mostly a name. */
export const WEAK_WORDS: ReadonlySet<string> = words(
  "token, tokens, key, keys, auth, seed, seeds, pass, pin, entropy, sig, code, session, sess, creds, wallet words, words, phrase, login, nonce secret, signer, hash secret, access",
);

/** A key that ends in one of these says something about the secret, not the secret. */
export const HARMLESS_TAILS: ReadonlySet<string> = words(`
  address, addresses, addr, id, ids, count, counts, length, lengths, len, size, sizes, timeout, timeouts, handler, handlers, calls, name, names, type, types, kind, index, idx, version, versions, symbol,
  symbols, decimals, supply, standard, uri, ttl, expiry, expires, expired, expiration, at, exp, status, state, valid, validity, enabled, disabled,
  required, present, exists, provided, used, limit, limits, remaining, total, usage, max, min, prompt, completion, input, output, cached,
  policy, rotation, rotated, algorithm, alg, algo, in, format, encoding, label, labels, alias, owner, holder, contract, amount, amounts, price, balance, rate, path,
  file, filename, location, ref, reference, arn, fingerprint, thumbprint, hint, strength, score, attempts, attempt, retries, reset, changed,
  updated, created, issued, source, provider, issuer, scope, scopes, audience, error, errors, message, reason, url, bits, curve, public, kid, set, is, has, ok, ms, seconds, sec, time, date, age, days, loaded, found, missing, match, matches, matched, verified, checked, encrypted, hashed, masked, redacted, storage, manager, service, backend, vault, store, flow, method, mode, level, step, stage, event, action, operation, field, column, table, header names
`);

/** Phrases that stay readable although a word in them looks secret. */
export const PUBLIC_PHRASES: ReadonlySet<string> = words(`
  public key, public keys, pub key, pub keys, pubkey, pubkeys, verification key, verifying key, publishable key, conduit key, idempotency key, partition key, primary key, foreign key,
  cache key, sort key, routing key, message key, object key, storage key, s3 key, redis key, map key, row key, lock key, metric key, attribute key, label key, translation key, i18n key, group key, dedupe key, key hash, vrf key hash, socket key, websocket key, rbac authorization, token in, token out, token a, token b, token 0, token 1,
  gas token, payment token, fee token, reward token, lp token, collateral token, proving key, verifier key, anon key, site key, feature key, key type, key id, key name, key usage, public address
`);

/** Words that say: a 32-byte value here is public. */
export const PUBLIC_HEX_WORDS: ReadonlySet<string> = words(`
  hash, hashes, tx, txs, txn, txns, txid, txhash, transaction, transactions, block, blockhash, root, roots, topic, topics, topic0, topic1, topic2, topic3, role, roles, slot, slots, salt, digest, digests,
  sha, sha256, sha3, keccak, keccak256, sha2, checksum, integrity, commit, commitment, commitments, proof, proofs, leaf, leaves, merkle, namehash, separator, conduit, selector, uid, nullifier, nullifiers,
  receipt, revision, etag, bloom, mixhash, parent, uncle, ommers, codehash, initcode, bytecode, bytecodehash, blob, blobhash, versioned, withdrawals, stateroot, storage, position, fingerprint,
  guid, domain, schema, typehash, userop, userophash, ancestor, epoch, header, logs, calldata, image, layer, manifest, sri, cid, multihash, public, pubkey, attestation, vkey, labelhash, feed, finalized, justified, userop, condition, mined, circuit, witness hash, permission, interface, ens
`);

/** Words that, before "id", name a public 32-byte identifier. */
export const PUBLIC_ID_OWNERS: ReadonlySet<string> = words(`
  order, pool, request, message, market, condition, question, proposal, deposit, operation, transfer, bundle, job, asset, position, token, collection,
  intent, listing, offer, bid, auction, round, game, bet, loan, vault, escrow, subscription, stream, batch, trade, route, swap, quote, node, schema, attestation, chain, subgraph, blob, task, strategy, reserve, ticket, payment, invoice, event, log, tx, transaction, block, trace, span, parent, nft, item, edition, artwork, vrf, query, correlation, container, pod, image, machine, volume, network, deployment, release, build, run, workflow, replica, process
`);

/** Personal data by key. */
export const PII_PHRASES: ReadonlySet<string> = words(`
  email, e mail, emails, mail address, email address, phone, phone number, mobile, mobile number, msisdn, telephone, tel, fax, ssn, social security, social security number, national id, national insurance, tax id, tin, vat id, passport, passport number, passport no,
  date of birth, birth date, birthdate, birthday, dob, iban, bic, account number, routing number, sort code, card number, credit card, credit card number, debit card, pan number, driver license, drivers license, driving licence, driver licence, license number, id number, identity number, id card, document number, document id, kyc document, street, street address,
  postal address, home address, shipping address, billing address, postal code, postcode, zip code, zip, place of birth, birth place, mothers maiden name, maiden name, nationality, ethnicity, religion, gender, biometric, geo lat, geo lon, latitude, longitude, aadhaar, cpf, curp, nif, dni, nino
`);

/** Names of people by key: the pack `names`. */
export const NAME_PHRASES: ReadonlySet<string> = words(
  "first name, last name, full name, given name, family name, surname, middle name, legal name, real name, display name, holder name, cardholder, cardholder name, beneficiary name, customer name, contact name, kyc name, artist name legal, enduser full name",
);

/** Addresses of persons' machines by key: the pack `ip`. */
export const IP_PHRASES: ReadonlySet<string> = words(
  "client address, client ip, remote ip, remote addr, remote address, peer ip, user ip, source ip, source address, ip, ip address, ip addr, x forwarded for, forwarded for, x real ip, real ip, net peer ip, network peer address, net sock peer addr, http client ip, cf connecting ip, true client ip, forwarded",
);
