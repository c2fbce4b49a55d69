import type { ContextManager, MeterProvider, TracerProvider } from "@opentelemetry/api";

/** What the OpenTelemetry API keeps in its global place, shared by all copies of its 1.x line. */
export interface ApiGlobals {
  readonly trace?: TracerProvider;
  readonly context?: ContextManager;
  readonly metrics?: MeterProvider;
}

/**
 * The key under which the API keeps its registrations. Every 1.x copy must use it, or copies could not share a
 * provider. It is read only to notice cheaply that something was (un)registered; the things themselves are then
 * asked of the API's own functions.
 */
const API_KEY = Symbol.for("opentelemetry.js.api.1");

/**
 * Reads the registrations of the OpenTelemetry API.
 *
 * @returns The registrations, or `undefined` before the first one.
 */
export function apiGlobals(): ApiGlobals | undefined {
  // The global object has no index signature for symbols; the value is only read through the optional fields above.
  return (globalThis as unknown as { readonly [API_KEY]?: ApiGlobals })[API_KEY];
}
