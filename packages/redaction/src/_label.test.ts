import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { drawn } from "./testing/_marked.ts";

const { redactString, redactValue } = createRedactor();
const DIGITS = drawn("hex", 64);
const HASH = `0x${DIGITS}`;
const kept = (text: string, key?: string): void => expect(redactString(text, key)).toBe(text);
const gone = (text: string, key?: string): void =>
  expect(redactString(text, key)).toBe(text.replace(/(?:0x)?[0-9a-f]{64}/g, "[REDACTED]"));

test("redactString() removes a value of 32 bytes that nothing tells, in each way it is written", () => {
  for (const value of [HASH, DIGITS, `0x${DIGITS.toUpperCase()}`, `0X${DIGITS}`]) {
    expect(redactString(`got ${value} here`)).toBe("got [REDACTED] here");
    expect(redactString(`got "${value}"`)).toBe('got "[REDACTED]"');
  }
});

const NAMES =
  "hash txHash tx_hash transactionHash block_hash parentHash stateRoot receiptsRoot merkle_root merkleProof topic topics salt_hash commitment digest sha256 checksum bytecode calldata".split(
    " ",
  );
test.for(NAMES)("redactString() keeps a value after the name %s", (name) => {
  for (const text of [
    `${name}: ${HASH}`,
    `${name}=${DIGITS}, x`,
    `{"${name}":"${HASH}"}`,
    `{\\"${name}\\":\\"${HASH}\\"}`,
    `${name} => '${HASH}'`,
    `${name} := ${HASH}`,
    `${name}: ["${HASH}"]`,
  ])
    kept(text);
  kept(`the ${name} ${HASH} came`);
  gone(`the ${name} of the private key ${HASH} came`);
});

const METHODS =
  "eth_getTransactionByHash eth_getBlockByHash eth_getUncleCountByBlockHash eth_getLogs eth_getRawTransactionByHash eth_getUserOperationReceipt trace_transaction debug_traceTransaction ots_getTransactionError erigon_getHeaderByHash arbtrace_transaction zks_getTransactionDetails".split(
    " ",
  );
test.for(METHODS)("redactString() keeps the parameter of the method %s", (method) => {
  kept(`{"id":1,"method":"${method}","params":["${HASH}"]}`);
  gone(`{"id":1,"method":"x${method}","params":["${HASH}"]}`);
});

// The first parameter of these is an account, whatever their names speak of; what follows it is public.
test.for(
  "eth_getStorageAt eth_getProof eth_getTransactionCount ots_getTransactionBySenderAndNonce".split(" "),
)("redactString() removes 32 bytes in the place of the account of %s", (method) => {
  const bare = method.replace(/^\w+_/, "");
  for (const text of [
    `{"method":"${method}","params":["${HASH}","latest"]}`,
    `{ method: '${method}', params: [ '${HASH}' ] }`,
    `${bare}("${HASH}", 1) failed`,
    `web3.eth.${bare}(${HASH})`,
    `${bare} ${HASH}`,
  ])
    gone(text);
  gone(HASH, `${bare}.args.0`);
});
test.for([
  ["eth_getStorageAt", ""],
  ["eth_getProof", "["],
])("redactString() keeps a slot among the parameters of %s", ([method, open]) => {
  const address = `0x${"5c".repeat(20)}`;
  kept(`{"method":"${method}","params":["${address}",${open}"${HASH}"]}`);
  kept(`{"result":{"storageProof":[{"key":"${HASH}","value":"0x2a"}]}}`);
});

const ACCOUNT_NAMES =
  "from to sender signer owner holder wallet account deployer proposer receiver recipient minter payer relayer validator beneficiary caller coinbase";
test.for(ACCOUNT_NAMES.split(" "))(
  "redactString() removes 32 bytes that a %s of public things has",
  (name) => {
    for (const owner of ["tx", "transaction", "block", "root", "receipt", "role"]) {
      gone(HASH, `${owner}.${name}`);
      gone(DIGITS, `${owner}_${name}`);
      gone(`{"${owner}${name[0]?.toUpperCase()}${name.slice(1)}":"${HASH}"}`);
      gone(`{"${name}":"${HASH}"}`, `${owner}.request`);
      kept(`0x${"0".repeat(24)}${"5c".repeat(20)}`, `${owner}.${name}`);
    }
  },
);

test("redactString() reads the column in an error of PostgreSQL, and no label in the argument of a hash", () => {
  kept(`Key (tx_hash)=(${HASH}) already exists.`);
  gone(`Key (note)=(${HASH}) already exists.`);
  kept(`hash(token): ${HASH}`);
});

