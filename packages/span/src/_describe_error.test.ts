import fc from "fast-check";
import { expect, test } from "vitest";
import { describeError } from "./_describe_error.ts";

class MintError extends Error {
  override readonly name = "MintError";
}
class Unnamed extends Error {}

test.each<[string, unknown, string, string, string]>([
  ["an error", new RangeError("no"), "RangeError", "RangeError", "no"],
  ["an error class with a name", new MintError("no"), "MintError", "MintError", "no"],
  ["an error class without a name of its own", new Unnamed("no"), "Error", "Error", "no"],
  [
    "an error with a code",
    Object.assign(new Error("no"), { code: "CALL_EXCEPTION" }),
    "Error",
    "CALL_EXCEPTION",
    "no",
  ],
  [
    "an error with a sentence for a code",
    Object.assign(new Error("no"), { code: "a b c" }),
    "Error",
    "Error",
    "no",
  ],
  ["an error with a number for a code", Object.assign(new Error("no"), { code: 7 }), "Error", "Error", "no"],
  ["a text", "text", "string", "string", "text"],
  ["undefined", undefined, "undefined", "undefined", "undefined"],
  ["null", null, "null", "null", "null"],
  ["a symbol", Symbol("s"), "symbol", "symbol", "Symbol(s)"],
  ["an object", { message: "m" }, "Object", "Object", "m"],
  ["an object without a prototype", Object.create(null), "Error", "Error", ""],
])("describeError() describes %s", (_what, error, name, type, message) => {
  expect(describeError(error)).toMatchObject({ name, type, message });
});

test("describeError() adds the causes to the stack, and stops at cycles", () => {
  const root = new Error("root");
  const middle = new Error("middle", { cause: root });
  expect(describeError(new Error("top", { cause: middle })).stack).toMatch(
    /top.*Caused by: Error: middle.*Caused by: Error: root/s,
  );
  const cycle: Error & { cause?: unknown } = new Error("cycle");
  cycle.cause = cycle;
  expect(describeError(cycle).stack?.match(/Caused by/g)?.length).toBe(4);
  expect(describeError(new Error("top", { cause: { code: 1 } })).stack).toContain("Caused by: (no message)");
});

test("describeError() takes the short message of an ethers error, in message, stack and causes", () => {
  const key = "0123456789abcdef0123456789abcdef";
  const long = `server response 403 Forbidden (info={ "requestUrl": "https://mainnet.infura.io/v3/${key}" }, code=SERVER_ERROR)`;
  const error = Object.assign(new Error(long), { shortMessage: "server response 403 Forbidden" });
  const described = describeError(error);
  expect(described.message).toBe("server response 403 Forbidden");
  expect(described.stack).toMatch(/^Error: server response 403 Forbidden\n {4}at /);
  expect(JSON.stringify(describeError(new Error("minting failed", { cause: error })))).not.toContain(key);
});

test("describeError() throws nothing and is bounded, whatever was thrown", () => {
  const throwing = (): never => {
    throw new Error("hostile");
  };
  const hostile = fc.constantFrom<unknown>(
    new Proxy({}, { get: throwing, getPrototypeOf: throwing }),
    new Proxy(() => 1, { get: throwing }),
    Object.defineProperty(new Error("x"), "message", { get: throwing }),
    Object.defineProperty(new Error("x"), "stack", { get: throwing }),
    Object.defineProperty(new Error("x"), "cause", { get: throwing }),
    { toString: throwing, constructor: new Proxy(class {}, { get: throwing }) },
    new Error("x".repeat(100_000)),
    Object.assign(new Error("x"), { stack: "s".repeat(100_000), name: "n".repeat(1000) }),
  );
  fc.assert(
    fc.property(fc.oneof(fc.anything(), hostile), (error) => {
      const { name, message, stack = "", type } = describeError(error);
      expect(name.length).toBeLessThanOrEqual(128);
      expect(message.length).toBeLessThanOrEqual(1024);
      expect(stack.length).toBeLessThanOrEqual(16_384);
      expect(type.length).toBeLessThanOrEqual(128);
    }),
    { numRuns: 1000 },
  );
});
