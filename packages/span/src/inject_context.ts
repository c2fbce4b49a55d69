import { context, propagation } from "@opentelemetry/api";
import { carrierSetter, type HeadersLike } from "./_carrier.ts";
import { warnOnce } from "./_warn_once.ts";

/** Headers as a plain object: what {@linkcode injectContext} makes when it is given nothing. */
export interface HeaderRecord {
  [name: string]: string;
}

/**
 * Writes the active trace context and baggage into the headers of an outgoing message, for any transport: the
 * receiver continues the trace with {@linkcode withContext}. Not needed for HTTP calls that an instrumentation
 * already covers.
 *
 * @param carrier A `Headers`, a `Map` or a plain object. @default {}
 * @returns The carrier. Without a registered propagator or an active span nothing is written.
 *
 * @example Send a message that continues the trace
 * ```ts
 * import { injectContext, startSpan } from "@dcmx-tracing/span";
 *
 * const message = startSpan("sales.publish", () => ({ body: "sold", headers: injectContext() }));
 * console.assert(message.body === "sold");
 * ```
 */
export function injectContext<C extends HeadersLike | object = HeaderRecord>(carrier?: C): C {
  // Without a carrier, C is its default, and an empty object is one.
  const target = carrier ?? ({} as C);
  try {
    propagation.inject(context.active(), target as Record<string, unknown>, carrierSetter);
  } catch (error) {
    warnOnce("the trace context could not be written into a carrier", error);
  }
  return target;
}
