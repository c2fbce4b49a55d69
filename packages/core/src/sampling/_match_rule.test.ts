import fc from "fast-check";
import { expect, test } from "vitest";
import { compileRules } from "./_match_rule.ts";
import type { SamplingRule } from "./sampling_rule.ts";

function matches(match: SamplingRule["match"], name: string, attributes = {}): boolean {
  return compileRules([{ match, rate: 1 }]).every((rule) => rule.matches(name, attributes));
}

test.each<[SamplingRule["match"], string, object, boolean]>([
  ["health", "health", {}, true],
  ["health", "health.live", {}, false],
  ["health.*", "health.live", {}, true],
  ["health.*", "healthy", {}, false],
  ["*.verify", "nft.watermark.verify", {}, true],
  ["a*c*e", "abcde", {}, true],
  ["a*c*e", "abde", {}, false],
  ["*", "line one\nline two", {}, true],
  ["GET /(x)", "GET /(x)", {}, true],
  [/^debug/, "debug.sql", {}, true],
  [/^debug/g, "debug.sql", {}, true],
  [{ name: "mint", attributes: { tier: "gold" } }, "mint", { tier: "gold" }, true],
  [{ name: "mint", attributes: { tier: "gold" } }, "mint", { tier: "silver" }, false],
  [{ name: "mint", attributes: { tier: "gold" } }, "burn", { tier: "gold" }, false],
  [{ attributes: { "http.route": /^\/health/ } }, "GET", { "http.route": "/health/live" }, true],
  [{ attributes: { "http.route": /^\/health/ } }, "GET", { "http.route": 5 }, false],
  [{ attributes: { retry: 2 } }, "x", { retry: 2 }, true],
  [{ attributes: { retry: 2 } }, "x", { retry: "2" }, false],
  [{ attributes: { tags: ["a", "b"] } }, "x", { tags: ["a", "b"] }, true],
  [{ attributes: { tags: ["a", "b"] } }, "x", { tags: ["a"] }, false],
  [{ attributes: { tier: "gold" } }, "x", {}, false],
  [(name) => name.length > 3, "long", {}, true],
])("compileRules() matches %o with %s %o: %s", (match, name, attributes, expected) => {
  expect(matches(match, name, attributes)).toBe(expected);
  // a second time, as expressions with the flag g remember where they stopped
  expect(matches(match, name, attributes)).toBe(expected);
});

test("compileRules() takes a name without * literally, whatever characters it has", () => {
  const name = fc.string().filter((text) => !text.includes("*"));
  fc.assert(fc.property(name, name, (pattern, other) => matches(pattern, other) === (pattern === other)));
});

test("compileRules() lets * stand for any text, and for nothing else", () => {
  const part = fc.string().filter((text) => !text.includes("*"));
  fc.assert(
    fc.property(part, part, fc.string(), (start, end, middle) => {
      expect(matches(`${start}*${end}`, `${start}${middle}${end}`)).toBe(true);
    }),
  );
});

test("compileRules() names a rule by its name, its span name or its position", () => {
  const rules = [
    { match: "a.*", rate: 1 },
    { match: /b/, rate: 1 },
    { match: { name: "c" }, rate: 1 },
    { match: { name: /d/ }, rate: 1 },
    { match: () => true, rate: 1, name: "mine" },
  ];
  expect(compileRules(rules).map((rule) => rule.name)).toEqual(["a.*", "rule-1", "c", "rule-3", "mine"]);
});
