import { expect, test } from "vitest";
import { parameterNames } from "./_parameter_names.ts";

type AnyFunction = (...args: never[]) => unknown;

/** Functions are made from text here, so that no compiler changes their source. */
function make(source: string): AnyFunction {
  return new Function(`return (${source})`)() as AnyFunction;
}

test.each([
  ["function (a, b) {}", ["a", "b"]],
  ["function named(a) {}", ["a"]],
  ["async function (a, ...rest) {}", ["a", "...rest"]],
  ["function* gen($a, _b) {}", ["$a", "_b"]],
  ["a => a", ["a"]],
  ["async a => a", ["a"]],
  ["async (a, b) => a", ["a", "b"]],
  ["() => 1", []],
  ["(a = 1, b = f(1, 2), c = [1, 2], d = { x: 1, y: 2 }) => 1", ["a", "b", "c", "d"]],
  ["({ a, b }, [c], d) => 1", [undefined, undefined, "d"]],
  ["({ a } = {}, d) => 1", [undefined, "d"]],
  ["(a = \")\", b = `,)`, c = '(') => 1", ["a", "b", "c"]],
  ['(a = "\\")", b) => 1', ["a", "b"]],
  ["(a /* , x */, // y\n b) => 1", ["a", "b"]],
  ['(a = "/*", b = "*/") => 1', ["a", "b"]],
  ["({ method(a, b) { return 1; } }).method", ["a", "b"]],
  ["({ async *method(a) {} }).method", ["a"]],
  ["({ ['comp' + (1)](a) {} })['comp1']", ["a"]],
  ["class { constructor(a, b) {} }", ["a", "b"]],
  ["(überweisung, 数) => 1", ["überweisung", "数"]],
])("parameterNames() reads %s", (source, expected) => {
  const found = parameterNames(make(source)).map(({ name, rest }) => (rest ? `...${name}` : name));
  expect(found).toEqual(expected);
});

test("parameterNames() gives nothing for functions without a source", () => {
  expect(parameterNames(Math.max)).toEqual([]);
  expect(parameterNames(((a: number) => a).bind(null))).toEqual([]);
});
