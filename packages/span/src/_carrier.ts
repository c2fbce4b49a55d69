import type { TextMapGetter, TextMapSetter } from "@opentelemetry/api";

/** What headers come in: a `Headers` or `Map`, or an object such as Node's, Kafka's or a plain one. */
export type Carrier = HeadersLike | { readonly [key: string]: unknown };

/** `Headers`, `Map`, `URLSearchParams` and the like. */
export interface HeadersLike {
  get(key: string): string | null | undefined;
  set(key: string, value: string): unknown;
  keys(): Iterable<string>;
}

/** Reads a header from any carrier. Names of plain objects are compared without regard to case. */
export const carrierGetter: TextMapGetter<Carrier> = {
  keys(carrier) {
    return isHeaders(carrier) ? [...carrier.keys()] : Object.keys(carrier);
  },
  get(carrier, key) {
    if (isHeaders(carrier)) return carrier.get(key) ?? undefined;
    if (Object.hasOwn(carrier, key)) return headerText(carrier[key]);
    const wanted = key.toLowerCase();
    const found = Object.keys(carrier).find((name) => name.toLowerCase() === wanted);
    return found === undefined ? undefined : headerText(carrier[found]);
  },
};

/** Writes a header into any carrier. */
export const carrierSetter: TextMapSetter<Carrier> = {
  set(carrier, key, value) {
    if (isHeaders(carrier)) carrier.set(key, value);
    // The index signature is read-only for callers that hand in headers of a request; here it is written.
    else (carrier as Record<string, unknown>)[key] = value;
  },
};

function isHeaders(carrier: Carrier): carrier is HeadersLike {
  return typeof carrier.get === "function" && typeof carrier.set === "function";
}

/** Kafka and AMQP clients give bytes; Node gives an array for a repeated header. */
function headerText(value: unknown): string | string[] | undefined {
  if (typeof value === "string") return value;
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  if (!Array.isArray(value)) return undefined;
  return value.map(headerText).flatMap((part) => part ?? []);
}
