import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { sweep, touched, unwatch, type WaitingCall, watch } from "./_waiting_calls.ts";
import { endWaitingCalls, waitingStats } from "./kernel.ts";

function makeCall(lastActive: number): WaitingCall & { abandoned: boolean } {
  return {
    lastActive,
    abandoned: false,
    abandon() {
      this.abandoned = true;
    },
  };
}

test("sweep() abandons the calls without a step for five minutes, and leaves the others", () => {
  const [old, young] = [makeCall(0), makeCall(400_000)];
  const held = [{}, {}] as const;
  watch(old, held[0]);
  watch(young, held[1]);
  sweep(299_999);
  expect([old.abandoned, young.abandoned]).toEqual([false, false]);
  sweep(300_000);
  expect([old.abandoned, young.abandoned, waitingStats().waiting]).toEqual([true, false, 1]);
  unwatch(young);
  expect(waitingStats().waiting).toBe(0);
});

test("watch() abandons the call that was longest without a step when there are too many", () => {
  const held: object[] = [];
  const calls = Array.from({ length: 10_001 }, () => makeCall(1));
  for (const [i, call] of calls.entries()) {
    if (i === 10_000) touched(calls[0] as WaitingCall);
    held.push({});
    watch(call, held[i] as object);
  }
  expect(calls.filter((call) => call.abandoned)).toEqual([calls[1]]);
  expect(endWaitingCalls()).toBe(10_000);
  expect([calls.every((call) => call.abandoned), waitingStats().waiting, held.length]).toEqual([
    true,
    0,
    10_001,
  ]);
});

test("watch() abandons a call whose result was garbage collected", async () => {
  setFlagsFromString("--expose-gc");
  const collect: () => void = runInNewContext("gc");
  const call = makeCall(0);
  const before = waitingStats().abandoned;
  watch(call, {});
  // Collection is announced in a task of its own, some time after it.
  for (let i = 0; i < 100 && !call.abandoned; i++) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect([call.abandoned, waitingStats().abandoned]).toEqual([true, before + 1]);
});
