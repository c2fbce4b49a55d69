/**
 * A process that ends spans during an outage and tells, before it is killed, how many of them are on disk.
 *
 * Standard output gets one line for each change: the number of spans on disk so far. Spans are called `RUN-NUMBER`.
 */

import { writeSync } from "node:fs";
import { createPipeline } from "../pipeline/create_pipeline.ts";
import { fakeSpan } from "./_spans.ts";

const { SPOOL_DIRECTORY = "", SPOOL_URL = "", SPOOL_RUN = "" } = process.env;

const pipeline = createPipeline({
  target: { kind: "otlp-http", url: SPOOL_URL },
  retry: { initialDelayMs: 3, maxDelayMs: 10 },
  // With one request at a time, the spans on disk (or delivered before) are the first ones that ended.
  batch: { maxBatchSpans: 16, scheduleDelayMs: 5, concurrency: 1 },
  spool: { directory: SPOOL_DIRECTORY, segmentBytes: 20_000 },
});
let number = 0;
let told = 0;
const turn = (): void => {
  for (let count = 0; count < 20; count++) pipeline.processor.onEnd(fakeSpan(`${SPOOL_RUN}-${number++}`));
  const { spooled } = pipeline.stats().spool;
  // Written at once and in full: what was told is on disk, however the process ends.
  if (spooled > told) writeSync(1, `${spooled}\n`);
  told = spooled;
};
setInterval(turn, 1);
