import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";

const { redactString, redactValue } = createRedactor({ packs: "all" });
const HASH = `0x${"9c1b7e42d05fa386".repeat(4)}`;
const KEY = `0x${"4f0c9a7be1d26853".repeat(4)}`;

function kept(texts: readonly string[], key = "message"): void {
  expect(texts.map((text) => redactValue(key, text))).toEqual(texts);
}

function gone(texts: readonly string[], secret: string, key = "message"): void {
  for (const text of texts) {
    expect(text).toContain(secret);
    expect(redactValue(key, text), text).not.toContain(secret);
  }
}

test("redactString() keeps numbers of a card's length where nothing speaks of cards", () => {
  kept([
    "gas 4111111111111111",
    "tokenId 4242424242424242",
    "balance 378282246310005 wei",
    "5105105105105100 wei",
    "tx index 4012888888881881",
    '{"jsonrpc":"2.0","id":4242424242424242,"method":"eth_call"}',
    '{"amount":"4206886923920975","payment":{"value":"4206886923920975"}}',
    "minted 4242424242424242 for 0x52908400098527886E0F7030069857D2E4169EE7",
    "snowflake 4917610000000000 seen, sqrt 378282246310005",
  ]);
});

test("redactString() removes numbers of cards by their groups, by the words around them, and as whole values", () => {
  gone(["got 4111 1111 1111 1111 here", "tail 4111 1111 1111 1111"], "4111 1111 1111 1111");
  gone(["4111-1111-1111-1111"], "4111-1111-1111-1111");
  gone(["number 3782 822463 10005"], "3782 822463 10005");
  gone(
    [
      "card 4111111111111111 declined",
      "payment with 4111111111111111 failed",
      '{"number":"4111111111111111","exp_month":12}',
      '{"creditCardNumber":"4111111111111111"}',
      "visa: 4111111111111111",
      "4111111111111111 exp 12/29 cvc 123",
      "amount 12.00 charged to 4111111111111111",
    ],
    "4111111111111111",
  );
  gone(["4111111111111111"], "4111111111111111", "args.0");
});

test("redactString() keeps names of files, topics and public accounts with an at sign", () => {
  kept([
    "uploaded icon@2x.png",
    "sprite button@2x.png?v=3",
    "topic mint@v2.events",
    "kafka group minter@eu-west-1.prod",
    "mastodon @cats@nft.social",
  ]);
  gone(["cc @ops, alice@nft.social", "to:alice@nft.social"], "alice@nft.social");
});

test("redactString() removes a token before a host and keeps the host", () => {
  const text = "connect failed: oauth2:z2MLSEBYbGlMsJoxG9@gitlab.acme.dev (attempt 2)";
  expect(redactString(text)).toBe("connect failed: oauth2:[REDACTED]@gitlab.acme.dev (attempt 2)");
});

test("redactString() keeps words in the paths of URLs, identifiers of pictures and places in lists", () => {
  const urls = [
    "https://api.acme.dev/search/cool%20cats%20second%20edition?limit=20",
    "https://cdn.acme.dev/img/Cat%20%2342%20final%20version.png",
    "https://github.com/acme/minter/labels/good%20first%20issue",
    "https://img.shields.io/badge/coverage-98%25-green",
    "https://api.acme.dev/users/Zo%C3%AB%20M%C3%BCller%20Schmidt/profile",
    "https://registry.npmjs.org/@openzeppelin/contracts/-/contracts-5.1.0.tgz",
    "https://binaries.soliditylang.org/linux-amd64/solc-linux-amd64-v0.8.26+commit.8a97fa7a",
    "https://i.seadn.io/gae/BdxvLseXcfl57BiuQcQYdJ64v-aI8din7WPk0Pgo3qQFhAUH-B6i-dCqqc_mCkRIzULmwz?auto=format",
    "https://www.notion.so/acme/Runbook-1bc6d369e9f8d803bff056bf2db1d1e3",
    "https://acme.slack.com/archives/C0123456789/p1763841600123456",
    "https://api.acme.dev/nfts?cursor=eyJibG9jayI6NTQyMTk5MzQsImluZGV4Ijo0fQ==",
    "https://accounts.acme.dev/login?redirect_uri=https%3A%2F%2Fapp.acme.dev%2Fcallback&client_id=minter",
    `https://snapshot.org/#/dcmx.eth/proposal/${HASH}`,
  ];
  kept(urls, "url.full");
  kept(urls.map((url) => `GET ${url} 200 in 41ms`));
  kept(["GET https://api.etherscan.io/v2/api?chainid=1&sort=asc&apikey= 200 in 41ms"]);
  kept(["ar://1O7l45HC1kKPrR31Pe9wd3bhTTrOF5rTVnGaOj4Ub9Q"], "token.uri");
});

