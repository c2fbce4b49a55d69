import { expect, test } from "vitest";
import { ATTRIBUTES } from "./attributes.ts";
import { METRICS } from "./metrics.ts";
import * as conventions from "./mod.ts";

const names = ATTRIBUTES.map((attribute) => attribute.name);
const attributeOf = new Map(ATTRIBUTES.map((attribute) => [attribute.name, attribute]));
const metricNames = METRICS.flatMap((metric) => [metric.name, ...(metric.aliases ?? []).map((a) => a.name)]);

/** Constants of mod.ts with a prefix, as [constant, value]. */
function constants(prefix: string): [string, unknown][] {
  return Object.entries(conventions).filter(([name]) => name.startsWith(prefix));
}

/** Name that a constant for a dotted name has. */
function constantName(prefix: string, name: string): string {
  return prefix + name.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
}

test("ATTRIBUTES holds every ATTR_ constant of mod.ts and nothing else", () => {
  expect(constants("ATTR_").map(([, value]) => value)).toEqual(expect.arrayContaining(names));
  expect(constants("ATTR_")).toHaveLength(names.length);
});

test("METRICS holds every METRIC_ constant of mod.ts and nothing else", () => {
  const canonical = METRICS.map((metric) => metric.name);
  expect(constants("METRIC_").map(([, value]) => value)).toEqual(expect.arrayContaining(canonical));
  expect(constants("METRIC_")).toHaveLength(canonical.length);
});

test.each(["ATTR_", "METRIC_", "EVENT_"])("mod.ts names every %s constant after its value", (prefix) => {
  for (const [constant, value] of constants(prefix))
    expect(constant).toBe(constantName(prefix, String(value)));
});

test("ATTRIBUTES and METRICS name nothing twice, aliases included", () => {
  expect(new Set(names).size).toBe(names.length);
  expect(new Set(metricNames).size).toBe(metricNames.length);
});

test("ATTRIBUTES and METRICS use lower case, dots and underscores only", () => {
  for (const name of [...names, ...metricNames]) expect(name).toMatch(/^[a-z][a-z0-9]*([._][a-z0-9]+)*$/);
});

test("ATTRIBUTES and METRICS describe each entry in one sentence", () => {
  for (const { description } of [...ATTRIBUTES, ...METRICS])
    expect(description).toMatch(/^[A-Z0-9].*[a-z0-9]\.$/i);
});

test("METRICS keeps units and totals out of canonical names that are not deprecated", () => {
  for (const metric of METRICS) {
    if (metric.stability !== "deprecated") expect(metric.name).not.toMatch(/(\.total|_ms|_seconds|_bytes)$/);
  }
});

test("METRICS gives every histogram ascending buckets, and buckets to nothing else", () => {
  for (const metric of METRICS) {
    expect(metric.buckets !== undefined, metric.name).toBe(metric.instrument === "histogram");
    const sorted = [...new Set(metric.buckets ?? [])].sort((a, b) => a - b);
    expect(metric.buckets ?? []).toEqual(sorted);
  }
});

test("METRICS names only attributes of the catalogue as labels, and none without bound or not public", () => {
  for (const metric of METRICS) {
    for (const label of metric.attributes) {
      expect(attributeOf.get(label), `${label} of ${metric.name}`).toBeDefined();
      expect(attributeOf.get(label)?.cardinality, `${label} of ${metric.name}`).not.toBe("high");
      expect(attributeOf.get(label)?.sensitivity, `${label} of ${metric.name}`).toBe("public");
    }
  }
});

test("METRICS converts by a factor above zero only", () => {
  for (const metric of METRICS)
    for (const alias of metric.aliases ?? []) expect(alias.factor).toBeGreaterThan(0);
});

test("ATTRIBUTES gives a closed set of values only to what has one", () => {
  for (const attribute of ATTRIBUTES) if (attribute.values) expect(attribute.cardinality).toBe("fixed");
});

test("ATTRIBUTES keeps keys, mnemonics and URLs with credentials secret", () => {
  for (const name of ["wallet.private_key", "wallet.mnemonic", "blockchain.rpc_url", "url.full"]) {
    expect(attributeOf.get(name)?.sensitivity, name).toBe("secret");
  }
});

test("ATTRIBUTES keeps what block explorers show public", () => {
  for (const name of ["tx.hash", "wallet.address", "contract.address", "nft.token_id", "tx.block_hash"]) {
    expect(attributeOf.get(name)?.sensitivity, name).toBe("public");
  }
});
