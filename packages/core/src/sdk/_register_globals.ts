import {
  type ContextManager,
  context,
  propagation,
  type TextMapPropagator,
  type TracerProvider,
  trace,
} from "@opentelemetry/api";
import { hasMethod } from "../config/_option_parsers.ts";
import { maskValue } from "../config/mask_value.ts";
import type { ResolvedConfig } from "../config/resolve_config.ts";
import { type ConfigProblem, TracingConfigError } from "../config/tracing_config_error.ts";
import { apiGlobals } from "../lifecycle/_api_globals.ts";
import { logger, messageOf } from "../lifecycle/_diagnostics.ts";
import { apiVersionProblem } from "../lifecycle/_setup_problems.ts";
import { createPropagator } from "../propagation/_create_propagator.ts";
import type { TracingOptions } from "../tracing_options.ts";
import { AsyncLocalStorageContextManager } from "./_sdk.ts";

/**
 * Registers provider, context manager and propagator with the OpenTelemetry API.
 *
 * A context manager or propagator that somebody registered before stays, and that is said: both work with any
 * provider.
 *
 * @returns Takes back exactly what was registered.
 * @throws {TracingConfigError} When the API refuses the provider or the context manager cannot be enabled; then
 * nothing is registered.
 */
export function registerGlobals(
  provider: TracerProvider,
  config: ResolvedConfig,
  options: TracingOptions,
): () => void {
  const undo: (() => void)[] = [];
  const takeBack = (): void => {
    for (const step of undo.reverse()) step();
  };
  const propagator = wrapped(options.propagator ?? createPropagator(config.propagators.value), options);
  if (!trace.setGlobalTracerProvider(provider)) throw new TracingConfigError([apiVersionProblem()]);
  undo.push(() => trace.disable());
  if (apiGlobals().context === undefined) {
    const manager = options.contextManager ?? new AsyncLocalStorageContextManager();
    try {
      context.setGlobalContextManager(manager.enable());
    } catch (error) {
      takeBack();
      throw new TracingConfigError([managerProblem(manager, error)]);
    }
    undo.push(() => context.disable());
  } else logger().warn("a context manager was registered before tracing started and stays in use");
  if (apiGlobals().propagation === undefined) {
    propagation.setGlobalPropagator(propagator);
    undo.push(() => propagation.disable());
  } else logger().warn("a propagator was registered before tracing started and stays in use");
  return takeBack;
}

/** What the caller's wrapper makes of the propagator. A wrapper that gives none would leave headers unwrapped. */
function wrapped(propagator: TextMapPropagator, { wrapPropagator }: TracingOptions): TextMapPropagator {
  if (wrapPropagator === undefined) return propagator;
  let result: unknown;
  let rule = "must return a TextMapPropagator";
  try {
    result = wrapPropagator(propagator);
  } catch (error) {
    rule = `must not throw, and it threw: ${messageOf(error)}`;
  }
  if (isPropagator(result)) return result;
  throw new TracingConfigError([
    {
      code: "propagator.failed",
      setting: "wrapPropagator",
      from: "wrapPropagator",
      value: maskValue(result),
      rule,
      fix: "Return an object with inject, extract and fields.",
    },
  ]);
}

function isPropagator(value: unknown): value is TextMapPropagator {
  return ["inject", "extract", "fields"].every((method) => hasMethod(value, method));
}

function managerProblem(manager: ContextManager, error: unknown): ConfigProblem {
  return {
    code: "context.failed",
    setting: "contextManager",
    from: "contextManager",
    value: manager.constructor.name,
    rule: `must be a ContextManager that can be enabled, and it threw: ${messageOf(error)}`,
    fix: "Leave it out, or give it what it needs.",
  };
}
