import { context, ROOT_CONTEXT } from "@opentelemetry/api";
import { fieldsOf } from "./_error_info.ts";
import { type FetchRequestLike, observeAttempts } from "./_http_attempts.ts";
import { type Method, ownsMethods, patchMethod } from "./_patch.ts";
import { learnFromAnswers, patchBootstrap } from "./_patch_bootstrap.ts";
import { patchSubscribers } from "./_patch_subscribers.ts";
import type { ProviderState } from "./_provider_state.ts";
import { registry } from "./_registry.ts";
import { guarded, reportOnce } from "./_report.ts";
import { endCall, failCall, type RpcCall, startCall } from "./_rpc_call.ts";
import { stateOf } from "./_state_of.ts";
import { closeTransport, failTransport, openTransport, type Transport } from "./_transport.ts";

const shared = registry();

/** Whether this is the prototype that all JSON-RPC providers of ethers share; found by methods, as names are minified. */
export function isJsonRpcBase(prototype: object): boolean {
  return ownsMethods(prototype, "send", "_start", "_getOption");
}

/** Patches the base class of the JSON-RPC providers: every call goes through its `send`. */
export function patchJsonRpcBase(prototype: object): void {
  patchMethod(prototype, "send", observeSend);
  patchBootstrap(prototype);
}

/**
 * Notes the context in which a subclass' `send` is entered. Subclasses await before they reach the base class, and a
 * context manager without AsyncLocalStorage (browsers) has lost the context by then.
 */
export function patchSubclassSend(prototype: object): void {
  if (!ownsMethods(prototype, "send") || isJsonRpcBase(prototype)) return;
  patchMethod(prototype, "send", (original) => {
    return function send(this: object, ...args: unknown[]): unknown {
      if (stateOf(this) === undefined) return original.apply(this, args);
      const active = context.active();
      const own = active === ROOT_CONTEXT ? undefined : copyParams(args[1]);
      if (own === undefined) return original.apply(this, args);
      shared.entered.set(own, active);
      return original.call(this, args[0], own, ...args.slice(2));
    };
  });
}

/** Wraps a provider whose class is not one of ethers': `send` runs inside its span. */
export function patchForeignSend(provider: object): void {
  patchMethod(provider, "send", (original) => {
    return function send(this: object, ...args: unknown[]): unknown {
      const state = stateOf(this);
      if (state === undefined) return original.apply(this, args);
      const call = guarded("a call could not be started", () =>
        startCall(state, String(args[0]), args[1], context.active()),
      );
      if (call === undefined) return original.apply(this, args);
      let outcome: unknown;
      try {
        outcome = context.with(call.context, () => original.apply(this, args));
      } catch (error) {
        failSend(call, error);
        throw error;
      }
      return settle(call, outcome);
    };
  });
}

/** Wraps the transport of one provider. It belongs to the object, as every subclass has its own. */
export function patchTransport(provider: object, state: ProviderState): void {
  state.patched.add(provider);
  patchMethod(provider, "_send", observeTransport);
  patchMethod(provider, "_getConnection", observeConnection);
  patchSubscribers(provider);
}

function observeSend(original: Method): Method {
  return function send(this: object, ...args: unknown[]): unknown {
    const state = stateOf(this);
    if (state === undefined) return original.apply(this, args);
    const call = beginSend(state, args[0], args[1]);
    if (call === undefined) return original.apply(this, args);
    let outcome: unknown;
    try {
      outcome = original.call(this, args[0], call.wireParams);
    } catch (error) {
      failSend(call, error);
      throw error;
    }
    return settle(call, outcome);
  };
}

// This path runs for every call: it makes no closures where a plain try does.
function beginSend(state: ProviderState, method: unknown, params: unknown): RpcCall | undefined {
  try {
    return callOf(state, method, params);
  } catch (error) {
    reportOnce("a call could not be started", error);
    return undefined;
  }
}

