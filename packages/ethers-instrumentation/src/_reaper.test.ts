import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { closeOperation, openOperation } from "./_reaper.ts";
import { registry } from "./_registry.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval", "performance"] });
  // A tick without an open operation ends the timer of an earlier test.
  vi.advanceTimersByTime(60_000);
});
afterEach(() => {
  vi.advanceTimersByTime(60_000);
  registry().open.length = 0;
  vi.useRealTimers();
});

function operation(stuckAfterMs: number): {
  place: number;
  startedAt: number;
  stuckAfterMs: number;
  reap: () => void;
  reaped: number;
} {
  const made = {
    place: -1,
    startedAt: performance.now(),
    stuckAfterMs,
    reaped: 0,
    reap: () => {
      made.reaped++;
    },
  };
  openOperation(made);
  return made;
}

test("an operation that does not end is reaped once, when its time is over and not before", () => {
  const stuck = operation(1000);
  vi.advanceTimersByTime(999);
  expect(stuck.reaped).toBe(0);
  vi.advanceTimersByTime(300);
  expect(stuck.reaped).toBe(1);
  vi.advanceTimersByTime(10_000);
  expect(stuck.reaped).toBe(1);
  expect(registry().open).toEqual([]);
});

test("operations leave the list in any order, and nothing else leaves with them", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (steps) => {
      const operations = Array.from({ length: 21 }, () => operation(1000));
      for (const operation of operations) closeOperation(operation);
      const open = new Set<(typeof operations)[number]>();
      for (const step of steps) {
        const one = operations[step];
        if (one === undefined) continue;
        if (open.delete(one)) closeOperation(one);
        else {
          openOperation(one);
          open.add(one);
        }
        expect(new Set(registry().open)).toEqual(open);
      }
      for (const one of open) closeOperation(one);
      expect(registry().open).toEqual([]);
    }),
  );
});

test("an operation that has ended is left alone", () => {
  const ended = operation(1000);
  closeOperation(ended);
  vi.advanceTimersByTime(10_000);
  expect(ended.reaped).toBe(0);
});

test("a shorter bound than those before is kept as well, and one that throws does not save the others", () => {
  const long = operation(100_000);
  const short = operation(100);
  const broken = operation(100);
  broken.reap = () => {
    throw new Error("no");
  };
  const last = operation(100);
  vi.advanceTimersByTime(200);
  expect([long.reaped, short.reaped, last.reaped]).toEqual([0, 1, 1]);
  vi.advanceTimersByTime(120_000);
  expect(long.reaped).toBe(1);
});

test("the timer ends with the last operation, and begins again with the next", () => {
  operation(100);
  vi.advanceTimersByTime(300);
  expect(vi.getTimerCount()).toBe(0);
  const next = operation(100);
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(300);
  expect(next.reaped).toBe(1);
});

test("a call that never settles does not keep the process alive", async () => {
  const script = fileURLToPath(new URL("../test/fixtures/never_settles.ts", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script]);
  expect(stdout).toBe("the end");
}, 60_000);
