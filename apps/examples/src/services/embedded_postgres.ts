import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { PGlite } from "@electric-sql/pglite";
import { PGLiteSocketServer } from "@electric-sql/pglite-socket";

/** A Postgres in this process. */
export interface EmbeddedPostgres {
  /** For clients of the Postgres protocol. */
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts Postgres (PGlite) in memory behind its socket server, on a free port of the loopback interface. */
export async function startEmbeddedPostgres(): Promise<EmbeddedPostgres> {
  const db = await createDatabase();
  const server = new PGLiteSocketServer({ db, host: "127.0.0.1", port: 0, maxConnections: 32 });
  await server.start();
  return {
    url: `postgres://postgres@${server.getServerConn()}/postgres`,
    stop: async () => {
      await server.stop();
      await db.close();
    },
  };
}

/**
 * Making an empty database takes seconds of processor time, loading one half a second: the first run keeps the empty
 * one below node_modules.
 */
async function createDatabase(): Promise<PGlite> {
  const manifest = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
  // The manifest of this app pins the version.
  const { dependencies } = JSON.parse(manifest) as { dependencies: Record<string, string> };
  const version = dependencies["@electric-sql/pglite"];
  const folder = fileURLToPath(new URL("../../node_modules/.cache/dcmx-examples/", import.meta.url));
  const file = `${folder}empty-pglite-${version}.tar`;
  if (existsSync(file)) return PGlite.create({ loadDataDir: new Blob([readFileSync(file)]) });
  const db = await PGlite.create();
  const dump = await db.dumpDataDir("none");
  mkdirSync(folder, { recursive: true });
  // Another run may do the same: whoever is last wins, and nobody reads half a file.
  const own = `${file}.${process.pid}`;
  writeFileSync(own, Buffer.from(await dump.arrayBuffer()));
  renameSync(own, file);
  return db;
}
