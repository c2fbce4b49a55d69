import { type ContextManager, context, propagation, type TracerProvider, trace } from "@opentelemetry/api";
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
  const propagator = options.propagator ?? createPropagator(config.propagators.value);
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
