import { expect, test } from "vitest";
import { lintExposition } from "./_lint_exposition.ts";

const codes = (page: string): string[] => lintExposition(page).map(({ code, metric }) => `${code} ${metric}`);

test("lintExposition() has nothing to say about a good page", () => {
  const page = `# HELP nft_mints_total NFTs minted
# TYPE nft_mints_total counter
nft_mints_total{network="polygon"} 3
nft_mints_total{network="base"} 1
# TYPE mint_duration_seconds histogram
mint_duration_seconds_bucket{le="1"} 1
mint_duration_seconds_bucket{le="+Inf"} 2
mint_duration_seconds_sum 2.5
mint_duration_seconds_count 2
`;
  expect(codes(page)).toEqual([]);
});

test.each([
  ["# TYPE mints counter\nmints 1\n", "metrics.counter_name mints"],
  ["# TYPE mint_duration_ms gauge\n", "metrics.unit mint_duration_ms"],
  ["# TYPE a_seconds_seconds gauge\n", "metrics.unit a_seconds_seconds"],
  ["# TYPE a gauge\n# TYPE a gauge\n", "metrics.collision a"],
  ['# TYPE a gauge\na{x="1"} 1\na{x="1"} 2\n', "metrics.collision a"],
  ["# TYPE a-b gauge\n", "metrics.name a-b"],
  ["1bad 2\n", "metrics.syntax 1bad 2"],
])("lintExposition() remarks on %j", (page, expected) => {
  expect(codes(page)).toEqual([expected]);
});

test("lintExposition() counts the series of a metric, a histogram's buckets as one", () => {
  const series = (count: number): string =>
    Array.from({ length: count }, (_, i) => `a{user="${i}"} 1`).join("\n");
  expect(codes(`# TYPE a gauge\n${series(2001)}\n`)).toEqual(["metrics.cardinality a"]);
  const buckets = Array.from({ length: 2001 }, (_, i) => `h_bucket{le="${i}"} 1`).join("\n");
  expect(codes(`# TYPE h histogram\n${buckets}\n`)).toEqual([]);
});
