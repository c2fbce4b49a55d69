import type { TracingReceipt } from "@dcmx-tracing/core";
import { assertNoSecrets, renderTrace } from "@dcmx-tracing/testing";
import { SpanKind } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Anvil, startAnvil } from "./chain/start_anvil.ts";
import { createArtist, DEVELOPMENT_MNEMONIC, walletOf } from "./people.ts";
import { playScenes, type Scene } from "./run_demo.ts";
import { openDatabase } from "./services/database.ts";
import { type EmbeddedPostgres, startEmbeddedPostgres } from "./services/embedded_postgres.ts";
import { type Platform, startPlatform } from "./start_platform.ts";
import { onboard, order } from "./workflows.ts";

let anvil: Anvil;
let postgres: EmbeddedPostgres;
let platform: Platform;
let scenes: Scene[];
let spans: ReadableSpan[];
let pages: string[];
let rows: Record<string, unknown[]>;
let receipts: Readonly<Record<string, TracingReceipt>>;
let refused: Record<string, unknown>[];

beforeAll(async () => {
  // Given by option here; the demo itself starts its own.
  [anvil, postgres] = await Promise.all([startAnvil(), startEmbeddedPostgres()]);
  platform = await startPlatform({ rpcUrl: anvil.url, databaseUrl: postgres.url });
  scenes = await playScenes(platform);
  refused = await askForTheImpossible();
  const services = Object.values(platform.services);
  pages = await Promise.all(services.map(async ({ metricsUrl }) => (await fetch(String(metricsUrl))).text()));
  rows = await readTables();
  receipts = await platform.stopServices();
  spans = platform.collector.spans();
}, 300_000);

afterAll(async () => {
  await platform?.stop();
  await Promise.all([anvil?.stop(), postgres?.stop()]);
});

async function askForTheImpossible(): Promise<Record<string, unknown>[]> {
  const [known, stranger] = await Promise.all([createArtist(0), createArtist(1)]);
  const young = { ...stranger.application.identity, birthDate: "2020-01-01" };
  const body = stranger.order("Blue Hour", platform.watermarkKey);
  const outcomes = [
    await onboard(platform, { ...stranger, application: { ...stranger.application, identity: young } }),
    await onboard(platform, {
      ...stranger,
      application: { ...stranger.application, artistId: "artist_999" },
    }),
    await onboard(platform, known),
    await order(platform, body),
    await order(platform, { ...known.order("Blue Hour", platform.watermarkKey) }),
    await order(platform, {
      ...known.order("Other", platform.watermarkKey),
      proof: { tag: "00", challenge: "00", response: "00" },
    }),
    await order(platform, {}),
  ];
  return outcomes.map(({ result }) => ({ ...result }));
}

async function readTables(): Promise<Record<string, unknown[]>> {
  const database = openDatabase(platform.databaseUrl);
  const read = async (query: string): Promise<unknown[]> => (await database.query(query)).rows;
  const tables = {
    artists: await read("SELECT artist_id, badge_id FROM artists ORDER BY artist_id"),
    orders: await read("SELECT artist_id, price_wei, status FROM orders ORDER BY order_id"),
    tokens: await read("SELECT token_id, artist_id FROM tokens ORDER BY token_id"),
    payouts: await read("SELECT sale_id FROM payouts"),
  };
  await database.end();
  return tables;
}

// What the workflows and their transactions are about. The rest (endpoints, fees, ids of requests) has its tests in
// the packages, and would only hide the story here.
const SHOWN =
  /^(?:artist|badge|distribution|marketplace|nft|proof|royalty|verification|watermark)\.|^tx\.(?:hash|block_number|gas_used|nonce|status|revert\.name|replacement\.reason)$|^wallet\.(?:type|verified)$|^error\.type$|^http\.(?:response\.)?status_code$|^rpc\.attempt$/;

/**
 * ethers sends some calls at once, and their spans start in the same millisecond or not. The calls below one parent
 * count as one moment, in the order of their names; everything else is in the order of start and end.
 */
