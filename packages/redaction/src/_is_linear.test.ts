import { expect, test } from "vitest";
import { isLinear } from "./_is_linear.ts";

test.each([
  "abc",
  "TCK-\\d+",
  "[a-z]{2,8}-\\d{4}",
  "(?:foo|bar)\\d*",
  "a?b?c?",
  "\\bx[^\\s]{1,40}y\\b",
  "(?:ab){1,3}c",
])("isLinear() accepts %s", (source) => expect(isLinear(source)).toBe(true));

test.each([
  "(a+)+",
  "(a*)*b",
  "(?:a|a+)+",
  "(\\d+)+$",
  "a+.*b+",
  "(a)\\1",
  "(?<x>a)\\k<x>",
  "(?:a{1,9})*",
  ".*.*x",
])("isLinear() refuses %s", (source) => expect(isLinear(source)).toBe(false));
