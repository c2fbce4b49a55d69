import { renderTrace } from "@dcmx-tracing/testing";
import { Contract, type ContractEventPayload, ContractFactory, type JsonRpcProvider, Wallet } from "ethers";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ACCOUNTS, type Anvil, startAnvil } from "../test/anvil.ts";
import { NFT_ABI, NFT_BYTECODE } from "../test/nft.ts";
import { connect, useTelemetry } from "../test/setup.ts";
import { failure, results, startStubNode } from "../test/stub_node.ts";

let anvil: Anvil;
let nft: string;
const t = useTelemetry();
const collector = ACCOUNTS[1]?.address ?? "";

beforeAll(async () => {
  anvil = await startAnvil();
  const provider = connect(anvil.url);
  const factory = new ContractFactory([...NFT_ABI], NFT_BYTECODE, wallet(provider));
  nft = await (await (await factory.deploy(false)).waitForDeployment()).getAddress();
  provider.destroy();
});
afterAll(() => anvil.stop());

function wallet(provider: JsonRpcProvider): Wallet {
  return new Wallet(ACCOUNTS[0]?.key ?? "", provider);
}

function node(): JsonRpcProvider {
  const provider = t.own(connect(anvil.url, { batchMaxCount: 1 }));
  t.later(async () => {
    await provider.removeAllListeners();
    for (let i = 0; i < 10; i++) await provider.send("web3_clientVersion", []);
  });
  return provider;
}

/** What the span of the contract says about the revert. */
function revertOf(name: string): Record<string, unknown> {
  const span = t.tracing.spans().find((candidate) => candidate.name === name);
  return Object.fromEntries(
    Object.entries(span?.attributes ?? {})
      .filter(([key]) => key.startsWith("tx.revert."))
      .map(([key, value]) => [key.slice("tx.revert.".length), value]),
  );
}

test.for([
  {
    method: "failText",
    args: [],
    revert: {
      name: "Error",
      signature: "Error(string)",
      reason: "sold out",
      data: expect.stringMatching(/^0x08c379a0/),
    },
  },
  {
    method: "failCustom",
    args: [7],
    revert: {
      name: "NotArtist",
      signature: "NotArtist(address,uint256)",
      arg_types: "address,uint256",
      data: expect.stringMatching(/^0x[0-9a-f]{136}$/),
    },
  },
  {
    method: "failPanic",
    args: [],
    revert: {
      name: "Panic",
      signature: "Panic(uint256)",
      reason: expect.stringContaining("DIVIDE_BY_ZERO"),
      code: "0x12",
      data: expect.stringMatching(/^0x4e487b71/),
    },
  },
  { method: "failSilent", args: [], revert: { reason: "require(false)" } },
  { method: "failUnknown", args: [], revert: { data: "0xdeadbeef" } },
])("a call that reverts: $method", async ({ method, args, revert }) => {
  t.instrument();
  const contract = new Contract(nft, [...NFT_ABI], wallet(node()));
  await expect(contract.getFunction(method).staticCall(...args)).rejects.toMatchObject({
    code: "CALL_EXCEPTION",
  });
  expect(revertOf(`contract.${method}`)).toEqual(revert);
  const span = t.tracing.spans().find(({ name }) => name === `contract.${method}`);
  expect(span?.attributes).toMatchObject({
    "error.type": "CALL_EXCEPTION",
    "ethers.error.code": "CALL_EXCEPTION",
  });
  expect(span?.status.code).toBe(2);
});

