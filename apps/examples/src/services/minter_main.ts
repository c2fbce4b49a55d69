// The service `minter`: checks watermarks and proofs, and mints badges and tracks. It holds the keys of both contracts.
import { createHash } from "node:crypto";
import { ArtistNFTMinter } from "../artist_nft_minter.ts";
import { connectChain } from "../chain/connect_chain.ts";
import { eventArgs, execute, type PendingTransaction } from "../chain/execute.ts";
import { instrumentChain } from "../telemetry.ts";
import { answering } from "./answering.ts";
import { openDatabase } from "./database.ts";
import { HttpError } from "./http_error.ts";
import { readAudio, readText, readTexts } from "./reading.ts";
import { runService, tell } from "./run_service.ts";
import { serveJson } from "./serve_json.ts";

// The hash is unique where the number is not: each run deploys contracts of its own.
const INSERT_TOKEN = "INSERT INTO tokens (tx_hash, token_id, artist_id, track_hash) VALUES ($1, $2, $3, $4)";

runService("minter", async (config) => {
  const database = openDatabase(config.databaseUrl);
  const chain = connectChain(config, config.signerKey, config.contracts);
  const { badges, provider, signer, tracks } = chain;
  if (!config.untraced) instrumentChain(provider, signer, [badges, tracks]);
  const pending = new Map<string, PendingTransaction>();
  const minter = new ArtistNFTMinter(chain, {
    ...config,
    onPending: (transaction) => {
      pending.set(transaction.hash, transaction);
      tell({ kind: "pending", hash: transaction.hash });
      return () => pending.delete(transaction.hash);
    },
  });

  const server = await serveJson({
    "/badges": (body) =>
      answering(async () => {
        const args = [readText(body, "wallet")];
        const { hash, logs } = await execute({ contract: badges, method: "awardBadge", args });
        return { badgeId: String(eventArgs(badges, "Transfer", logs).tokenId), txHash: hash };
      }),

    "/mints": (body) =>
      answering(async () => {
        const pcm = readText(body, "audio");
        const artistId = readText(body, "artistId");
        const trackHash = `0x${createHash("sha256").update(pcm, "base64").digest("hex")}`;
        const minted = await minter.mintArtistNft({
          artistId,
          artistWallet: readText(body, "wallet"),
          publicKey: readText(body, "publicKey"),
          proof: readTexts(body, "proof", ["tag", "challenge", "response"]),
          audio: readAudio(pcm),
          trackHash,
          royaltyBps: BigInt(readText(body, "royaltyBps")),
        });
        await database.query(INSERT_TOKEN, [minted.txHash, minted.tokenId, artistId, trackHash]);
        return minted;
      }),

    // For whoever sees that a mint does not get into a block.
    "/speed-ups": async (body) => {
      const transaction = pending.get(readText(body, "txHash"));
      if (transaction === undefined)
        throw new HttpError(404, "NOT_PENDING", "There is no such transaction to be mined");
      return { txHash: await transaction.speedUp() };
    },

    // A mistake that is made in real services: the text of an error repeats the secret that it is about.
    "/signer-checks": async () => {
      throw new Error(`Cannot check the signer: no remote signer is configured for key ${config.signerKey}`);
    },
  });

  return {
    url: server.url,
    close: async () => {
      await server.close();
      await database.end();
      provider.destroy();
    },
  };
});
