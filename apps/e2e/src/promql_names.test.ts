import { expect, test } from "vitest";
import { fillVariables, syntaxError, unknownSeries } from "./promql_names.ts";

test("syntaxError() finds an unclosed bracket and accepts a filled expression", () => {
  expect(syntaxError("sum(rate(nft_mints_total[5m])")).toBeDefined();
  expect(
    syntaxError(fillVariables('sum(rate(nft_mints_total{job=~"$job"}[$__rate_interval]))')),
  ).toBeUndefined();
});

test("unknownSeries() names what nothing in the stack makes", () => {
  expect(unknownSeries("rate(nft_mints_total[5m]) / nft_minted", [])).toEqual(["nft_minted"]);
  expect(unknownSeries("dcmx:mints:rate5m > 0 and up == 1", ["dcmx:mints:rate5m"])).toEqual([]);
  expect(unknownSeries("dcmx:mints:rate5m", [])).toEqual(["dcmx:mints:rate5m"]);
});
