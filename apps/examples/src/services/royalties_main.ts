// The service `royalties`: pays artists, when a token is first sold and whenever the market sells it again.
import { activeTraceId } from "@dcmx-tracing/span";
import type { ContractEventPayload } from "ethers";
import { ArtistNFTMinter } from "../artist_nft_minter.ts";
import { connectChain } from "../chain/connect_chain.ts";
import { instrumentChain } from "../telemetry.ts";
import { answering } from "./answering.ts";
import { openDatabase } from "./database.ts";
import { readText } from "./reading.ts";
import { runService, tell } from "./run_service.ts";
import { serveJson } from "./serve_json.ts";

runService("royalties", async (config) => {
  const database = openDatabase(config.databaseUrl);
  const chain = connectChain(config, config.signerKey, config.contracts);
  const { market, provider, signer, tracks } = chain;
  if (!config.untraced) instrumentChain(provider, signer, [market, tracks]);
  const minter = new ArtistNFTMinter(chain, config);

  const payOut = async (purchaseHash: string): Promise<object> => {
    const { saleId, txHash } = await minter.handleSecondaryMarketSale(purchaseHash);
    await database.query("INSERT INTO payouts (tx_hash, sale_id) VALUES ($1, $2)", [txHash, saleId]);
    return { saleId, txHash };
  };

  await market.on("Sale", async (saleId: bigint, ...rest: unknown[]) => {
    // ethers gives the payload of the event as the last argument of a listener.
    const { log } = rest.at(-1) as ContractEventPayload;
    await payOut(log.transactionHash).catch(() => {}); // The error is on the span, and an event has no caller.
    tell({
      kind: "paid",
      purchaseHash: log.transactionHash,
      saleId: String(saleId),
      traceId: activeTraceId(),
    });
  });

  const server = await serveJson({
    "/primary-sales": (body) =>
      answering(() =>
        minter
          .distributePrimarySaleRoyalty(
            readText(body, "tokenId"),
            BigInt(readText(body, "priceWei")),
            readText(body, "wallet"),
          )
          .then(({ txHash }) => ({ txHash })),
      ),

    // For sales that the listener has missed. For any other one, the contract refuses to pay twice.
    "/payouts": (body) => answering(() => payOut(readText(body, "purchaseHash"))),
  });

  return {
    url: server.url,
    close: async () => {
      await server.close();
      await market.removeAllListeners();
      await database.end();
      provider.destroy();
    },
  };
});
