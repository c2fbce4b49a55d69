// The service `api`: onboards artists and takes orders. It knows the other services, and no chain.
import { ATTR_ARTIST_ID } from "@dcmx-tracing/conventions";
import { setAttribute } from "@dcmx-tracing/span";
import { onboardArtist } from "../artist_onboarding.ts";
import { answering } from "./answering.ts";
import { openDatabase } from "./database.ts";
import { HttpError } from "./http_error.ts";
import { postJson } from "./post_json.ts";
import { readText, readTexts } from "./reading.ts";
import { runService } from "./run_service.ts";
import { serveJson } from "./serve_json.ts";

// A database that is kept knows the artist from an earlier run, with the badge of other contracts.
const UPSERT_ARTIST = `INSERT INTO artists (artist_id, wallet, badge_id) VALUES ($1, $2, $3)
  ON CONFLICT (artist_id) DO UPDATE SET wallet = excluded.wallet, badge_id = excluded.badge_id`;

runService("api", async ({ databaseUrl, peers }) => {
  const database = openDatabase(databaseUrl);

  const award = async (wallet: string): Promise<string> => {
    const { body } = await postJson(`${peers.minter}/badges`, { wallet });
    return readText(body, "badgeId");
  };

  const server = await serveJson({
    "/artists": (body) =>
      answering(async () => {
        const application = {
          artistId: readText(body, "artistId"),
          identity: readTexts(body, "identity", ["legalName", "birthDate", "passportNumber"]),
          walletAddress: readText(body, "walletAddress"),
          walletType: readText(body, "walletType"),
          walletSignature: readText(body, "walletSignature"),
        };
        const artist = await onboardArtist(application, award);
        await database.query(UPSERT_ARTIST, [artist.artistId, application.walletAddress, artist.badgeId]);
        return artist;
      }),

    "/orders": async (body) => {
      const artistId = readText(body, "artistId");
      const priceWei = readText(body, "priceWei");
      setAttribute(ATTR_ARTIST_ID, artistId);
      const artists = await database.query<{ wallet: string }>(
        "SELECT wallet FROM artists WHERE artist_id = $1",
        [artistId],
      );
      const wallet = artists.rows[0]?.wallet;
      if (wallet === undefined) throw new HttpError(404, "ARTIST_UNKNOWN", "The artist is not onboarded");
      const minted = await postJson(`${peers.minter}/mints`, { ...body, wallet });
      const tokenId = readText(minted.body, "tokenId");
      const paid = await postJson(`${peers.royalties}/primary-sales`, { tokenId, priceWei, wallet });
      await database.query("INSERT INTO orders (artist_id, price_wei, status) VALUES ($1, $2, 'completed')", [
        artistId,
        priceWei,
      ]);
      return { tokenId, txHash: readText(minted.body, "txHash"), payoutHash: readText(paid.body, "txHash") };
    },
  });

  return {
    url: server.url,
    close: async () => {
      await server.close();
      await database.end();
    },
  };
});
