// One outage, in a process of its own: `core_outage_child.mjs SUBJECT SPANS_PER_SECOND refused|503`. Needs --expose-gc.
// 5 s of delivery, 30 s without a collector, 10 s of delivery, then a shutdown. Prints one line of JSON.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { attributesOf, type SubjectName, startCollector, subject } from "./core_pipeline_subjects.ts";

const [, , name = "", rate = "500", mode = "refused", scale = "1"] = process.argv;
// The subject names come from the parent, which has them from the list.
const directory = mkdtempSync(join(tmpdir(), "outage-"));
const collector = await startCollector();
const made = subject(name as SubjectName, collector.url, { directory });
const attributes = attributesOf(5);
const SECOND = 1_000 * Number(scale);

let ended = 0;
let peak = 0;
const held = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};

/** Ends spans at the given rate for some seconds. */
async function produce(seconds: number): Promise<void> {
  const began = performance.now();
  const first = ended;
  let sampledAt = began;
  for (let now = began; now < began + seconds * SECOND; now = performance.now()) {
    const due = first + Math.floor(((now - began) / 1_000) * Number(rate));
    for (; ended < due; ended++) made.tracer.startSpan("nft_minting.mint", { attributes }).end();
    if (now - sampledAt > 2_000) {
      peak = Math.max(peak, held());
      sampledAt = now;
    }
    await pause(5);
  }
}

await produce(5);
const before = held();
peak = before;
await collector.tell(mode === "503" ? { status: 503 } : { up: false });
await produce(30);
await collector.tell(mode === "503" ? { status: 200 } : { up: true });
await produce(10);
await made.shutdown();
const { distinct, received } = await collector.tell({ count: true });
const stats = made.pipeline?.stats();
console.log(
  JSON.stringify({
    ended,
    lost: ended - distinct,
    duplicates: received - distinct,
    extraMB: (peak - before) / 1e6,
    ...(stats && { counted: ended - stats.exported, spooled: stats.spool.spooled }),
  }),
);
rmSync(directory, { recursive: true });
collector.stop();
process.exit();
