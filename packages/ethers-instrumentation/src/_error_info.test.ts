import { makeError } from "ethers";
import fc from "fast-check";
import { expect, test } from "vitest";
import { errorInfo, framesOf, nodePhrase, withHttpStatus } from "./_error_info.ts";

const SECRET = "9aa3d95b3bc440fa88ea12eaa4456161";

test.for([
  { code: "CALL_EXCEPTION", short: 'execution reverted: "sold out"', message: "execution reverted" },
  { code: "CALL_EXCEPTION", short: "missing revert data", message: "missing revert data" },
  {
    code: "INSUFFICIENT_FUNDS",
    short: "insufficient funds for intrinsic transaction cost",
    message: "insufficient funds for intrinsic transaction cost",
  },
  { code: "INVALID_ARGUMENT", short: `invalid address ${SECRET}`, message: "INVALID_ARGUMENT" },
  { code: "NETWORK_ERROR", short: "network changed: 1 => 2", message: "network changed" },
  { code: "TIMEOUT", short: "request timeout", message: "request timeout" },
  { code: "TIMEOUT", short: "timeout", message: "timeout" },
] as const)("errorInfo() of an error of ethers: $code, $short", ({ code, short, message }) => {
  const error = makeError(short, code as "TIMEOUT", { info: { url: SECRET } } as never);
  expect(errorInfo(error)).toEqual({ type: code, ethersCode: code, httpStatus: undefined, message });
});

test("errorInfo() of a server's refusal has its status, not its words", () => {
  const error = makeError(`server response 403 ${SECRET}`, "SERVER_ERROR", {
    request: "x",
    response: { statusCode: 403 },
  } as never);
  expect(errorInfo(error)).toEqual({
    type: "403",
    ethersCode: "SERVER_ERROR",
    httpStatus: 403,
    message: "server response 403",
  });
});

test.for([
  [
    Object.assign(new Error(SECRET), { code: "ECONNREFUSED", syscall: "connect" }),
    "ECONNREFUSED",
    "connect ECONNREFUSED",
  ],
  [
    Object.assign(new Error(SECRET), { code: "ECONNREFUSED", syscall: SECRET }),
    "ECONNREFUSED",
    "ECONNREFUSED",
  ],
  [new TypeError(SECRET), "TypeError", "TypeError"],
  [Object.assign(new Error("x"), { name: `Error ${SECRET}` }), "Error", "Error"],
  [{ code: 7 }, "Error", "Error"],
  ["text", "_OTHER", "a value was thrown"],
  [null, "_OTHER", "a value was thrown"],
  [undefined, "_OTHER", "a value was thrown"],
] as const)("errorInfo() of anything else: case %#", ([error, type, message]) => {
  expect(errorInfo(error)).toEqual({ type, ethersCode: undefined, httpStatus: undefined, message });
});

test("errorInfo() quotes nothing of what an error says, and never throws", () => {
  // A prefix that no vocabulary contains makes every quotation visible.
  const text = fc.string({ maxLength: 40 }).map((tail) => `§${tail}`);
  const error = fc.record(
    {
      message: text,
      shortMessage: text,
      code: fc.oneof(text, fc.constant("CALL_EXCEPTION")),
      name: text,
      syscall: text,
      response: fc.anything(),
      stack: text,
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(error, (fields) => {
      const { type, message } = errorInfo(Object.assign(new Error("§"), fields));
      expect(`${type}${message}`).not.toContain("§");
    }),
  );
});

test("errorInfo() of an object whose getters throw is without a description", () => {
  const hostile = new Proxy(
    {},
    {
      get: () => {
        throw new Error("no");
      },
    },
  );
  expect(errorInfo(hostile)).toMatchObject({ type: "_OTHER", message: "an error without a description" });
});

test("framesOf() keeps the frames and drops the message, however it is written", () => {
  const error = new Error(`first ${SECRET}\n    at ${SECRET}\nlast ${SECRET}`);
  const frames = framesOf(error) ?? "";
  expect(frames).toContain("_error_info.test.ts");
  expect(frames).not.toContain(SECRET);
  expect(framesOf("text")).toBeUndefined();
});

test("framesOf() drops the query of a module that was loaded from a URL", () => {
  const error = new Error("x");
  error.stack = `Error: x\n    at run (https://cdn.example/app.js?key=${SECRET}:10:20)`;
  expect(framesOf(error)).toBe("    at run (https://cdn.example/app.js:10:20)");
});

test.for([
  ["nonce too low: address 0x1, tx: 2 state: 3", "-32000", "nonce too low"],
  ["Your app has exceeded its RATE LIMIT", "-32005", "rate limit"],
  [`project ${SECRET} is blocked`, "-32005", "limit exceeded"],
  [`project ${SECRET} is blocked`, "-31999", undefined],
  [undefined, "-32601", "method not found"],
  [7, undefined, undefined],
] as const)("nodePhrase(%s, %s)", ([message, code, phrase]) => {
  expect(nodePhrase(message, code)).toBe(phrase);
});

test("withHttpStatus() tells the status that ethers has hidden, and only that", () => {
  const hidden = {
    type: "SERVER_ERROR",
    ethersCode: "SERVER_ERROR",
    httpStatus: undefined,
    message: "exceeded maximum retry limit",
  };
  expect(withHttpStatus(hidden, 429)).toMatchObject({ type: "429", httpStatus: 429 });
  expect(withHttpStatus(hidden, 200)).toBe(hidden);
  expect(withHttpStatus(hidden, undefined)).toBe(hidden);
  const other = { ...hidden, ethersCode: "TIMEOUT" };
  expect(withHttpStatus(other, 429)).toBe(other);
});
