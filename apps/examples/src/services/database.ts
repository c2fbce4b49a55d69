import { createRequire } from "node:module";
import type { Pool } from "pg";

/** The tables of the platform. No personal data is among them: identities are checked, not kept. */
const SCHEMA = `
  CREATE TABLE IF NOT EXISTS artists (artist_id text PRIMARY KEY, wallet text NOT NULL, badge_id text NOT NULL);
  CREATE TABLE IF NOT EXISTS tokens (
    tx_hash text PRIMARY KEY, token_id text NOT NULL, artist_id text NOT NULL, track_hash text NOT NULL
  );
  CREATE TABLE IF NOT EXISTS orders (
    order_id serial PRIMARY KEY, artist_id text NOT NULL, price_wei numeric NOT NULL, status text NOT NULL
  );
  CREATE TABLE IF NOT EXISTS payouts (tx_hash text PRIMARY KEY, sale_id text NOT NULL);
`;

/** A connection pool to a Postgres database. */
export function openDatabase(url: string): Pool {
  // Loaded here and by require: the instrumentation changes what is required after it was set up.
  const pg = createRequire(import.meta.url)("pg") as typeof import("pg");
  const pool = new pg.Pool({ connectionString: url, max: 4, idleTimeoutMillis: 0 });
  // An idle connection that the database closes is replaced when it is needed; without a listener it ends the process.
  pool.on("error", () => {});
  return pool;
}

/** Creates the tables where they are missing. */
export async function createTables(pool: Pool): Promise<void> {
  await pool.query(SCHEMA);
}
