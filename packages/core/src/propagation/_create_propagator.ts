import type { TextMapPropagator } from "@opentelemetry/api";
import type { PropagatorName } from "../config/setting_values.ts";
import { loadOptional } from "../exporters/_optional_exporters.ts";
import { CompositePropagator, W3CBaggagePropagator, W3CTraceContextPropagator } from "../sdk/_sdk.ts";

/**
 * The propagator for a list of formats. Formats that are seldom used are loaded only when they are named.
 *
 * @param names Formats; the later ones win when a request carries several.
 */
export function createPropagator(names: readonly PropagatorName[]): TextMapPropagator {
  const propagators = names.includes("none") ? [] : names.map(onePropagator);
  return new CompositePropagator({ propagators });
}

function onePropagator(name: PropagatorName): TextMapPropagator {
  switch (name) {
    case "baggage":
      return new W3CBaggagePropagator();
    case "b3":
      return construct("@opentelemetry/propagator-b3", "B3Propagator", { injectEncoding: 0 });
    case "b3multi":
      return construct("@opentelemetry/propagator-b3", "B3Propagator", { injectEncoding: 1 });
    case "jaeger":
      return construct("@opentelemetry/propagator-jaeger", "JaegerPropagator", {});
    default:
      return new W3CTraceContextPropagator();
  }
}

function construct(packageName: string, className: string, options: object): TextMapPropagator {
  const made: unknown = Reflect.get(Object(loadOptional(packageName)), className);
  if (typeof made !== "function") throw new TypeError(`${packageName} has no ${className}`);
  // Both packages are dependencies of this one, in versions whose classes are text map propagators.
  return Reflect.construct(made, [options]) as TextMapPropagator;
}
