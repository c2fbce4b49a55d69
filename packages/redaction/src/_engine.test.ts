import fc from "fast-check";
import { expect, test } from "vitest";
import { findHits } from "./_engine.ts";
import { HAS_URL } from "./_features.ts";
import { resolvePolicy } from "./_resolve_policy.ts";
import { Scan } from "./_scan.ts";
import { urlRule } from "./_url_rule.ts";

const policy = resolvePolicy({ packs: "all" });
const hitsUnder = (keyName: string, text: string) =>
  findHits(text, policy, { key: policy.keyClass(keyName), keyName, sink: undefined });

const KEY = "7d3a6f4b78128cdfedaf7dc4";

test("findHits() finds keys in the labels of a host and before it", () => {
  const hosts = [
    `${KEY}.example.org`,
    `rpc.${KEY}.example.org:8545`,
    `key-holder:${KEY.slice(9)}@node.example`,
  ];
  for (const host of hosts) expect(hitsUnder("server.address", host)).not.toEqual([]);
});

test("findHits() asks for keys in hosts wherever the rule for URLs would find one", () => {
  const piece = fc.oneof(
    fc.constantFrom(".", ".", "@", ":", "/", "-", "ipfs", "mainnet", "infura.io", "8545", "https://", "/v3/"),
    fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: 20, maxLength: 40 }),
    fc.string({ maxLength: 4 }),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 7 }), (pieces) => {
      const text = pieces.join("");
      const scan = new Scan(text, HAS_URL, policy.keyClass("server.address"), policy, 0);
      urlRule.find(scan);
      const found = hitsUnder("server.address", text);
      for (const { start, end } of scan.hits)
        expect(found.some((hit) => hit.start <= start && hit.end >= end)).toBe(true);
    }),
    { numRuns: 1000 },
  );
});

test("findHits() finds nothing in a UUID, whatever its digits are", () => {
  const digits = (alphabet: string, size: number) =>
    fc.string({ unit: fc.constantFrom(...alphabet), minLength: size, maxLength: size });
  const uuid = fc
    .constantFrom("0123456789", "0123456789abcdef", "0123456789ABCDEF", "01AB", "abcdef", "4", "0")
    .chain((alphabet) => fc.tuple(...[8, 4, 4, 4, 12].map((size) => digits(alphabet, size))));
  const keys = ["", "request.id", "server.address", "url.path", "url.query", "rpc.endpoint", "db.query.text"];
  fc.assert(
    fc.property(uuid, fc.constantFrom(...keys), (groups, key) => {
      expect(hitsUnder(key, groups.join("-"))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
