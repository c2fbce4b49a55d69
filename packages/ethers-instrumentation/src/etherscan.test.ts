import { context, DiagLogLevel, diag, propagation } from "@opentelemetry/api";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { EtherscanProvider } from "ethers";
import { expect, test } from "vitest";
import { ACCOUNTS } from "../test/accounts.ts";
import { useTelemetry } from "../test/setup.ts";
import { type StubAnswer, startStubNode, type WireRequest } from "../test/stub_node.ts";

const t = useTelemetry();
const KEY = "9aa3d95b3bc440fa88ea12eaa4456161";
const account = ACCOUNTS[0]?.address ?? "";

const jsonRpc = (result: unknown): StubAnswer => ({ json: { jsonrpc: "2.0", id: 1, result } });
const refusal = (result: string): StubAnswer => ({ json: { status: "0", message: "NOTOK", result } });

async function etherscan(answer: (request: WireRequest, number: number) => StubAnswer) {
  const node = await startStubNode(answer);
  t.later(() => node.stop());
  class LocalEtherscan extends EtherscanProvider {
    override getUrl(module: string, params: Record<string, string>): string {
      return super.getUrl(module, params).replace("https://api.etherscan.io", node.url);
    }
    override getPostUrl(): string {
      return super.getPostUrl().replace("https://api.etherscan.io", node.url);
    }
  }
  return { node, provider: t.own(new LocalEtherscan("mainnet", KEY)) };
}

/** Everything that would leave the process: the spans as OTLP bytes, the metrics, and what diag was told. */
async function exported(logs: readonly string[]): Promise<string> {
  const bytes = ProtobufTraceSerializer.serializeRequest(t.tracing.spans()) ?? new Uint8Array();
  const metrics: unknown[] = [];
  for (const name of await t.metrics.names()) metrics.push(await t.metrics.points(name));
  return `${Buffer.from(bytes).toString("latin1")}${JSON.stringify(metrics)}${logs.join()}`;
}

test("EtherscanProvider: a span for each request with module and action, and the key nowhere", async () => {
  const logs: string[] = [];
  const log = (...args: unknown[]): void => {
    logs.push(args.map(String).join(" "));
  };
  diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log }, DiagLogLevel.ALL);
  t.later(() => diag.disable());
  t.instrument();
  const { node, provider } = await etherscan(({ url, body }) => {
    if (url.includes("eth_blockNumber")) return jsonRpc("0x10");
    if (url.includes("eth_getTransactionReceipt")) {
      return jsonRpc({ transactionHash: `0x${"ab".repeat(32)}`, status: "0x1" });
    }
    if (body.includes("eth_sendRawTransaction")) return { status: 500, text: `no ${KEY}` };
    return refusal(`Invalid key ${KEY}`);
  });
  await t.inSpan("request", () => provider.getBlockNumber());
  await provider.fetch("proxy", { action: "eth_getTransactionReceipt", txhash: "0xab" });
  await expect(provider.getBalance(account)).rejects.toMatchObject({ code: "SERVER_ERROR" });
  await expect(
    provider.fetch("proxy", { action: "eth_sendRawTransaction", hex: "0x01" }, true),
  ).rejects.toBeDefined();
  expect(JSON.stringify(node.requests).split(KEY)).toHaveLength(5);
  const drawn = t.draw(
    "server.address",
    "blockchain.chain_id",
    "blockchain.rpc_url",
    "tx.hash",
    "tx.status",
    "etherscan.module",
    "etherscan.action",
  );
  expect(drawn).toMatchInlineSnapshot(`
    "request
    └─ etherscan.proxy.eth_blockNumber CLIENT blockchain.chain_id=1 etherscan.action="eth_blockNumber" etherscan.module="proxy" server.address="api.etherscan.io"

    etherscan.proxy.eth_getTransactionReceipt CLIENT blockchain.chain_id=1 etherscan.action="eth_getTransactionReceipt" etherscan.module="proxy" server.address="api.etherscan.io" tx.hash=* tx.status="success"

    etherscan.account.balance CLIENT ERROR "SERVER_ERROR" blockchain.chain_id=1 etherscan.action="balance" etherscan.module="account" server.address="api.etherscan.io"
       • exception

    etherscan.proxy.eth_sendRawTransaction CLIENT ERROR "SERVER_ERROR" blockchain.chain_id=1 etherscan.action="eth_sendRawTransaction" etherscan.module="proxy" server.address="api.etherscan.io"
       • exception"
  `);
  expect(await exported(logs)).not.toContain(KEY);
});

test("EtherscanProvider: modules and actions that are no words are not recorded", async () => {
  t.instrument();
  const { provider } = await etherscan(() => ({ json: { status: "1", message: "OK", result: "1" } }));
  await provider.fetch(`m ${KEY}`, { action: `a-${KEY}` });
  await provider.fetch("stats", {});
  const seen = t.tracing.spans().map(({ name, attributes }) => [name, attributes["etherscan.action"]]);
  expect(seen).toEqual([
    ["etherscan.other.other", "other"],
    ["etherscan.stats.other", "other"],
  ]);
});

test("EtherscanProvider: a request that is throttled and repeated is one span, with an event and a count each time", async () => {
  t.instrument();
  const { provider } = await etherscan((_request, number) =>
    number === 1 ? refusal("Max rate limit reached") : jsonRpc("0x10"),
  );
  await provider.getBlockNumber();
  const [span] = t.tracing.spans();
  expect(span?.events.map(({ name, attributes }) => [name, attributes])).toEqual([
    ["rpc.throttled", { "rpc.attempt": 1 }],
  ]);
  expect(await t.metrics.points("blockchain.rpc.rate_limited")).toMatchObject([
    { attributes: { "server.address": "api.etherscan.io" }, value: 1 },
  ]);
});

test("EtherscanProvider: baggage stays here", async () => {
  t.instrument();
  const { provider } = await etherscan(() => jsonRpc("0x10"));
  const inside: unknown[] = [];
  await provider.on("debug", ({ action }: { action: string }) => {
    if (action === "sendRequest") inside.push(propagation.getActiveBaggage());
  });
  const baggage = propagation.createBaggage({ "user.email": { value: "artist@example.com" } });
  await context.with(propagation.setBaggage(context.active(), baggage), () => provider.getBlockNumber());
  expect(inside).toEqual([undefined]);
});
