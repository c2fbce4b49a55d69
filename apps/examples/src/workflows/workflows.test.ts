import { assertNoSecrets, createTestTracing, renderTrace, type TestTracing } from "@dcmx-tracing/testing";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "../chain/start_anvil.ts";
import { instrument, runWorkflows } from "../run_demo.ts";
import { createScenario, type Scenario } from "../scenario.ts";

let anvil: Anvil;
let scenario: Scenario;
let tracing: TestTracing;
let spans: ReadableSpan[];
let outcome: string;

beforeAll(async () => {
  anvil = await startAnvil();
  scenario = await createScenario(anvil.url);
  tracing = createTestTracing();
  instrument(scenario);
  outcome = await runWorkflows(scenario);
  spans = tracing.spans();
});

afterAll(async () => {
  scenario.close();
  await tracing.shutdown();
  await anvil.stop();
});

// What the workflows and their transactions are about. The rest (endpoints, fees, ids of requests) has its tests in
// the packages, and would only hide the story here.
const SHOWN =
  /^(?:artist|badge|distribution|marketplace|nft|proof|royalty|verification|watermark)\.|^tx\.(?:hash|block_number|gas_used|nonce|status|revert\.name)$|^wallet\.(?:type|verified)$|^error\.type$/;

function draw(index: number): string {
  const traceIds = [...new Set(spans.map((span) => span.spanContext().traceId))];
  return `${renderTrace(
    spans.filter((span) => span.spanContext().traceId === traceIds[index]),
    { mask: ["tx.hash"], attributes: (key, value) => (SHOWN.test(key) ? value : undefined) },
  )}\n`;
}

test("artist_onboarding leaves this trace", async () => {
  await expect(draw(0)).toMatchFileSnapshot("./golden/artist_onboarding.txt");
});

test("nft_minting_workflow leaves this trace", async () => {
  await expect(draw(1)).toMatchFileSnapshot("./golden/nft_minting_workflow.txt");
});

test("secondary_market_royalty leaves this trace", async () => {
  await expect(draw(2)).toMatchFileSnapshot("./golden/secondary_market_royalty.txt");
});

test("a second payment of one sale leaves the trace of a reverted transaction", async () => {
  await expect(draw(3)).toMatchFileSnapshot("./golden/secondary_market_royalty_reverted.txt");
  expect(outcome).toContain("RoyaltyAlreadyPaid");
});

test("there are four traces, and no span is left open", () => {
  expect(new Set(spans.map((span) => span.spanContext().traceId)).size).toBe(4);
  expect(tracing.openSpans()).toEqual([]);
});

test("no span holds a key, the mnemonic or personal data", () => {
  assertNoSecrets(spans, scenario.secrets);
});

/** Asks the chain itself, without ethers and without what is under test. */
async function rpc(method: string, ...params: unknown[]): Promise<Record<string, string>> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await fetch(anvil.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  // The shape is that of a JSON-RPC answer whose result is an object.
  return ((await response.json()) as { result: Record<string, string> }).result;
}

test("gas, block and status of every tx.wait equal the receipt that the chain itself gives", async () => {
  const waits = spans.filter((span) => span.name === "tx.wait");
  expect(waits).toHaveLength(4);
  for (const { attributes } of waits) {
    const receipt = await rpc("eth_getTransactionReceipt", attributes["tx.hash"]);
    expect({
      gas: attributes["tx.gas_used"],
      block: attributes["tx.block_number"],
      status: attributes["tx.status"],
      fee: attributes["tx.fee"],
    }).toEqual({
      gas: Number(receipt.gasUsed),
      block: Number(receipt.blockNumber),
      status: receipt.status === "0x1" ? "success" : "reverted",
      fee: String(BigInt(receipt.gasUsed ?? 0) * BigInt(receipt.effectiveGasPrice ?? 0)),
    });
  }
  expect(waits.map(({ attributes }) => attributes["tx.status"])).toEqual([
    "success",
    "success",
    "success",
    "reverted",
  ]);
});

test("the royalty was paid on the chain to the wei, by the shares", async () => {
  const { market, tracks } = scenario.platform;
  const paid = await market.queryFilter("RoyaltyPaid");
  const amounts = paid.map((log) => market.interface.parseLog(log)?.args.toObject());
  expect(amounts.map((args) => args?.amount)).toEqual([25_000_000_000_000_000n, 100_000_000_000_000_000n]);
  expect(amounts.map((args) => args?.payee)).toEqual([scenario.shares[1]?.payee, scenario.shares[0]?.payee]);
  expect(await tracks.getFunction("ownerOf").staticCall(1n)).not.toBe(scenario.application.walletAddress);
});

test("onboardArtist() refuses a person, a wallet and a second badge", async () => {
  const { onboardArtist } = await import("./artist_onboarding.ts");
  const { application, platform } = scenario;
  const young = { ...application, identity: { ...application.identity, birthDate: "2020-01-01" } };
  await expect(onboardArtist(platform, young)).rejects.toThrow("Cannot verify the artist: under age");
  const stolen = { ...application, artistId: "artist_456" };
  await expect(onboardArtist(platform, stolen)).rejects.toThrow("its signature is of another one");
  await expect(onboardArtist(platform, application)).rejects.toThrow("BadgeAlreadyAwarded");
});

test("mintNft() refuses a track without watermark, without proof, and a second token", async () => {
  const { mintNft } = await import("./nft_minting.ts");
  const { platform, track } = scenario;
  const silent = { ...track, audio: new Float32Array(44_100) };
  await expect(mintNft(platform, silent)).rejects.toThrow("watermark is below the threshold");
  await expect(mintNft(platform, { ...track, proofChainId: "none" })).rejects.toThrow("proof of ownership");
  await expect(mintNft(platform, { ...track, artistWallet: platform.network })).rejects.toThrow(
    "proof of ownership",
  );
  await expect(mintNft(platform, track)).rejects.toThrow("TrackAlreadyMinted");
});