test("redactString() keeps the hashes that a chain was reorganised from and to", () => {
  for (const key of ["block.hash.from", "blockHashTo"]) {
    kept(HASH, key);
    kept(`{"${key}":"${HASH}"}`);
  }
});

test("redactString() keeps a padded slot after a weak name, and removes another", () => {
  kept(`{"key":"0x${"0".repeat(63)}2"}`);
  gone(`{"key":"${HASH}"}`);
});

test.for([
  "tx",
  "txn",
  "transaction",
  "block",
  "state root",
  "stateroot",
  "merkle root",
  "topic",
  "tx hash",
  "transaction id",
  "the tx",
  "a block",
])("redactString() keeps a value of which is said after it that it is the %s", (words) => {
  const said = /^(?:the|a) /.test(words) ? `is ${words}` : words;
  for (const text of [
    `got ${HASH} (${said})`,
    `got ${HASH} ${said}, ok`,
    `got "${HASH}" ${said}`,
    `got ${HASH}[${said}]`,
  ])
    kept(text);
  gone(`got ${HASH} x${words}`);
  expect(redactString(`got ${HASH} ${said}: 0x12`)).not.toContain(HASH);
});

const FATES =
  "mined|in block 7|included in block 7|in a block|to the mempool|to mempool|confirmed|not confirmed|not yet confirmed|yet confirmed|reverted|finalized|finalised|orphaned".split(
    "|",
  );
test.for(FATES)("redactString() keeps a value of which is told that it was %s", (fate) => {
  for (const link of ["", "was ", "is ", "has been ", "got ", "to be "]) kept(`got ${HASH} ${link}${fate}`);
  for (const account of ["wallet", "signer", "by", "with", "using", "via", "deployer", "owners"])
    gone(`${account} ${HASH} ${fate}`);
  gone(`got ${HASH} un${fate}`);
});

const ACCOUNTS =
  "account accounts address addresses beneficiary caller cause coinbase deployer from miner minter owner owners payer proposer receiver recipient relayer sender signer signers to validator wallet wallets".split(
    " ",
  );
test.for(ACCOUNTS)(
  "redactString() removes a value in the place of an account, though a hash is named before: %s",
  (word) => {
    gone(`tx hash ${word} ${HASH}`);
    kept(`${word} tx hash ${HASH}`);
  },
);

const MAKING =
  "send sending sent sign signing populate populating build building prepare preparing create creating simulate".split(
    " ",
  );
test.for(MAKING)(
  "redactString() takes the value after a transaction that is still to be made for no hash: %s",
  (word) => {
    gone(`${word} transaction with ${HASH}`);
    gone(`${word} tx (${HASH})`);
    kept(`found transaction ${HASH}`);
  },
);

test("redactString() reads no further back than the clause", () => {
  for (const end of ["\n", "; ", "} ", "| ", ". ", ", ", "&", '."']) gone(`tx hash${end}got ${HASH}`);
  for (const text of [`private key. tx hash ${HASH}`, `tx hash: ${HASH}, private key`]) kept(text);
  for (const word of ["key", "keys", "seed", "seeds", "entropy", "priv", "pk", "sk"])
    gone(`tx hash, ${word} ${HASH}`);
});

const OWNERS =
  "order pool request message msg market condition question proposal operation bundle intent listing offer auction trade swap quote attestation batch epoch game round deposit withdrawal transfer".split(
    " ",
  );
test.for(OWNERS)("redactString() keeps the identifier in a path after %s", (owner) => {
  for (const path of [
    `/v1/${owner}/${HASH}`,
    `/${owner}s/${HASH}`,
    `/my-${owner}/12/${HASH}`,
    `/${owner}#${HASH}`,
    `/${owner}/${DIGITS}`,
  ])
    kept(`GET ${path} 200`);
  gone(`GET /${owner}q/${HASH} 200`);
});

test.for(["tx", "transactions", "block", "hash", "root"])(
  "redactString() keeps the hash in a path after %s",
  (owner) => {
    kept(`GET /api/${owner}/${HASH} 200`);
  },
);

test.for([
  "bundle",
  "cast run",
  "cast tx",
  "cast receipt",
  "cast block",
  "userop",
  "user op",
  "user_operation",
  "user-op",
])("redactString() keeps the value after %s", (words) => {
  for (const text of [`${words} ${HASH} ok`, `"${words}": ${HASH}`, `${words}=${HASH}`, `${words} # ${HASH}`])
    kept(text);
  if (!/tx|receipt|block/.test(words)) gone(`x${words} ${HASH} ok`);
});

