import fc from "fast-check";
import { expect, test } from "vitest";
import { findMetric } from "./find_metric.ts";
import { METRICS } from "./metrics.ts";

test("findMetric() finds every metric by its name without conversion", () => {
  for (const metric of METRICS) expect(findMetric(metric.name)).toEqual({ metric, factor: 1 });
});

// The list of the guide ("Common Metric Names" and the lines of its examples), as written there.
test.each([
  ["artist.verifications", "artist.verifications", 1],
  ["wallet.connections", "wallet.connections", 1],
  ["wallet.connections.total", "wallet.connections", 1],
  ["nft.mints.total", "nft.mints", 1],
  ["nft.mint.gas_used", "nft.mint.gas_used", 1],
  ["nft.mint.duration_ms", "nft.mint.duration", 0.001],
  ["watermark.confidence_score", "watermark.confidence_score", 1],
  ["zk_proofs.verified.total", "zk_proofs.verified", 1],
  ["royalties.distributed", "royalties.distributed", 1],
  ["royalties.distributed.total", "royalties.distributed", 1],
  ["royalty.amounts", "royalty.amounts", 1],
  ["marketplace.sales.detected", "marketplace.sales.detected", 1],
  ["badges.awarded", "badges.awarded", 1],
  ["operations.total", "operations", 1],
])("findMetric() resolves %s of the guide to %s with factor %d", (name, canonical, factor) => {
  expect(findMetric(name)?.metric.name).toBe(canonical);
  expect(findMetric(name)?.factor).toBe(factor);
});

test.each(["", "nft", "NFT.MINTS", "constructor", "__proto__"])("findMetric() does not know %j", (name) => {
  expect(findMetric(name)).toBeUndefined();
});

test("findMetric() finds an entry only by one of its names, whatever it is asked for", () => {
  const name = fc.oneof(
    fc.string(),
    fc.constantFrom(
      "hasOwnProperty",
      ...METRICS.flatMap((metric) => [metric.name, ...(metric.aliases ?? []).map((a) => a.name)]),
    ),
  );
  fc.assert(
    fc.property(name, (name) => {
      const found = findMetric(name);
      if (found !== undefined)
        expect([found.metric.name, ...(found.metric.aliases ?? []).map((a) => a.name)]).toContain(name);
    }),
  );
});
