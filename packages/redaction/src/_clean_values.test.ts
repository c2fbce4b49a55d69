import { expect, test } from "vitest";
import { CleanBudget, CleanValues } from "./_clean_values.ts";

const values = (bound = 1000): CleanValues => new CleanValues(new CleanBudget(bound, () => undefined));

test("CleanValues has what was added", () => {
  const clean = values();
  clean.add("polygon");
  clean.add("mainnet");
  expect([clean.has("polygon"), clean.has("mainnet"), clean.has("goerli")]).toEqual([true, true, false]);
});

test("CleanValues keeps constants in use while other values come and go", () => {
  const clean = values();
  for (let i = 0; i < 2000; i++) {
    // A constant that is asked for as often as others stays.
    if (!clean.has("polygon")) clean.add("polygon");
    expect(clean.has("polygon")).toBe(true);
    if (!clean.has(`item ${i}`)) clean.add(`item ${i}`);
  }
});

test("CleanValues does not remember long values, but the last one of 80 characters", () => {
  const clean = values();
  const long = "x".repeat(81);
  clean.add(long);
  expect(clean.has(long)).toBe(false);
  const longest = "x".repeat(80);
  clean.add(longest);
  clean.add("polygon");
  expect(clean.has(longest)).toBe(true);
});

test("CleanValues remembers of addresses and hashes the last one only", () => {
  const clean = values();
  const first = `0x${"ab".repeat(20)}`;
  const second = `0x${"cd".repeat(20)}`;
  clean.add(first);
  expect(clean.has(first)).toBe(true);
  clean.add(second);
  expect([clean.has(first), clean.has(second)]).toEqual([false, true]);
});

test("CleanValues leaves a key alone for a while whose values do not repeat", () => {
  const clean = values();
  clean.add("polygon");
  for (let i = 0; i < 100; i++) if (!clean.has(`item ${i}`)) clean.add(`item ${i}`);
  clean.add("goerli");
  clean.add("mainnet");
  // Only the last value is compared while it rests.
  expect([clean.has("goerli"), clean.has("mainnet")]).toEqual([false, true]);
  for (let i = 0; i < 1024; i++) clean.has(`item ${i}`);
  clean.add("goerli");
  clean.add("mainnet");
  expect([clean.has("goerli"), clean.has("mainnet")]).toEqual([true, true]);
});

test("CleanValues without a budget remembers nothing", () => {
  const clean = new CleanValues();
  clean.add("polygon");
  expect(clean.has("polygon")).toBe(false);
});

test("CleanBudget calls for forgetting once all keys together remember too much", () => {
  let forgotten = 0;
  const budget = new CleanBudget(10, () => {
    forgotten++;
    budget.reset();
  });
  const keys = [new CleanValues(budget), new CleanValues(budget)];
  for (let i = 0; i < 33; i++) keys[i % 2]?.add(`item ${i}`);
  expect(forgotten).toBe(3);
});
