import { inspect } from "node:util";
import { expect, test } from "vitest";
import { carriedCalls } from "./_carried_calls.ts";
import type { RpcCall } from "./_rpc_call.ts";

// Only the identity of a call matters here.
const CALL = {} as RpcCall;

test.for([[["0x1", "latest"]], [{ to: "0x1" }]])("a call is found by its parameters %j, once", ([params]) => {
  const other = structuredClone(params);
  carriedCalls.attach(Object(params), CALL);
  expect([carriedCalls.has(Object(params)), carriedCalls.has(Object(other))]).toEqual([true, false]);
  expect(carriedCalls.take(Object(other))).toBeUndefined();
  expect(carriedCalls.take(Object(params))).toBe(CALL);
  expect([carriedCalls.has(Object(params)), carriedCalls.take(Object(params))]).toEqual([false, undefined]);
  carriedCalls.attach(Object(params), CALL);
  expect(carriedCalls.take(Object(params))).toBe(CALL);
});

test("nobody sees that parameters carry a call", () => {
  const params = ["0x1", { data: "0x" }];
  const before = [JSON.stringify(params), inspect(params), Reflect.ownKeys(params)];
  carriedCalls.attach(params, CALL);
  expect([JSON.stringify(params), inspect(params), Reflect.ownKeys(params)]).toEqual(before);
});