test("redactString() removes keys in URLs that are percent-encoded, or stand beside words and places", () => {
  const key = "Zk3vQ9xLmT7bRw2YcHf8Ns5J";
  gone(
    [
      `https://api.acme.dev/v1/${key}%3D%3D`,
      `https://api.acme.dev/v1/${key}%2FaB3dE5fG7hJ9kL1m`,
      `https://api.acme.dev/x/minter%20${key}`,
      `https://api.acme.dev/hooks/${key}+aB3`,
      `https://api.acme.dev/v1/${key}%zz`,
      `https://app.acme.dev/#/rpc/${key}`,
    ],
    key,
    "url.full",
  );
  for (const name of ["message", "url.full"]) {
    gone([`https://app.acme.dev/cb?next=https%3A%2F%2Fmainnet.infura.io%2Fv3%2F${key}&a=1`], key, name);
    gone([`https://app.acme.dev/cb?next=https://mainnet.infura.io/v3/${key}`], key, name);
  }
  gone([`https://nft-cdn.alchemy.com.evil.dev/v2/${key}`], key, "url.full");
});

test("redactString() keeps hashes by their place: paths, tools, comparisons, nodes of names", () => {
  kept([
    `https://ccip.chain.link/msg/${HASH}`,
    `https://explorer.zksync.io/batch/12#${HASH}`,
    `cast run ${HASH}`,
    `userOp ${HASH} included`,
    `node ${HASH} for mint.eth`,
    `checksum mismatch for solc-linux-amd64: expected ${HASH.slice(2)}`,
    `merkle root mismatch: expected ${HASH}, computed ${HASH}`,
    `root hash mismatch: have ${HASH} want ${HASH}`,
    `fork choice updated: head=${HASH} finalized=${HASH} safe=${HASH}`,
  ]);
  for (const key of ["pyth.price_feed_id", "priceFeedId", "feed.id", "labelhash"]) kept([HASH], key);
});

test("redactString() removes a key in a place that is only like one of hashes", () => {
  gone(
    [
      `https://api.acme.dev/wallet/${KEY}`,
      `https://api.acme.dev/import/12#${KEY}`,
      `cast wallet address ${KEY}`,
      `cast send --private-key ${KEY}`,
      `node ${KEY} for minter`,
      `signer ${KEY} for mint.eth`,
      `hash of the signer key does not match: expected ${KEY}`,
      `wallet mismatch: expected ${KEY}`,
      `checksum ok, wallet ${KEY}`,
    ],
    KEY.slice(2),
  );
});

test("redactString() keeps the words of a sentence around a whole phrase, and the lines after it", () => {
  const phrase = "legal winner thank year wave sausage worth useful legal winner thank yellow";
  const cases: readonly (readonly [string, string])[] = [
    [`please check ${phrase} again`, "please check [mnemonic 12w] again"],
    [
      `Mnemonic:      ${phrase}\nBase HD Path:  m/44'/60'/0'/0`,
      "Mnemonic:      [mnemonic 12w]\nBase HD Path:  m/44'/60'/0'/0",
    ],
    [`invalid mnemonic word at index 9: "${phrase}"`, 'invalid mnemonic word at index 9: "[mnemonic 12w]"'],
  ];
  for (const [text, left] of cases) expect(redactString(text)).toBe(left);
});

test("redactString() removes a phrase of fifteen words whole, though its ends are words of sentences", () => {
  const phrase = "check legal winner thank year wave sausage worth useful legal winner thank year wave again";
  expect(redactString(`[${phrase}]`)).toBe("[[mnemonic 15w]]");
});