test.for(["extraData", "extra_data", "prevRandao", "prev_randao", "randao_reveal", "mixDigest", "graffiti"])(
  "redactString() keeps the field %s of a block",
  (name) => {
    for (const text of [`{"${name}":"${HASH}"}`, `${name}: ${HASH}`, `${name} = '${HASH}'`]) kept(text);
    gone(`x${name}y: ${HASH}`);
  },
);

const MISMATCHES = ["mismatch", "differs", "differ", "does not match", "doesn't match", "changed"];
test("redactString() keeps both values of a comparison of hashes", () => {
  for (const what of ["checksum", "hash", "digest", "root", "sha256", "sha-512", "integrity", "fingerprint"])
    for (const fate of MISMATCHES) kept(`${what} ${fate} for solc: expected ${HASH}`);
  for (const side of "expected want wanted have got actual computed calculated found received local remote".split(
    " ",
  )) {
    kept(`integrity mismatch for solc: ${side} ${HASH}`);
    gone(`wallet mismatch for solc: ${side} ${HASH}`);
    for (const word of "key secret seed signer wallet account private password".split(" "))
      expect(redactString(`integrity of the ${word} mismatch: ${side} ${HASH}`)).not.toContain(HASH);
  }
});

const LINKS =
  "and|but|vs|vs.|versus|or|!=|!==|<>|->|=>|computed|calculated|recomputed|derived|got|want|wanted|have|has|had|actual|expected|received|found|stored|local|remote|ours|theirs|onchain|on-chain|previous|prev|next|new|old|current|latest|head|tip|safe|finalized|justified|parent|instead of|at|is|was|is now".split(
    "|",
  );
test.for(LINKS)("redactString() keeps a second value that is called as the first is: %s", (link) => {
  const other = `0x${drawn("hex", 64, 9)}`;
  for (const text of [`block hash ${HASH} ${link} ${other}`, `block hash "${HASH}", ${link} "${other}"`])
    kept(text);
  // These words say by themselves that a hash is meant.
  if (!/finalized|justified|parent/.test(link))
    expect(redactString(`got ${HASH} ${link} ${other}`)).not.toContain(other);
  expect(redactString(`block hash ${HASH} and, unlike the others, ${other}`)).not.toContain(other);
});

test("redactString() reads a list of hashes by its first", () => {
  const others = [2, 3, 4].map((seed) => `"0x${drawn("hex", 64, seed)}"`);
  kept(`topics: ["${HASH}", ${others.join(", ")}]`);
  kept(`topics: ["${HASH}", null, ${others[0]}]`);
  expect(redactString(`keys: ["${HASH}", ${others[0]}]`)).toBe('keys: ["[REDACTED]", "[REDACTED]"]');
});

test("redactString() keeps nodes of names", () => {
  for (const word of ["node", "label"])
    for (const link of ["for", "of", "="]) {
      kept(`${word} ${HASH} ${link} mint.eth`);
      gone(`${word} ${HASH} ${link} mint.org`);
    }
  kept(`enode://${DIGITS}`);
});

test("redactValue() tells what is public by the key, unless the key is of a running text", () => {
  for (const key of ["tx.hash", "block.hash", "stateRoot", "order.id", "request.id"])
    expect(redactValue(key, HASH)).toBe(HASH);
  const texts =
    "error errors err message messages msg reason note notes description detail details text comment output stdout stderr cause stack exception warning failure hint title summary remark";
  const other = `0x${drawn("hex", 64, 5)}`;
  for (const tail of texts.split(" "))
    expect(redactValue(`tx.hash.${tail}`, `got ${other}`)).toBe("got [REDACTED]");
  for (const word of "password passwd pwd passphrase secret private priv mnemonic pin otp".split(" "))
    expect(redactValue(`${word}.hash`, other)).toBe("[REDACTED]");
});

test("redactString() takes the account that was changed for no hash, whatever stands before it", () => {
  const value = `0x${"7ec8a205977ae8c6020b2d56bbcea5614a36f11b8023e7ec11947a93088cbc13"}`;
  const { redactString: redact } = createRedactor();
  expect(redact(`hash owner changed from: ${value}`)).toBe("hash owner changed from: [REDACTED]");
  expect(redact(`block hash changed from ${value} at height 7`)).toContain(value);
});