test("a transaction whose gas estimate reverts is named by the contract's ABI, and is not sent", async () => {
  t.instrument();
  const contract = new Contract(nft, [...NFT_ABI], wallet(node()));
  await expect(contract.getFunction("failCustom").send(7)).rejects.toMatchObject({ code: "CALL_EXCEPTION" });
  expect(
    renderTrace(t.tracing.spans(), { attributes: ["tx.revert.name", "error.type"] }),
  ).toMatchInlineSnapshot(`
    "contract.failCustom ERROR "execution reverted" error.type="CALL_EXCEPTION" tx.revert.name="NotArtist"
    └─ signer.sendTransaction ERROR "execution reverted" error.type="CALL_EXCEPTION"
       └─ signer.populateTransaction ERROR "execution reverted" error.type="CALL_EXCEPTION"
          ├─ eth_getTransactionCount CLIENT
          └─ eth_estimateGas CLIENT ERROR "execution reverted" error.type="3"
                • exception"
  `);
});

test.for([
  {
    method: "eth_getLogs",
    code: -32005,
    message: "query returned more than 10000 results",
    phrase: "more than 10000 results",
  },
  {
    method: "eth_getLogs",
    code: -32614,
    message: "eth_getLogs is limited to a 10,000 range for key abc",
    phrase: "could not coalesce error",
  },
])("a query that the node refuses: $message", async ({ code, message, phrase }) => {
  t.instrument();
  const stub = await startStubNode((request) => failure(request, code, message));
  t.later(() => stub.stop());
  const contract = new Contract(nft, [...NFT_ABI], t.own(connect(stub.url)));
  await expect(contract.queryFilter("Transfer", 0)).rejects.toMatchObject({ code: "UNKNOWN_ERROR" });
  expect(renderTrace(t.tracing.spans(), { attributes: ["rpc.status_code"], events: false })).toBe(
    [
      'contract.queryFilter ERROR "could not coalesce error"',
      `└─ eth_getLogs CLIENT ERROR "${phrase}" rpc.status_code="${code}"`,
    ].join("\n"),
  );
});

