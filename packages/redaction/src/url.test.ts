import { expect, test } from "vitest";
import { createRedactor } from "./create_redactor.ts";

const { redactString } = createRedactor();

test.each([
  ["https://mainnet.infura.io/v3/7d3a6f4b78128cdfedaf7dc48d314d84", "https://mainnet.infura.io/v3/REDACTED"],
  [
    "wss://mainnet.infura.io/ws/v3/7d3a6f4b78128cdfedaf7dc48d314d84",
    "wss://mainnet.infura.io/ws/v3/REDACTED",
  ],
  [
    "https://eth-mainnet.g.alchemy.com/v2/I5enDIMi0NH-RgwU_PpAY4JpcNN9dBrx",
    "https://eth-mainnet.g.alchemy.com/v2/REDACTED",
  ],
  ["https://u:p4ssW0rd@h.example/x", "https://REDACTED:REDACTED@h.example/x"],
  ["postgres://app:pa/ss@w0rd@db1:5432/m", "postgres://REDACTED:REDACTED@db1:5432/m"],
  ["https://a.example/x?api_key=abc123def456&page=2", "https://a.example/x?api_key=REDACTED&page=2"],
  [
    "https://a.example/cb#access_token=abc123def456ghi7&state=ok",
    "https://a.example/cb#access_token=REDACTED&state=ok",
  ],
  ["https://7d3a6f4b78128cdfedaf7dc48d314d84.eth.rpc.rivet.cloud/", "https://REDACTED.eth.rpc.rivet.cloud/"],
  ["see mainnet.infura.io/v3/7d3a6f4b78128cdfedaf7dc48d314d84.", "see mainnet.infura.io/v3/REDACTED."],
])("redactString() removes the key from %s", (url, expected) => {
  expect(redactString(url)).toBe(expected);
});

test.each([
  "https://polygonscan.com/tx/0x63c717a8f5bb47fe3ac16496c88415ba69181ca23417076151ea2763d42bf5c2",
  "https://opensea.io/assets/ethereum/0x34ED9357018122cf53fA015D6C42826B7e3B7f38/9205",
  "https://ipfs.io/ipfs/bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/0.json",
  "https://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi.ipfs.dweb.link/",
  "https://arweave.net/bNbA3TEQVL60xlgCcqdz4ZPHFZ711cZ3hmkpGttDt_U",
  "https://api.example.com/v1/collections/dcmx-genesis/tokens?limit=50&cursor=2",
  "https://github.com/dcmx/app/commit/3768cbcdf61c903a75a40e14f289558219371d4d",
  "http://127.0.0.1:8545/",
  "https://rpc.ankr.com/eth",
  "postgres://db1.internal:5432/market?sslmode=require",
])("redactString() keeps %s", (url) => {
  expect(redactString(url)).toBe(url);
});

test("redactValue() reads paths, queries and hosts by their attribute", () => {
  const { redactValue } = createRedactor();
  expect(redactValue("url.path", "/v3/7d3a6f4b78128cdfedaf7dc48d314d84")).toBe("/v3/REDACTED");
  expect(redactValue("url.query", "apikey=abc123def456&chain=1")).toBe("apikey=REDACTED&chain=1");
  expect(redactValue("server.address", "7d3a6f4b78128cdfedaf7dc48d314d84.eth.rpc.rivet.cloud")).toBe(
    "REDACTED.eth.rpc.rivet.cloud",
  );
});

test("createRedactor() keeps the host of a URL after a label, and takes passphrases and doubled quotation marks whole", () => {
  const { redactString } = createRedactor();
  expect(redactString("DATABASE_URL=postgres://app:s3cr3t@db:5432/mint")).toBe(
    "DATABASE_URL=postgres://REDACTED:REDACTED@db:5432/mint",
  );
  expect(redactString("database url: redis://:p4ss@cache:6379/0 refused")).toBe(
    "database url: redis://:REDACTED@cache:6379/0 refused",
  );
  expect(redactString("opened with passphrase 'open sesame 42' at once")).toBe(
    "opened with passphrase '[REDACTED]' at once",
  );
  expect(redactString("the passphrase 'must be long enough' is a rule")).toBe(
    "the passphrase 'must be long enough' is a rule",
  );
  expect(redactString("PASSWORD='it''s me' PORT=3000")).toBe("PASSWORD='[REDACTED]' PORT=3000");
});

test.for([
  '{"method":"post","baseURL":"https://eth-mainnet.g.alchemy.com","url":"/v2/KEY","timeout":3}',
  '{"baseURL":"https://eth-mainnet.g.alchemy.com/v2","url":"/KEY"}',
  "{ hostname: 'mainnet.infura.io', port: 443, path: '/v3/KEY' }",
  "path=/v2/KEY host=eth-mainnet.g.alchemy.com",
])("redactString() finds a key in a path that stands apart from its host: %s", (text) => {
  expect(redactString(text.replace("KEY", "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY"))).toBe(
    text.replace("KEY", "REDACTED"),
  );
});

test.for([
  "GET /v2/collections/0x70997970C51812dc3A010C7d01b50e0d17dc79C8 from api.opensea.io and mainnet.infura.io",
  '{"url":"/v1/mints/3f2a9c10-1b2c-4d5e-8f90-a1b2c3d4e5f6","host":"api.dcmx.io"}',
  '{"path":"/aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY","host":"api.dcmx.io"}',
  "file /app/dist/providers/provider2-jsonrpc-batch-sender.js of infura.io",
])("redactString() keeps paths that have no provider's key: %s", (text) => {
  expect(redactString(text)).toBe(text);
});

test.each([
  ["server.address", "url.path"],
  ["net.peer.name", "http.target"],
  ["http.host", "http.target"],
])(
  "createRedactor() finds the key of a provider whose host is in %s and whose path is in %s",
  (host, path) => {
    const key = "156bce1ea200d520e247761c087ece8a4cb7c797";
    const { redactSpan } = createRedactor();
    const name = "dark-solitary-forest.ethereum-mainnet.quiknode.pro";
    const span = {
      name: "POST",
      status: { code: 2 as const, message: `no answer for /${key}/` },
      attributes: { [host]: name, [path]: `/${key}/`, "http.request.method": "POST" },
      events: [],
    };
    expect(redactSpan(span)).toEqual({
      ...span,
      status: { code: 2, message: "no answer for /[REDACTED]/" },
      attributes: { [host]: name, [path]: "/[REDACTED]/", "http.request.method": "POST" },
    });
    const own = { ...span, attributes: { ...span.attributes, [host]: "files.example.com" } };
    expect(redactSpan(own)).toEqual(own);
  },
);
