import { expect, test } from "vitest";
import { isKnownMethod } from "./_known_methods.ts";
import { networkName } from "./_networks.ts";
import { resolveOptions } from "./_resolve_options.ts";
import type { EthersInstrumentationOptions } from "./mod.ts";

test("resolveOptions() fills in the documented defaults", () => {
  const { gasMetrics, propagation, spanless, ...rest } = resolveOptions();
  expect(rest).toMatchObject({
    spans: {
      rpc: true,
      batch: true,
      contract: true,
      signer: true,
      fallback: true,
      provider: false,
      events: "linked-root",
    },
    wait: "summary",
    polling: "suppress",
    requireParentSpan: false,
    captureParams: false,
    revertReason: "off",
    stuckAfterMs: 300_000,
    waitStuckAfterMs: 3_600_000,
    maxTrackedTransactions: 5000,
  });
  expect([...spanless]).toEqual(["eth_chainId"]);
  expect(propagation?.format).toBe("global");
  const feeds = (method: string): string[] =>
    gasMetrics.filter(({ match }) => match.test(method)).map(({ metric }) => metric);
  expect(["mint", "safeMint", "mintBatch", "burn"].map(feeds)).toEqual([
    ["nft.mint.gas_used"],
    ["nft.mint.gas_used"],
    ["nft.mint.gas_used"],
    [],
  ]);
});

test.for([
  [{ stuckAfterMs: -1 }, "'stuckAfterMs' must be a positive number: current value is -1"],
  [
    { waitStuckAfterMs: Number.POSITIVE_INFINITY },
    "'waitStuckAfterMs' must be a positive number: current value is Infinity",
  ],
  [{ polling: "none" }, "'polling' must be one of 'suppress', 'root': current value is 'none'"],
  [{ revertReason: "yes" }, "'revertReason' must be one of 'off', 'replay', 'trace': current value is 'yes'"],
  [{ spans: { events: "on" } }, "'spans.events' must be one of 'linked-root', 'off': current value is 'on'"],
] as const)("resolveOptions() refuses %o", ([options, message]) => {
  // JavaScript callers can pass anything.
  expect(() => resolveOptions(options as EthersInstrumentationOptions)).toThrow(
    new RangeError(`Cannot instrument ethers as ${message}`),
  );
});

test.for([
  ["eth_call", true],
  ["anvil_mine", true],
  ["zks_getMainContract", true],
  ["eth_callx", false],
  ["ETH_CALL", false],
  ["custom_method", false],
  ["own_method", true],
  ["constructor", false],
] as const)("isKnownMethod(%s)", ([method, known]) => {
  expect(isKnownMethod(method, new Set(["own_method"]))).toBe(known);
});

test.for([
  [137, "polygon"],
  [31337, "studio"],
  [424242, undefined],
] as const)("networkName(%s)", ([chainId, name]) => {
  expect(networkName(chainId, { 31337: "studio" })).toBe(name);
});
