import { type Context, context, propagation } from "@opentelemetry/api";
import { type Carrier, carrierGetter, type HeadersLike } from "./_carrier.ts";
import { warnOnce } from "./_warn_once.ts";

/**
 * Runs a function as part of the trace that an incoming message belongs to: spans started inside are children of the
 * sender's span. Makes no span itself. Not needed for HTTP servers that an instrumentation already covers.
 *
 * @param carrier The headers of the message: a `Headers`, a `Map`, Node's or Kafka's headers, or a plain object.
 * Without valid trace headers in it, the active context stays as it is.
 * @param fn The work.
 * @returns What `fn` returns.
 * @throws Only what `fn` throws.
 *
 * @example Continue the sender's trace
 * ```ts
 * import { startSpan, withContext } from "@dcmx-tracing/span";
 *
 * const headers = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
 * const result = withContext(headers, () => startSpan("sales.consume", () => "done"));
 * console.assert(result === "done");
 * ```
 */
export function withContext<T>(carrier: HeadersLike | object | null | undefined, fn: () => T): T {
  return context.with(extract(carrier), fn);
}

function extract(carrier: object | null | undefined): Context {
  const active = context.active();
  if (carrier === null || carrier === undefined) return active;
  try {
    // Any object may be asked for headers; the getter takes what is text and leaves the rest.
    return propagation.extract(active, carrier as Carrier, carrierGetter);
  } catch (error) {
    warnOnce("the trace context could not be read from a carrier", error);
    return active;
  }
}
