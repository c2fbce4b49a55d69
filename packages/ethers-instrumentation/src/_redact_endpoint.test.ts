import fc from "fast-check";
import { expect, test } from "vitest";
import { redactEndpoint } from "./_redact_endpoint.ts";

test.for([
  ["http://127.0.0.1:8545", "http://127.0.0.1:8545", "127.0.0.1", 8545],
  ["http://[::1]:8545/", "http://[::1]:8545", "[::1]", 8545],
  [
    "https://mainnet.infura.io/v3/9aa3d95b3bc440fa88ea12eaa4456161",
    "https://mainnet.infura.io/v3/REDACTED",
    "mainnet.infura.io",
    443,
  ],
  [
    "wss://eth-mainnet.g.alchemy.com/v2/key",
    "wss://eth-mainnet.g.alchemy.com/v2/REDACTED",
    "eth-mainnet.g.alchemy.com",
    443,
  ],
  ["https://user:pass@rpc.example.org/eth?apikey=1#x", "https://rpc.example.org/eth", "rpc.example.org", 443],
  [
    "https://d9fa1c2b7e6f4a.eth.rpc.rivet.cloud/",
    "https://REDACTED.eth.rpc.rivet.cloud",
    "REDACTED.eth.rpc.rivet.cloud",
    443,
  ],
  ["http://geth-archive:8545/ext/bc/C/rpc", "http://geth-archive:8545/ext/bc/C/rpc", "geth-archive", 8545],
  [
    "https://nd-422-757-666.p2pify.com/0a9d79d93fb2f4a4b1e04695da2b77a7",
    "https://nd-422-757-666.p2pify.com/REDACTED",
    "nd-422-757-666.p2pify.com",
    443,
  ],
] as const)("redactEndpoint() of %s", ([url, shown, address, port]) => {
  expect(redactEndpoint(url)).toEqual({ url: shown, address, port });
});

test("redactEndpoint() of what is no URL is undefined", () => {
  expect(redactEndpoint("/var/run/geth.ipc")).toBeUndefined();
});

test("redactEndpoint() lets no random part through, wherever it stands", () => {
  const secret = fc.stringMatching(/^[a-f0-9]{32}$/).filter((value) => /\d/.test(value));
  const template = fc.constantFrom(
    "https://rpc.example.org/KEY",
    "https://rpc.example.org/v3/KEY/rpc",
    "https://rpc.example.org/rpc?dkey=KEY&x=1",
    "https://KEY.rpc.example.org/",
    "wss://a:KEY@rpc.example.org/ws#KEY",
  );
  fc.assert(
    fc.property(secret, template, (key, url) => {
      expect(JSON.stringify(redactEndpoint(url.replaceAll("KEY", key)))).not.toContain(key.slice(0, 8));
    }),
  );
});
