import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { PublicRegistry } from "./_public_registry.ts";

const hash = (): string => randomBytes(32).toString("hex");

test("PublicRegistry holds what was added and nothing else", () => {
  const set = new PublicRegistry(1000);
  const members = Array.from({ length: 1000 }, hash);
  for (const member of members) expect(set.add(member)).toBe(true);
  expect(members.filter((member) => !set.has(member))).toEqual([]);
  for (let i = 0; i < 1000; i++) expect(set.has(hash())).toBe(false);
});

test("PublicRegistry tells hashes apart that differ in one digit", () => {
  fc.assert(
    fc.property(fc.nat(63), fc.nat(14), (at, step) => {
      const set = new PublicRegistry(4);
      const member = hash();
      const digit = (Number.parseInt(member[at] ?? "0", 16) + 1 + step) % 16;
      set.add(member);
      expect(set.has(member.slice(0, at) + digit.toString(16) + member.slice(at + 1))).toBe(false);
    }),
  );
});

test("PublicRegistry reads capitals, with 0x and without", () => {
  const set = new PublicRegistry(4);
  const member = hash();
  set.add(`0X${member.toUpperCase()}`);
  expect(set.has(member)).toBe(true);
  expect(set.has(`0x${member}`)).toBe(true);
});

test("PublicRegistry takes nothing that is not 64 hexadecimal digits", () => {
  const set = new PublicRegistry(4);
  const member = hash();
  for (const text of [
    "",
    "0x",
    member.slice(1),
    `${member.slice(1)}g`,
    `é${member.slice(1)}`,
    ` ${member}`,
    `1x${member}`,
    `0x${member}0`,
    `0x${member.slice(1)}\u0130`,
  ]) {
    expect(set.add(text)).toBe(false);
    expect(set.has(text)).toBe(false);
  }
});

test("PublicRegistry keeps the last hashes up to its bound and never twice as many", () => {
  const bound = 50;
  const set = new PublicRegistry(bound);
  const members: string[] = [];
  for (let i = 0; i < 1000; i++) {
    members.push(hash());
    set.add(members.at(-1) ?? "");
    expect(members.slice(-bound).every((member) => set.has(member))).toBe(true);
  }
  expect(members.filter((member) => set.has(member)).length).toBeLessThan(2 * bound + 1);
});

test("PublicRegistry keeps what is added again while others come and go", () => {
  const set = new PublicRegistry(20);
  const kept = hash();
  for (let i = 0; i < 400; i++) {
    if (i % 15 === 0) set.add(kept);
    set.add(hash());
  }
  expect(set.has(kept)).toBe(true);
});

test("PublicRegistry has room for one hash at least", () => {
  const set = new PublicRegistry(0);
  const member = hash();
  set.add(member);
  expect(set.has(member)).toBe(true);
});
