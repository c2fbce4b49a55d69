import { keccak256, Wallet } from "ethers";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { ACCOUNTS, type Anvil, startAnvil } from "../test/anvil.ts";
import { connect, useTelemetry } from "../test/setup.ts";

let anvil: Anvil;
const t = useTelemetry();
const collector = ACCOUNTS[1]?.address ?? "";
const FEES = { gasLimit: 21_000n, maxFeePerGas: 5_000_000_000n, maxPriorityFeePerGas: 1_000_000_000n };

beforeAll(async () => {
  anvil = await startAnvil("--no-mining");
});
afterAll(() => anvil.stop());
afterEach(() => anvil.rpc("evm_mine"));

// The gas limit is given, so that the broadcast is the first to fail.
test.for([
  {
    refusal: "nonce too low",
    code: "NONCE_EXPIRED",
    prepare: async (wallet: Wallet) => {
      await wallet.sendTransaction({ to: collector, value: 1n, ...FEES });
      await anvil.rpc("evm_mine");
      return { to: collector, value: 1n, nonce: 0, ...FEES };
    },
  },
  {
    refusal: "insufficient funds",
    code: "INSUFFICIENT_FUNDS",
    prepare: async () => ({ to: collector, value: 10n ** 30n, ...FEES }),
  },
  {
    refusal: "replacement transaction underpriced",
    code: "REPLACEMENT_UNDERPRICED",
    prepare: async (wallet: Wallet) => {
      const { nonce } = await wallet.sendTransaction({ to: collector, value: 1n, ...FEES });
      return { to: collector, value: 2n, nonce, ...FEES };
    },
  },
])(
  "a node that says $refusal: $code, and the hash of the transaction on its spans",
  async ({ refusal, code, prepare }) => {
    t.instrument();
    const provider = t.own(connect(anvil.url));
    const wallet = new Wallet(ACCOUNTS[0]?.key ?? "", provider);
    const request = await prepare(wallet);
    t.tracing.reset();
    const error: unknown = await wallet.sendTransaction(request).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code });
    const signed = await wallet.signTransaction(await wallet.populateTransaction(request));
    const spans = t.tracing.spans();
    const [broadcast] = spans.filter(({ name }) => name === "eth_sendRawTransaction");
    const [sending] = spans.filter(({ name }) => name === "signer.sendTransaction");
    const expected = {
      "tx.hash": keccak256(signed),
      "ethers.error.code": code,
    };
    // Nodes give one code for all of these; what they say in words is kept as far as it is one of the known phrases.
    expect(broadcast?.attributes).toMatchObject({
      ...expected,
      "error.type": "-32003",
      "rpc.status_code": "-32003",
    });
    expect(broadcast?.status).toMatchObject({ code: 2, message: refusal });
    expect(sending?.attributes).toMatchObject({ ...expected, "error.type": code });
    expect(sending?.attributes).not.toHaveProperty("tx.status");
    const durations = await t.metrics.points("rpc.client.call.duration");
    const [failed] = durations.filter(({ attributes }) => attributes["ethers.error.code"] === code);
    expect(failed?.attributes).toMatchObject({
      "rpc.method": "eth_sendRawTransaction",
      "error.type": "-32003",
    });
    const told = JSON.stringify(spans.map(({ attributes, events, status }) => [attributes, events, status]));
    expect(told).not.toContain(signed.slice(4, 80));
  },
);
