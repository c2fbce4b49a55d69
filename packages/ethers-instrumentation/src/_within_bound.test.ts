import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { withinBound } from "./_within_bound.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test("withinBound() gives the answer and leaves no timer", async () => {
  expect(await withinBound(Promise.resolve(null))).toBeNull();
  expect(vi.getTimerCount()).toBe(0);
});

test("withinBound() gives undefined for a refusal, and leaves no timer", async () => {
  expect(await withinBound(Promise.reject(new Error("refused")))).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

test("withinBound() gives undefined after two seconds without an answer", async () => {
  let late: (value: string) => void = () => undefined;
  const asked = withinBound(
    new Promise<string>((resolve) => {
      late = resolve;
    }),
  );
  let settled = false;
  void asked.then(() => {
    settled = true;
  });
  await vi.advanceTimersByTimeAsync(1999);
  expect(settled).toBe(false);
  await vi.advanceTimersByTimeAsync(1);
  late("too late");
  expect(await asked).toBeUndefined();
});
