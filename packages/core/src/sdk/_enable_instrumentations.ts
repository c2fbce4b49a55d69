import type { TracerProvider } from "@opentelemetry/api";
import { type ConfigProblem, TracingConfigError } from "../config/tracing_config_error.ts";
import { messageOf, warnOnce } from "../lifecycle/_diagnostics.ts";
import type { TracingInstrumentation, TracingOptions } from "../tracing_options.ts";

/**
 * Gives instrumentations the provider and enables them.
 *
 * @param options The options that hold them; lists may be nested, as auto-instrumentation packages make them.
 * @param provider The registered provider.
 * @returns Disables them again.
 * @throws {TracingConfigError} When one cannot be enabled; those before it are disabled again.
 */
export function enableInstrumentations(options: TracingOptions, provider: TracerProvider): () => void {
  const enabled: TracingInstrumentation[] = [];
  const disable = (): void => {
    for (const instrumentation of enabled.reverse()) {
      try {
        instrumentation.disable();
      } catch (error) {
        warnOnce(`the instrumentation ${nameOf(instrumentation)} could not be disabled`, error);
      }
    }
  };
  for (const instrumentation of (options.instrumentations ?? []).flat()) {
    try {
      instrumentation.setTracerProvider(provider);
      instrumentation.enable();
      enabled.push(instrumentation);
    } catch (error) {
      disable();
      throw new TracingConfigError([problem(nameOf(instrumentation), error)]);
    }
  }
  return disable;
}

function nameOf(instrumentation: TracingInstrumentation): string {
  const name: unknown = Reflect.get(Object(instrumentation), "instrumentationName");
  return typeof name === "string" ? name : "an instrumentation without a name";
}

function problem(name: string, error: unknown): ConfigProblem {
  return {
    code: "instrumentation.failed",
    setting: "instrumentations",
    from: "instrumentations",
    value: name,
    rule: `must hold instrumentations that can be enabled, and one threw: ${messageOf(error)}`,
    fix: "Remove it, or give it what it needs.",
  };
}
