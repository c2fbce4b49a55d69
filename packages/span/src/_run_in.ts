import { type Context, ROOT_CONTEXT } from "@opentelemetry/api";
import { apiGlobals } from "./_api_globals.ts";
import type { AnyFunction } from "./any_function.ts";

/** The active context; the root context when no context manager is registered. */
export function activeContext(): Context {
  return apiGlobals()?.context?.active() ?? ROOT_CONTEXT;
}

/**
 * Calls a function with a context active, without a closure, a bound function or a copy of the arguments.
 *
 * @param context The context.
 * @param fn The function.
 * @param self Its `this`.
 * @param args Its arguments.
 * @returns What it returns.
 */
export function runIn(context: Context, fn: AnyFunction, self: unknown, args: ArrayLike<unknown>): unknown {
  const manager = apiGlobals()?.context;
  if (manager === undefined) return Reflect.apply(fn, self, args);
  return manager.with(context, Reflect.apply, undefined, fn, self, args);
}
