import { JsonRpcProvider, WebSocketProvider } from "ethers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../test/anvil.ts";
import { useTelemetry } from "../test/setup.ts";

let anvil: Anvil;
const t = useTelemetry();

beforeAll(async () => {
  anvil = await startAnvil();
});
afterAll(() => anvil.stop());

/** Chain and network of each span, by its name. */
function chains(): unknown[] {
  return t.tracing
    .spans()
    .map(({ name, attributes }) => [
      name,
      attributes["blockchain.chain_id"],
      attributes["blockchain.network"],
    ]);
}

test("the first calls of a provider name the chain, though it was not known when they began", async () => {
  t.instrument({ chainIdSpans: true });
  const provider = t.own(new JsonRpcProvider(anvil.url));
  await Promise.all([provider.send("eth_gasPrice", []), provider.send("eth_syncing", [])]);
  expect(chains().sort()).toEqual([
    ["eth_gasPrice", 31337, "local"],
    ["eth_syncing", 31337, "local"],
    ["jsonrpc.batch", 31337, "local"],
  ]);
  // Among them ethers' own question for the chain.
  const durations = await t.metrics.points("rpc.client.call.duration");
  expect(durations.map(({ attributes }) => attributes["blockchain.chain_id"])).toEqual([31337, 31337, 31337]);
  const active = await t.metrics.points("blockchain.rpc.active_requests");
  expect(active.every(({ value }) => value === 0)).toBe(true);
});

test("calls over a WebSocket name the chain as soon as it is known", async () => {
  t.instrument();
  const provider = t.own(new WebSocketProvider(anvil.webSocketUrl));
  await provider.getNetwork();
  await provider.send("eth_gasPrice", []);
  expect(chains()).toEqual([["eth_gasPrice", 31337, "local"]]);
});
