import { setTimeout } from "node:timers/promises";
import { Contract, type HDNodeWallet, parseEther, type TransactionReceipt } from "ethers";
import { contractAbi } from "./chain/deploy_contracts.ts";
import { type Artist, walletOf } from "./people.ts";
import { HttpError } from "./services/http_error.ts";
import { type JsonAnswer, postJson } from "./services/post_json.ts";
import type { Platform } from "./start_platform.ts";

/** What a workflow left behind: its trace, and what came out of it. */
export interface Outcome {
  readonly traceId: string | undefined;
  /** The answer, or the code of the refusal. */
  readonly result: Readonly<Record<string, unknown>>;
}

/** The guide's first workflow, as the artist starts it. */
export function onboard(platform: Platform, artist: Artist): Promise<Outcome> {
  return whileBlocksGoOn(
    platform,
    outcomeOf(postJson(`${platform.services.api.url}/artists`, artist.application)),
  );
}

/** The guide's second workflow, as the artist starts it. */
export function order(platform: Platform, body: object): Promise<Outcome> {
  return whileBlocksGoOn(platform, placeOrder(platform, body));
}

/** The artist sells a token to a buyer on the market, which starts the guide's third workflow. */
export function sell(
  platform: Platform,
  artist: Artist,
  tokenId: string,
  buyer: HDNodeWallet = walletOf("buyer"),
): Promise<Outcome> {
  return whileBlocksGoOn(platform, sellOnMarket(platform, artist, tokenId, buyer));
}

async function sellOnMarket(
  platform: Platform,
  artist: Artist,
  tokenId: string,
  buyer: HDNodeWallet,
): Promise<Outcome> {
  const price = parseEther("2.5");
  const { contracts } = platform;
  await call(platform, "DcmxTracks", artist.wallet, "approve", contracts.market, tokenId);
  await call(platform, "DcmxMarket", artist.wallet, "list", tokenId, price);
  const payouts = platform.services.royalties.watch("paid");
  const { hash } = await call(platform, "DcmxMarket", buyer, "buy", tokenId, { value: price });
  const { saleId, traceId } = await payouts.first(({ purchaseHash }) => purchaseHash === hash);
  return { traceId, result: { saleId, purchaseHash: hash } };
}

/** Asks for the royalty of a sale by hand. */
export function payOut(platform: Platform, purchaseHash: string): Promise<Outcome> {
  return whileBlocksGoOn(
    platform,
    outcomeOf(postJson(`${platform.services.royalties.url}/payouts`, { purchaseHash })),
  );
}

/** Asks the minter for something whose error repeats its private key. */
export function leak({ services }: Platform): Promise<Outcome> {
  return outcomeOf(postJson(`${services.minter.url}/signer-checks`, {}));
}

/** An order while the chain mines nothing, until somebody has the mint sent again with higher fees. */
export async function orderWhileStuck(platform: Platform, body: object): Promise<Outcome> {
  const { outside, services } = platform;
  const pending = services.minter.watch("pending");
  await outside.send("evm_setAutomine", [false]);
  let settled = false;
  const ordered = placeOrder(platform, body).finally(() => {
    settled = true;
  });
  const stuck = await firstInPool(platform);
  await pending.first(({ hash }) => hash === stuck);
  await postJson(`${services.minter.url}/speed-ups`, { txHash: stuck });
  // Block after block, as on a live chain: ethers looks for a replacement when it sees a new one.
  while (!settled) {
    await outside.send("evm_mine", []);
    await setTimeout(50);
  }
  await outside.send("evm_setAutomine", [true]);
  return ordered;
}

/** The hash of the first transaction that waits in the pool of the node. */
async function firstInPool({ outside }: Platform): Promise<string> {
  for (;;) {
    // The shape is that of the node's answer: transactions by sender and nonce.
    const pool = (await outside.send("txpool_content", [])) as {
      pending: Record<string, Record<string, { hash: string }>>;
    };
    const [hash] = Object.values(pool.pending).flatMap((byNonce) =>
      Object.values(byNonce).map((each) => each.hash),
    );
    if (hash !== undefined) return hash;
    await setTimeout(20);
  }
}

function placeOrder({ services }: Platform, body: object): Promise<Outcome> {
  return outcomeOf(postJson(`${services.api.url}/orders`, body));
}

const BLOCK_AFTER_MS = 3_000;

/**
 * A live chain goes on making blocks; anvil makes one for each transaction and then rests. A listener or wait of ethers
 * that is busy with one block while the next one comes sees that one with the block after it, so there must be one.
 */
async function whileBlocksGoOn<T>({ outside }: Platform, action: Promise<T>): Promise<T> {
  // A chain that does not know the method makes its blocks by itself.
  const timer = setInterval(() => void outside.send("evm_mine", []).catch(() => {}), BLOCK_AFTER_MS);
  try {
    return await action;
  } finally {
    clearInterval(timer);
  }
}

async function outcomeOf(request: Promise<JsonAnswer>): Promise<Outcome> {
  try {
    const { body, traceId } = await request;
    return { traceId, result: body };
  } catch (error) {
    if (!(error instanceof HttpError)) throw error;
    const traceId = "traceId" in error ? String(error.traceId) : undefined;
    return { traceId, result: { status: error.status, code: error.code } };
  }
}

async function call(
  { contracts, outside }: Platform,
  name: "DcmxMarket" | "DcmxTracks",
  wallet: HDNodeWallet,
  method: string,
  ...args: unknown[]
): Promise<TransactionReceipt> {
  const address = name === "DcmxMarket" ? contracts.market : contracts.tracks;
  const contract = new Contract(address, contractAbi(name), wallet.connect(outside));
  const receipt = await (await contract.getFunction(method).send(...args)).wait();
  if (receipt === null) throw new Error(`Cannot call ${method} as its transaction has no receipt`);
  return receipt;
}
