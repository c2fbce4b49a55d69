import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { isAlive, ownIdentity } from "./_process_identity.ts";

const own = ownIdentity();

test("ownIdentity() is the same at each call, and alive", () => {
  expect(ownIdentity()).toEqual(own);
  expect(own).toMatchObject({ pid: process.pid, place: expect.stringMatching(/^[0-9a-f]{12}$/) });
  expect(isAlive(own, own)).toBe(true);
});

test("isAlive() knows a process that uses the number of a dead one", () => {
  expect(isAlive({ ...own, started: own.started + 1 }, own)).toBe(false);
  expect(isAlive({ ...own, pid: process.ppid, started: 1 }, own)).toBe(false);
});

test("isAlive() knows when another process ended", async () => {
  const ended = spawnSync(process.execPath, ["-e", ""]);
  expect(isAlive({ ...own, pid: ended.pid }, own)).toBe(false);
  const code =
    'process.stdout.write(require("fs").readFileSync("/proc/self/stat")); setInterval(() => {}, 1e6)';
  const child = spawn(process.execPath, ["-e", code]);
  const [stat] = await once(child.stdout, "data");
  const started = Number(String(stat).split(") ")[1]?.split(" ")[19]);
  const other = { ...own, pid: child.pid ?? 0, started };
  expect(isAlive(other, own)).toBe(true);
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(isAlive(other, own)).toBe(false);
});

test("isAlive() does not guess about a process that runs elsewhere", () => {
  expect(isAlive({ ...own, place: "0123456789ab" }, own)).toBeUndefined();
});

test("isAlive() without a start time believes only in the absence of a process", () => {
  const unknown = { ...own, started: 0 };
  expect(isAlive({ ...unknown, pid: process.ppid }, unknown)).toBeUndefined();
  const ended = spawnSync(process.execPath, ["-e", ""]);
  expect(isAlive({ ...unknown, pid: ended.pid }, unknown)).toBe(false);
});
