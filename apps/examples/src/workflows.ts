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
export function onboard({ services }: Platform, artist: Artist): Promise<Outcome> {
  return outcomeOf(postJson(`${services.api.url}/artists`, artist.application));
}

/** The guide's second workflow, as the artist starts it. */
export function order({ services }: Platform, body: object): Promise<Outcome> {
  return outcomeOf(postJson(`${services.api.url}/orders`, body));
}

/** The artist sells a token to a buyer on the market, which starts the guide's third workflow. */
export async function sell(
  platform: Platform,
  artist: Artist,
  tokenId: string,
  buyer: HDNodeWallet = walletOf("buyer"),
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
export function payOut({ services }: Platform, purchaseHash: string): Promise<Outcome> {
  return outcomeOf(postJson(`${services.royalties.url}/payouts`, { purchaseHash }));
}

/** Asks the minter for something whose error repeats its private key. */
export function leak({ services }: Platform): Promise<Outcome> {
  return outcomeOf(postJson(`${services.minter.url}/signer-checks`, {}));
}

/** An order while the chain mines nothing, until the minter has sent the transaction again with higher fees. */
export async function orderWhileStuck(platform: Platform, body: object): Promise<Outcome> {
  const { minter } = platform.services;
  const spedUp = minter.watch("sped up").first();
  await platform.outside.send("evm_setAutomine", [false]);
  const ordered = order(platform, body);
  const { hash } = await spedUp;
  await platform.outside.send("evm_mine", []);
  await platform.outside.send("evm_setAutomine", [true]);
  const { traceId, result } = await ordered;
  return { traceId, result: { ...result, replacementHash: hash } };
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