test("a delivered event is the root of a trace of its own, linked to the span that registered the listener", async () => {
  t.instrument();
  const provider = node();
  const contract = new Contract(nft, [...NFT_ABI], wallet(provider));
  const seen: unknown[] = [];
  const delivered = new Promise<void>((resolve) => {
    void t.inSpan("subscribe", () =>
      contract.on(
        "Transfer",
        async (_from: string, to: string, tokenId: bigint, _payload: ContractEventPayload) => {
          seen.push([to, tokenId]);
          await provider.send("eth_gasPrice", []);
          resolve();
        },
      ),
    );
  });
  let done = false;
  void delivered.then(() => {
    done = true;
  });
  // The listener hears of blocks after the one at which ethers has created its filter.
  while (!done) {
    await (await contract.getFunction("mint(address)").send(collector)).wait();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await contract.removeAllListeners();
  await expect.poll(() => t.tracing.openSpans(), { timeout: 20_000 }).toEqual([]);
  const event = t.tracing.spans().find(({ name }) => name === "contract.event Transfer");
  const subscribe = t.tracing.spans().find(({ name }) => name === "subscribe");
  expect(event?.parentSpanContext).toBeUndefined();
  expect(event?.kind).toBe(4);
  expect(event?.links.map(({ context }) => context.spanId)).toEqual([subscribe?.spanContext().spanId]);
  expect(event?.attributes).toMatchObject({
    "contract.address": nft,
    "event.signature": "Transfer(address,address,uint256)",
    "tx.hash": expect.stringMatching(/^0x[0-9a-f]{64}$/),
    "tx.block_number": expect.any(Number),
  });
  const below = t.tracing
    .spans()
    .filter(({ parentSpanContext }) => parentSpanContext?.spanId === event?.spanContext().spanId);
  expect(below.map(({ name }) => name)).toEqual(["eth_gasPrice"]);
  const own = t.tracing
    .spans()
    .filter((span) => span.spanContext().traceId === subscribe?.spanContext().traceId);
  expect(own.map(({ name }) => name)).toEqual(["subscribe"]);
});

test("registering, counting and removing listeners is as without the instrumentation", async () => {
  const behaviour = async (contract: Contract): Promise<unknown[]> => {
    const a = (): void => undefined;
    const b = (): void => undefined;
    const log: unknown[] = [];
    log.push((await contract.on("Transfer", a)) === contract);
    await contract.once("Transfer", b);
    await contract.on("Transfer", a);
    log.push(
      (await contract.listeners("Transfer")).map((listener) =>
        listener === a ? "a" : listener === b ? "b" : "?",
      ),
    );
    log.push(await contract.listenerCount("Transfer"));
    await contract.off("Transfer", a);
    log.push(
      (await contract.listeners("Transfer")).map((listener) =>
        listener === a ? "a" : listener === b ? "b" : "?",
      ),
    );
    await contract.off("Transfer", () => undefined);
    log.push(await contract.listenerCount());
    await contract.removeAllListeners("Transfer");
    log.push(await contract.listenerCount(), (await contract.listeners()).length);
    return log;
  };
  const plain = await behaviour(new Contract(nft, [...NFT_ABI], node()));
  t.instrument();
  expect(await behaviour(new Contract(nft, [...NFT_ABI], node()))).toEqual(plain);
});

test("a listener that was registered before the instrumentation can still be removed", async () => {
  const contract = new Contract(nft, [...NFT_ABI], node());
  const listener = (): void => undefined;
  await contract.on("Transfer", listener);
  t.instrument();
  await contract.on("Transfer", listener);
  await contract.off("Transfer", listener);
  expect(await contract.listenerCount("Transfer")).toBe(0);
});

test('events: "off" delivers without a span and outside of the trace that registered the listener', async () => {
  t.instrument({ spans: { events: "off" } });
  const contract = new Contract(nft, [...NFT_ABI], wallet(node()));
  let done = false;
  await t.inSpan("subscribe", () =>
    contract.on("Transfer", () => {
      t.tracing.tracer().startSpan("handler").end();
      done = true;
    }),
  );
  while (!done) {
    await (await contract.getFunction("mint(address)").send(collector)).wait();
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  await contract.removeAllListeners();
  const names = t.tracing.spans().map(({ name }) => name);
  expect(names).not.toContain("contract.event Transfer");
  expect(t.tracing.spans().find(({ name }) => name === "handler")?.parentSpanContext).toBeUndefined();
});

test.for([
  { error: "nonce too low", message: "nonce too low: address 0xabc", code: "NONCE_EXPIRED" },
  {
    error: "insufficient funds",
    message: "insufficient funds for gas * price + value",
    code: "INSUFFICIENT_FUNDS",
  },
  {
    error: "replacement transaction underpriced",
    message: "replacement transaction underpriced",
    code: "REPLACEMENT_UNDERPRICED",
  },
])(
  "a broadcast that is refused ($error) has the code of ethers and the hash",
  async ({ error, message, code }) => {
    t.instrument();
    const stub = await startStubNode((request) =>
      request.body.includes("eth_sendRawTransaction") ? failure(request, -32000, message) : results(request),
    );
    t.later(() => stub.stop());
    const signer = wallet(t.own(connect(stub.url, { batchMaxCount: 1 })));
    const tx = {
      to: collector,
      nonce: 1,
      gasLimit: 21000,
      maxFeePerGas: 1,
      maxPriorityFeePerGas: 1,
      type: 2,
      chainId: 31337,
    };
    await expect(signer.sendTransaction(tx)).rejects.toMatchObject({ code });
    const sent = t.tracing.spans().find(({ name }) => name === "eth_sendRawTransaction");
    expect(sent?.attributes).toMatchObject({
      "rpc.status_code": "-32000",
      "error.type": "-32000",
      "ethers.error.code": code,
    });
    expect(sent?.attributes["tx.hash"]).toMatch(/^0x[0-9a-f]{64}$/);
    expect(sent?.status.message).toBe(error);
    expect(await t.metrics.points("rpc.client.call.duration")).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ attributes: expect.objectContaining({ "ethers.error.code": code }) }),
      ]),
    );
  },
);
