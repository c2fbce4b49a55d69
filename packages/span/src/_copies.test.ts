import { expect, test, vi } from "vitest";
import { endWaitingCalls, waitingStats } from "./kernel.ts";

test("endWaitingCalls() ends the calls of every copy of the package in the process, and waitingStats() counts them", async () => {
  const own = await import("./_waiting_calls.ts");
  vi.resetModules();
  const other = await import("./_waiting_calls.ts");
  expect(other.watch).not.toBe(own.watch);
  const before = waitingStats();
  const ended: string[] = [];
  const held = [{}, {}] as const;
  own.watch({ lastActive: 0, abandon: () => void ended.push("own") }, held[0]);
  other.watch({ lastActive: 0, abandon: () => void ended.push("other") }, held[1]);
  expect(waitingStats()).toEqual({ waiting: before.waiting + 2, abandoned: before.abandoned });
  expect(endWaitingCalls()).toBe(2);
  expect(ended.sort()).toEqual(["other", "own"]);
  expect(waitingStats()).toEqual({ waiting: 0, abandoned: before.abandoned + 2 });
  expect(held).toHaveLength(2);
});