function inStableOrder(trace: readonly ReadableSpan[]): ReadableSpan[] {
  const isCall = (span: ReadableSpan): boolean =>
    span.kind === SpanKind.CLIENT && span.name.startsWith("eth_");
  const momentOf = (span: ReadableSpan): ReadableSpan => {
    const siblings = trace.filter(
      (other) => isCall(other) && other.parentSpanContext?.spanId === span.parentSpanContext?.spanId,
    );
    const startTime = siblings.map((other) => other.startTime).sort(compareTimes)[0] ?? span.startTime;
    const endTime = siblings.map((other) => other.endTime).sort(compareTimes)[0] ?? span.endTime;
    const attributes = Object.fromEntries(
      Object.entries(span.attributes).filter(([key]) => !key.startsWith("http.")),
    );
    return { ...span, startTime, endTime, attributes };
  };
  return trace
    .map((span) => (isCall(span) ? momentOf(span) : span))
    .sort(
      (a, b) =>
        compareTimes(a.startTime, b.startTime) ||
        compareTimes(a.endTime, b.endTime) ||
        a.name.localeCompare(b.name),
    );
}

function compareTimes(a: ReadableSpan["startTime"], b: ReadableSpan["startTime"]): number {
  return a[0] - b[0] || a[1] - b[1];
}

function draw(index: number): string {
  const { title, traceId } = scenes[index] ?? {};
  const trace = spans.filter((span) => span.spanContext().traceId === traceId);
  const options = {
    service: true,
    // The chain makes a block now and then while something is waited for, so that heights depend on the machine.
    mask: ["tx.hash", "tx.block_number"],
    attributes: (key: string, value: unknown) => (SHOWN.test(key) ? value : undefined),
  };
  const drawn = renderTrace(inStableOrder(trace), options).replace(/ in block \d+/g, " in block *");
  return `${title}\n\n${drawn}\n`;
}

test.each([
  [0, "onboarding"],
  [1, "order"],
  [2, "secondary_sale"],
  [3, "reverted_payout"],
  [4, "lost_watermark"],
  [5, "throttled_endpoint"],
  [6, "replaced_transaction"],
  [7, "leaked_key"],
])("scene %i leaves the trace of golden/%s.txt over processes, database and chain", async (index, name) => {
  await expect(draw(index)).toMatchFileSnapshot(`./golden/${name}.txt`);
});

test("every refusal reaches the client as the rule that refused", () => {
  expect(refused).toEqual([
    { status: 422, code: "IDENTITY_NOT_VERIFIED" },
    { status: 422, code: "WALLET_NOT_VERIFIED" },
    { status: 409, code: "BadgeAlreadyAwarded" },
    { status: 404, code: "ARTIST_UNKNOWN" },
    { status: 409, code: "TrackAlreadyMinted" },
    { status: 422, code: "PROOF_INVALID" },
    { status: 400, code: "BAD_REQUEST" },
  ]);
});

