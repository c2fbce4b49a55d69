import { expect, test } from "vitest";
import { metricsTable } from "./metrics_table.ts";

const PAGE = `# HELP nft_mints_total Tokens
# TYPE nft_mints_total counter
nft_mints_total{blockchain_network="anvil",otel_scope_name="dcmx"} 2
nft_mint_gas_used_bucket{le="50000"} 0
nft_mint_gas_used_sum{chain="31337"} 165372
nft_mint_gas_used_count{chain="31337"} 1
royalty_amounts_sum 0.30000000000000004
royalty_amounts_count 2
badges_awarded_total{note="a } b",other="q\\"uoted, x=\\"y\\""} 1
rpc_client_call_duration_seconds_sum{rpc_method="eth_call"} 1
rpc_client_call_duration_seconds_count{rpc_method="eth_call"} 1
target_info{service_name="dcmx"} 1
`;

test("metricsTable() shows the business, a histogram on one line, and counts the rest", () => {
  expect(metricsTable(PAGE)).toEqual({
    lines: [
      'badges_awarded_total{note="a } b",other="q\\"uoted, x=\\"y\\""}  1',
      'nft_mint_gas_used{chain="31337"}                              sum 165372, count 1',
      'nft_mints_total{blockchain_network="anvil"}                   2',
      "royalty_amounts                                               sum 0.3, count 2",
    ],
    others: 2,
  });
});

test("metricsTable() of an empty page is empty", () => {
  expect(metricsTable("")).toEqual({ lines: [], others: 0 });
});