function callOf(state: ProviderState, method: unknown, params: unknown): RpcCall {
  const { entered, calls } = shared;
  const noted = typeof params === "object" && params !== null ? entered.get(params) : undefined;
  const active = context.active();
  const parent = active === ROOT_CONTEXT && noted !== undefined ? noted : active;
  const call = startCall(state, String(method), params, parent);
  // A noted copy is ours and can carry the call, but only once: a subclass may send the same array again.
  const own = noted !== undefined && !calls.has(Object(params)) ? params : copyParams(params);
  if (typeof own === "object" && own !== null) {
    call.wireParams = own;
    calls.attach(own, call);
  } else state.unkeyed.push(call);
  return call;
}

/** A copy by which this call can be told apart from others that share the parameters; the wire does not change. */
function copyParams(params: unknown): object | undefined {
  if (Array.isArray(params)) return params.slice();
  if (typeof params !== "object" || params === null) return undefined;
  const prototype: unknown = Object.getPrototypeOf(params);
  const plain = prototype === Object.prototype || prototype === null;
  return plain && !("toJSON" in params) ? { ...params } : undefined;
}

/** Ends the telemetry of a call before the caller sees the outcome, which stays the very same value or error. */
function settle(call: RpcCall, outcome: unknown): unknown {
  if (!isThenable(outcome)) return endSend(call, outcome);
  return outcome.then(
    (result) => endSend(call, result),
    (error: unknown) => {
      failSend(call, error);
      throw error;
    },
  );
}

function endSend<T>(call: RpcCall, result: T): T {
  try {
    endCall(call, result);
  } catch (error) {
    reportOnce("a call could not be ended", error);
  }
  return result;
}

function failSend(call: RpcCall, reason: unknown): void {
  try {
    failCall(call, reason);
  } catch (error) {
    reportOnce("a call could not be ended", error);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof fieldsOf(value).then === "function";
}

/** The request that is being made, and by which provider: some context managers lose the context. */
let making: { readonly provider: object; readonly transport: Transport } | undefined;

function observeTransport(original: Method): Method {
  return function _send(this: object, ...args: unknown[]): unknown {
    const state = stateOf(this);
    if (state === undefined) return original.apply(this, args);
    const transport = beginRequest(state, args[0]);
    if (transport === undefined) return original.apply(this, args);
    const outer = making;
    making = { provider: this, transport };
    let outcome: unknown;
    try {
      outcome = context.with(transport.context, callWith, undefined, original, this, args);
    } catch (error) {
      failRequest(transport, error);
      throw error;
    } finally {
      making = outer;
    }
    if (!isThenable(outcome)) return outcome;
    return outcome.then(
      (results) => endRequest(transport, args[0], results),
      (error: unknown) => {
        failRequest(transport, error);
        throw error;
      },
    );
  };
}

/** Stands in for a closure, which would be made for every request. */
function callWith(method: Method, self: object, args: unknown[]): unknown {
  return method.apply(self, args);
}

function beginRequest(state: ProviderState, payload: unknown): Transport | undefined {
  try {
    return openTransport(state, payload);
  } catch (error) {
    reportOnce("a request could not be started", error);
    return undefined;
  }
}

function endRequest<T>(transport: Transport, payload: unknown, results: T): T {
  try {
    // First what the chain is: the question may have been in this very request, whose spans shall name it.
    learnFromAnswers(transport.state, payload, results);
    closeTransport(transport, results);
  } catch (error) {
    reportOnce("a request could not be ended", error);
  }
  return results;
}

function failRequest(transport: Transport, reason: unknown): void {
  try {
    failTransport(transport, reason);
  } catch (error) {
    reportOnce("a request could not be ended", error);
  }
}

function observeConnection(original: Method): Method {
  return function _getConnection(this: object, ...args: unknown[]): unknown {
    const request = original.apply(this, args);
    const transport = making?.provider === this ? making.transport : undefined;
    if (
      transport !== undefined &&
      typeof request === "object" &&
      request !== null &&
      "getUrlFunc" in request
    ) {
      // _getConnection returns a fresh copy of ethers' FetchRequest at each call.
      guarded("a request could not be observed", () =>
        observeAttempts(transport, request as FetchRequestLike),
      );
    }
    return request;
  };
}