/** Asks the chain itself, without ethers and without what is under test. */
async function rpc(method: string, ...params: unknown[]): Promise<Record<string, string>> {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await fetch(platform.rpcUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  // The shape is that of a JSON-RPC answer whose result is an object.
  return ((await response.json()) as { result: Record<string, string> }).result;
}

test("gas, block, status and fee of every tx.wait equal the receipt that the chain itself gives", async () => {
  const waits = spans.filter((span) => span.name === "tx.wait").map(({ attributes }) => attributes);
  expect(waits.length).toBeGreaterThanOrEqual(9);
  for (const wait of waits) {
    const receipt = await rpc("eth_getTransactionReceipt", wait["tx.replacement.hash"] ?? wait["tx.hash"]);
    const mined = wait["tx.status"] === "repriced" ? "repriced" : "success";
    expect({
      gas: wait["tx.gas_used"],
      block: wait["tx.block_number"],
      status: wait["tx.status"],
      fee: wait["tx.fee"],
    }).toEqual({
      gas: Number(receipt.gasUsed),
      block: Number(receipt.blockNumber),
      status: receipt.status === "0x1" ? mined : "reverted",
      fee: String(BigInt(receipt.gasUsed ?? 0) * BigInt(receipt.effectiveGasPrice ?? 0)),
    });
  }
  const statuses = waits.map((wait) => wait["tx.status"]);
  expect(new Set(statuses)).toEqual(new Set(["success", "reverted", "repriced"]));
});

test("the platform used the chain and the database that it was given", () => {
  expect([platform.rpcUrl, platform.databaseUrl]).toEqual([anvil.url, postgres.url]);
});

test("the database holds what was done, and no personal data", () => {
  const price = { artist_id: "artist_123", price_wei: "500000000000000000", status: "completed" };
  expect(rows).toEqual({
    artists: [{ artist_id: "artist_123", badge_id: "1" }],
    orders: [price, price, price],
    tokens: ["1", "2", "3"].map((token_id) => ({ token_id, artist_id: "artist_123" })),
    payouts: [{ sale_id: "1" }],
  });
});

test("no exported byte and no metric holds a key, the mnemonic or personal data", async () => {
  const { application, proofSecret, wallet } = await createArtist(0);
  const secrets = [
    DEVELOPMENT_MNEMONIC,
    platform.watermarkKey,
    proofSecret,
    ...[wallet, walletOf("minter"), walletOf("royalties"), walletOf("buyer")].map((each) => each.privateKey),
    ...Object.values(application.identity),
  ];
  assertNoSecrets(spans, secrets);
  const sent = Buffer.concat([...platform.collector.bodies(), ...pages.map((page) => Buffer.from(page))]);
  const text = sent.toString("latin1").toLowerCase();
  for (const secret of secrets) {
    const raw = secret.replace(/^0x/, "").toLowerCase();
    expect(text.includes(raw), "a secret in plain text").toBe(false);
    if (/^[0-9a-f]+$/.test(raw))
      expect(sent.includes(Buffer.from(raw, "hex")), "the bytes of a secret").toBe(false);
  }
});

test("the key in the error message was there, and redaction took it out", () => {
  const leaked = spans.find((span) => span.name === "POST /signer-checks");
  expect(leaked?.events[0]?.attributes?.["exception.message"]).toMatch(
    /no remote signer is configured for key \[REDACTED/,
  );
  expect(receipts.minter?.redacted).toBeGreaterThan(0);
});

test("every span of every service was exported: none dropped, none failed, none open", () => {
  for (const [name, receipt] of Object.entries(receipts)) {
    const { dropped, ended, exported, failed, open, started } = receipt;
    expect({ name, dropped, failed, open, lost: started - exported, ended }).toEqual({
      name,
      dropped: 0,
      failed: 0,
      open: 0,
      lost: 0,
      ended: started,
    });
  }
  const total = Object.values(receipts).reduce((sum, { exported }) => sum + exported, 0);
  expect(spans).toHaveLength(total);
});

test("the metrics of the guide are on the pages of the services", () => {
  const [api, minter, royalties] = pages;
  expect(api).toMatch(/^artist_verifications_total\{.*verification_status="verified".*\} 3$/m);
  expect(api).toMatch(/^badges_awarded_total\{.*\} 1$/m);
  expect(minter).toMatch(/^nft_mints_total\{.*nft_status="minted".*\} 3$/m);
  expect(minter).toMatch(/^zk_proofs_verified_total\{.*proof_valid="false".*\} 1$/m);
  expect(minter).toMatch(/^watermark_confidence_score_count\{.*watermark_status="invalid".*\} 1$/m);
  expect(royalties).toMatch(/^royalties_distributed_total\{.*\} 4$/m);
  expect(royalties).toMatch(/^marketplace_sales_detected_total\{.*marketplace_name="dcmx_market".*\} 2$/m);
});
