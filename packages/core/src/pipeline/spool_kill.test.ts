/** A process is killed 50 times in the middle of an outage: no span that was on disk may be lost. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { expect, test } from "vitest";
import { type OtlpReceiver, startOtlpReceiver } from "../testing/_otlp_receiver.ts";
import { runApp } from "../testing/_run_app.ts";
import { balance } from "../testing/_spans.ts";
import { createPipeline } from "./create_pipeline.ts";

const KILLS = 50;
const BATCH = 16;

/** One plain file without imports: a process that starts fast can be killed often. */
async function bundle(directory: string): Promise<URL> {
  const outfile = join(directory, "app.cjs");
  const entry = fileURLToPath(new URL("../testing/_spool_app.ts", import.meta.url));
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20.19",
  });
  return pathToFileURL(outfile);
}

/** Starts the process, kills it some milliseconds after its first span was on disk. @returns Spans it had on disk. */
async function killedRun(file: URL, env: Record<string, string>, afterMs: number): Promise<number> {
  const app = runApp(file, env, []);
  await app.said("\n");
  await new Promise((resolve) => setTimeout(resolve, afterMs));
  app.child.kill("SIGKILL");
  const { signal, stdout, stderr } = await app.result;
  expect([signal, stderr]).toEqual(["SIGKILL", ""]);
  return Number(stdout.trimEnd().split("\n").at(-1));
}

function deliveries(receiver: OtlpReceiver): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { name } of receiver.spans()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}

test("killing the process 50 times at random moments of an outage loses no spooled span", async () => {
  const scratch = mkdtempSync(join(tmpdir(), "kill-"));
  const directory = join(scratch, "spool");
  const file = await bundle(scratch);
  // Mostly it is down; now and then it takes a batch, so that a kill can also hit a delivery.
  await using receiver = await startOtlpReceiver({
    answer: (_, index) => (index % 4 === 3 ? undefined : { status: 503 }),
  });
  const onDisk = new Map<number, number>();
  const lane = async (first: number): Promise<void> => {
    for (let run = first; run < KILLS; run += 2) {
      const env = {
        SPOOL_DIRECTORY: directory,
        SPOOL_URL: `${receiver.url}/v1/traces`,
        SPOOL_RUN: String(run),
      };
      onDisk.set(run, await killedRun(file, env, Math.random() * 60));
    }
  };
  // Two at a time: they share the directory, and each takes over what the dead ones left.
  await Promise.all([lane(0), lane(1)]);
  receiver.setAnswer(() => undefined);
  const pipeline = createPipeline({
    target: { kind: "otlp-http", url: `${receiver.url}/v1/traces` },
    spool: { directory },
  });
  expect(await pipeline.flush(60_000)).toBe(true);
  const stats = pipeline.stats();
  await pipeline.shutdown();
  rmSync(scratch, { recursive: true });

  const counts = deliveries(receiver);
  const missing = [...onDisk].flatMap(([run, spooled]) =>
    Array.from({ length: spooled }, (_, number) => `${run}-${number}`).filter((name) => !counts.has(name)),
  );
  expect(onDisk.size).toBe(KILLS);
  expect(missing).toEqual([]);
  // Each dead process may have died between a delivery and its mark: one batch each.
  const duplicates = [...counts.values()].reduce((sum, count) => sum + count - 1, 0);
  expect(duplicates).toBeLessThanOrEqual(KILLS * BATCH);
  expect(stats).toMatchObject({ queued: 0, failed: { "spool-corrupt": 0 }, spool: { errors: 0 } });
  expect(balance(stats)).toEqual({ in: stats.spool.recovered, out: stats.spool.recovered });
}, 300_000);
