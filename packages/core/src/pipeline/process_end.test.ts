/** A pipeline alone holds no process: that is for the exit handlers to decide. */

import { expect, test } from "vitest";
import { startOtlpReceiver } from "../testing/_otlp_receiver.ts";
import { runApp } from "../testing/_run_app.ts";

test.each([
  ["answers nothing", { after: new Promise(() => {}) }],
  ["asks for a minute of patience", { status: 503, headers: { "retry-after": "60" } }],
  ["cuts the connection", { destroy: true }],
])("a process ends by itself while the collector %s", async (_, answer) => {
  await using receiver = await startOtlpReceiver({ answer: () => answer });
  const { code, stderr, durationMs } = await runApp("_idle_app.ts", { OTLP_URL: receiver.url }).result;
  expect([code, stderr]).toEqual([0, ""]);
  // Every wait of the pipeline is a minute: half of it proves that none was waited for.
  expect(durationMs).toBeLessThan(30_000);
});
