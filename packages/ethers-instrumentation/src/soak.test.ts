import { expect, test } from "vitest";
import { fixture, node, run } from "../test/runtimes.ts";

test("100,000 sends leave no operation, span, listener or timer behind, and the heap as it was", async () => {
  const collecting = { command: node.command, args: ["--expose-gc", ...node.args] };
  const { before, after } = JSON.parse(await run(collecting, fixture("many_sends.ts"), []));
  const { heapMegabytes, intervals, ...counts } = after;
  expect(counts).toEqual({
    openOperations: 0,
    openSpans: 0,
    trackedTransactions: 500,
    listeners: 0,
    timeouts: 0,
  });
  expect(before).toMatchObject(counts);
  // One looks for stuck operations, for the whole process; it ends when it finds none.
  expect(intervals).toBeLessThanOrEqual(1);
  // 60 bytes a send, less than the smallest thing that could be forgotten for each.
  expect(heapMegabytes - before.heapMegabytes).toBeLessThan(6);
});
