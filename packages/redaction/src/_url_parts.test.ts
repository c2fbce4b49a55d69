import fc from "fast-check";
import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";
import { marked } from "./testing/_marked.ts";

const { redactString } = createRedactor();
const rows = (texts: readonly string[]) => texts.map((text) => ({ text, ...marked(text, "REDACTED") }));

/** User info, hosts, paths, queries and fragments: what goes stands between the marks. */
const KEYS: readonly string[] = [
  "https://«bob»:«Winter7sun»@host.example/x",
  "https://:«Winter7sun»@host.example/x",
  "amqp://«bob»:«Win/ter7»@mq:5672/v",
  "https://«{an24}»@host.example/x",
  "redis://****:«Winter7sun»@cache:6379/0",
  "https://«bob»:***@host.example/x",
  "https://$USER:«Winter7sun»@host.example/x",
  "https://«{hex32}».host.example/x",
  "https://x.«{an26}».host.example/x",
  "https://api.acme.dev/v1/«{hex32}»/blocks",
  "https://api.acme.dev/v12/«{hex32}»",
  "https://api.acme.dev/rpc/«{hex24}»",
  "https://api.acme.dev/api/«{hex32}»",
  "https://api.acme.dev/key/«{hex32}»",
  "https://api.acme.dev/keys/«{hex32}»",
  "https://api.acme.dev/eth/«{hex32}»",
  "https://api.acme.dev/lb/«{hex32}»",
  "https://api.acme.dev/ws/«{hex32}»",
  "https://api.acme.dev/«{hex32}»",
  "https://api.acme.dev/x/«{hex64}»",
  "https://api.acme.dev/x/«{an24}»/y",
  "https://api.acme.dev/x/«{an24}»&z",
  "https://api.acme.dev/x/«drop%20{an24}%20now»",
  "https://api.telegram.org/«bot123456:{an8}»/sendMessage",
  "https://hooks.example/services/«{an13}»",
  "https://x.example/webhook/«{an13}»",
  "https://x.example/hook/«{an13}»",
  "https://x.example/hooks/«{an13}»",
  "https://x.example/«eyJ{an24}.{an30}.{an20}»",
  "https://mainnet.infura.io/v3/«{hex8}1a»",
  "https://mainnet.infura.io/«{hex16}»",
  "https://mainnet.infura.io/«6f1c2b3a-1d2e-4f5a-8b9c-0d1e2f3a4b5c»",
  "https://mainnet.infura.io/«{az20}»",
  "https://mainnet.infura.io/«1a2b-3c4d-5e6f-7a8b»",
  "https://mainnet.infura.io/id/«{an20}»",
  "https://mainnet.infura.io/v3/x;key=«{an20}»",
  "https://mainnet.infura.io/x?y=«{hex24}»",
  "https://mainnet.infura.io/x?«{an24}»",
  "https://app.acme.dev/#/rpc/«{hex32}»",
];

test.for(rows(KEYS))("redactString() removes the key in $text", ({ given, left }) => {
  expect(redactString(given)).toBe(left);
  expect(redactString(`GET "${given}" failed`)).toBe(`GET "${left}" failed`);
});

/** Parameters whose value is a secret whatever it looks like, and those that must look like one. */
const SURE =
  "api-key apikey dkey sig signature awsaccesskeyid x-amz-signature x-amz-credential x-amz-security-token x-goog-signature x-goog-credential code_verifier id_token_hint otp secret pwd sid hmac hash_key assertion samlresponse symkey access_key accesskey client_secret clientsecret api_key access_token password".split(
    " ",
  );
const LIKELY = "key auth token code state ticket app_id appid project_id projectid pass".split(" ");

test.for(SURE)("redactString() removes the value of the parameter %s", (name) => {
  for (const written of [name, name.toUpperCase(), name.replace("-", "%2D").replace("_", "%5F")])
    expect(redactString(`https://x.example/a?page=2&${written}=Winter7&z=1`)).toBe(
      `https://x.example/a?page=2&${written}=REDACTED&z=1`,
    );
});

test.for(LIKELY)("redactString() removes the value of the parameter %s if it looks drawn", (name) => {
  for (const value of ["{an20}", "{an13}", "{az24}", "x7{lo20}"]) {
    const { given, left } = marked(`https://x.example/a?${name}=«${value}»#top`, "REDACTED");
    expect(redactString(given)).toBe(left);
  }
  for (const value of ["USDC", "404", "ethereum-mainnet", "page2of9"]) {
    const text = `https://x.example/a?${name}=${value}&z=1`;
    expect(redactString(text)).toBe(text);
  }
  expect(redactString(`https://mainnet.infura.io/?${name}=a1b2c3d4`)).toBe(
    `https://mainnet.infura.io/?${name}=REDACTED`,
  );
});

const PLACES =
  "cursor continuation next previous prev after before pagetoken pagekey page_cursor starting_after startingafter ending_before endingbefore since until redirect_uri redirecturl redirect_to redirect return_to returnurl callback callback_url callbackurl continue back goto from url uri image src ref origin referrer scope sort order_by orderby filter field fields lang locale".split(
    " ",
  );

