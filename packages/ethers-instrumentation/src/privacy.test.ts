import { DiagLogLevel, diag } from "@opentelemetry/api";
import { ProtobufTraceSerializer } from "@opentelemetry/otlp-transformer";
import { AlchemyProvider, FetchRequest, InfuraProvider, JsonRpcProvider, Network, Wallet } from "ethers";
import { expect, test } from "vitest";
import { ACCOUNTS } from "../test/anvil.ts";
import { useTelemetry } from "../test/setup.ts";
import { failure, type StubAnswer, startStubNode, type WireRequest } from "../test/stub_node.ts";
import { redactEndpoint } from "./_redact_endpoint.ts";
import { instrumentProvider, uninstrument } from "./mod.ts";

const t = useTelemetry();

async function stub(answer?: (request: WireRequest, number: number) => StubAnswer) {
  const node = await startStubNode(answer);
  t.later(() => node.stop());
  return node;
}

/** Everything that would leave the process: the spans as OTLP bytes, the metrics, and what diag was told. */
async function exported(logs: readonly string[]): Promise<string> {
  const bytes = ProtobufTraceSerializer.serializeRequest(t.tracing.spans()) ?? new Uint8Array();
  const metrics: unknown[] = [];
  for (const name of await t.metrics.names()) metrics.push(await t.metrics.points(name));
  return `${Buffer.from(bytes).toString("latin1")}${JSON.stringify(metrics)}${logs.join()}`;
}

function collectLogs(): string[] {
  const logs: string[] = [];
  const log = (...args: unknown[]): void => {
    logs.push(args.map(String).join(" "));
  };
  diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log }, DiagLogLevel.ALL);
  t.later(() => diag.disable());
  return logs;
}

const KEY = "9aa3d95b3bc440fa88ea12eaa4456161";

test.for([
  { where: "path", url: (base: string) => `${base}/v3/${KEY}` },
  { where: "query", url: (base: string) => `${base}/rpc?apikey=${KEY}` },
  { where: "user info", url: (base: string) => base.replace("//", `//user:${KEY}@`) },
  { where: "header", url: (base: string) => base },
])(
  "a key in the $where of the URL is in no exported byte, also when every call fails",
  async ({ where, url }) => {
    const logs = collectLogs();
    t.instrument({ captureParams: true });
    for (const answer of [
      undefined,
      (): StubAnswer => ({ status: 403, text: `key ${KEY} is blocked` }),
      (): StubAnswer => ({ status: 200, text: `<html>${KEY}` }),
      (request: WireRequest): StubAnswer => failure(request, -32000, `project ${KEY} exceeded its limit`),
      (): StubAnswer => "reset",
    ]) {
      const node = await stub(answer);
      const request = new FetchRequest(url(node.url));
      if (where === "header") {
        request.setHeader("authorization", `Bearer ${KEY}`);
        request.setHeader("x-api-key", KEY);
      }
      const network = Network.from(31337);
      const provider = t.own(new JsonRpcProvider(request, network, { staticNetwork: network }));
      await Promise.allSettled([
        provider.send("eth_gasPrice", []),
        provider.getBlockNumber(),
        provider.send(`x_${KEY.slice(0, 4)}`, [KEY]),
      ]);
      if (where !== "user info") expect(JSON.stringify(node.requests)).toContain(KEY);
    }
    expect(t.tracing.spans().length).toBeGreaterThan(12);
    const bytes = await exported(logs);
    expect(bytes).toContain("rpc.method");
    expect(bytes).not.toContain(KEY);
    expect(bytes).not.toContain(KEY.slice(0, 12));
  },
);

test("no private key, mnemonic, signed transaction, calldata or password is in any exported byte", async () => {
  const logs = collectLogs();
  t.instrument();
  let raw = "";
  const node = await stub((request) => {
    const sent = request.calls.find(({ method }) => method === "eth_sendRawTransaction");
    if (Array.isArray(sent?.params)) raw = String(sent.params[0]);
    return failure(request, -32003, `insufficient funds for ${JSON.stringify(request.calls)}`);
  });
  const network = Network.from(31337);
  const provider = t.own(new JsonRpcProvider(node.url, network, { staticNetwork: network }));
  const phrase = "test test test test test test test test test test test junk";
  const wallet = Wallet.fromPhrase(phrase, provider);
  const data = "0xfeedfacecafebeeffeedfacecafebeef";
  const tx = {
    to: ACCOUNTS[1]?.address ?? "",
    data,
    nonce: 0,
    gasLimit: 21000,
    maxFeePerGas: 1,
    maxPriorityFeePerGas: 1,
    type: 2,
    chainId: 31337,
  };
  await expect(wallet.sendTransaction(tx)).rejects.toMatchObject({ code: "INSUFFICIENT_FUNDS" });
  await Promise.allSettled([
    provider.send("personal_unlockAccount", [wallet.address, "correct horse", null]),
    provider.send("eth_call", [{ to: wallet.address, data }, "latest"]),
    provider.send("eth_signTypedData_v4", [wallet.address, '{"secret":"battery staple"}']),
  ]);
  expect(raw.length).toBeGreaterThan(100);
  const bytes = await exported(logs);
  for (const secret of [
    wallet.privateKey.slice(2),
    phrase,
    raw.slice(2, 60),
    data.slice(2),
    "correct horse",
    "battery staple",
  ]) {
    expect(bytes).not.toContain(secret);
  }
  // The hash of the transaction that was refused is public, and what one looks for.
  const failed = t.tracing.spans().find(({ name }) => name === "eth_sendRawTransaction");
  expect(failed?.attributes["tx.hash"]).toMatch(/^0x[0-9a-f]{64}$/);
  const signer = t.tracing.spans().find(({ name }) => name === "signer.sendTransaction");
  expect(signer?.attributes["tx.hash"]).toBe(failed?.attributes["tx.hash"]);
});

test("providers of known services show their host and no key", () => {
  t.instrument();
  const shown = [
    new InfuraProvider("mainnet", KEY, "a-project-secret"),
    new AlchemyProvider("mainnet", "lzXfHCJ0tAlchemyKeyPaoTb"),
  ].map((provider) => {
    instrumentProvider(provider);
    t.later(() => uninstrument(provider));
    t.own(provider);
    return redactEndpoint(provider._getConnection().url);
  });
  expect(shown.map((endpoint) => endpoint?.url)).toEqual([
    "https://mainnet.infura.io/v3/REDACTED",
    "https://eth-mainnet.g.alchemy.com/v2/REDACTED",
  ]);
});