test.for(PLACES)(
  "redactString() keeps the place in a list or the next page in %s, even on the host of a provider",
  (name) => {
    const { given } = marked(`https://api.alchemy.com/nfts?${name}={an32}&limit=5`);
    expect(redactString(given)).toBe(given);
    const other = marked(`https://api.alchemy.com/nfts?x${name}x=«{an32}»&limit=5`, "REDACTED");
    expect(redactString(other.given)).toBe(other.left);
  },
);

const ACCOUNTS = "git hg svn root admin app user guest default postgres mysql sa deploy ubuntu".split(" ");
test.for(ACCOUNTS)("redactString() keeps the account %s that stands alone before a host", (name) => {
  expect(redactString(`ssh://${name}@host.example/x.git`)).toBe(`ssh://${name}@host.example/x.git`);
});

const STATIC =
  "v1 v10 v1.2 ws wss http https rpc api nft eth ethereum mainnet mainnet-beta testnet devnet sepolia goerli holesky hoodi polygon matic bsc bnb arbitrum optimism base avalanche avax fantom gnosis solana zksync linea scroll lb ext bc archive full node nodes jsonrpc public premium fast evm beacon graphql subgraph subgraphs name id tx txs address token block account balance query data trace debug metrics health status rest multichain json execution consensus relay bundler paymaster rollup gateway accounts network networks chain chains 137 12345678901 ab1234567890123".split(
    " ",
  );
test("redactString() keeps the words that stand in the paths of providers", () => {
  for (const word of STATIC) {
    const url = `https://rpc.ankr.com/${word}/x`;
    expect(redactString(url)).toBe(url);
  }
});

const OWNERS =
  "tx txs transaction transactions block blocks hash receipt receipts address account accounts token tokens asset assets nft nfts contract contracts collection collections ipfs ipns commit commits tree blob order orders item items user users proposal proposals pool pools event events log logs uncle uncles batch image images file files upload uploads request requests job jobs trace traces span spans listing listings message messages message-id message-ids digest sha256 sha512 manifests blobs userop userops txn op graph revision revisions artifact artifacts p2p peer peers id".split(
    " ",
  );
test.for(OWNERS)("redactString() keeps the identifier after /%s/ in a path", (owner) => {
  const { given } = marked(`https://api.acme.dev/${owner}/{an24}`);
  expect(redactString(given)).toBe(given);
  const other = marked(`https://api.acme.dev/${owner}x/«{an24}»`, "REDACTED");
  expect(redactString(other.given)).toBe(other.left);
});

const CONTENT =
  "i.seadn.io openseauserdata.com lh3.googleusercontent.com res.cloudinary.com nft-cdn.alchemy.com x.imgix.net www.notion.so acme.notion.site arweave.net x.ar.io x.ar-io.dev g8way.io gateway.irys.xyz x.ardrive.io permagate.io".split(
    " ",
  );
test.for(CONTENT)("redactString() keeps identifiers of public content on %s", (host) => {
  const { given } = marked(`https://${host}/v2/{an32}/a.png`);
  expect(redactString(given)).toBe(given);
  const other = marked(`https://${host}.evil.example/v2/«{an32}»/a.png`, "REDACTED");
  expect(redactString(other.given)).toBe(other.left);
});

test.for(["ipfs", "ipns", "ar", "did", "urn", "enode", "enr"])(
  "redactString() keeps the identifier that %s has instead of a host",
  (scheme) => {
    const { given } = marked(`${scheme}://{lo32}/0`);
    expect(redactString(given)).toBe(given);
    const other = marked(`x${scheme}://«{lo32}»/0`, "REDACTED");
    expect(redactString(other.given)).toBe(other.left);
  },
);

test("redactString() removes a user and a password whatever they hold, and keeps scheme, host, port and path", () => {
  // Without the rule for e-mail addresses, which takes the host along where a password holds a slash.
  const { redactString: redact } = createRedactor({ packs: ["wallet", "rpc", "credentials"] });
  const user = fc.stringMatching(/^[a-z][a-z0-9._-]{1,11}$/);
  const password = fc
    .stringMatching(/^[A-Za-z0-9][A-Za-z0-9/@:!*+=~#?%,;-]{4,20}[A-Za-z0-9]$/)
    .filter((text) => !/^\d+[/?#]|@.*[/?#]/.test(text));
  const rest = fc.constantFrom("db.internal:5432/mint", "db/x?y=2", "10.0.0.7:80", "cache:6379/0");
  const scheme = fc.constantFrom("postgres", "https", "amqp", "redis");
  fc.assert(
    fc.property(scheme, user, password, rest, (name, who, secret, place) => {
      expect(redact(`dial ${name}://${who}:${secret}@${place} refused`)).toBe(
        `dial ${name}://REDACTED:REDACTED@${place} refused`,
      );
    }),
    { seed: 7 },
  );
});
