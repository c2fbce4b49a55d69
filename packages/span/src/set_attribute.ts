import { trace } from "@opentelemetry/api";
import { warnOnce } from "./_warn_once.ts";
import { plainValue } from "./plain_attributes.ts";
import type { SpanAttributeValue } from "./span_options.ts";

/**
 * Sets one attribute of the active span. Without an active span nothing happens. Not for a span that is not active:
 * use its own `setAttribute`.
 *
 * @param key Name of the attribute, such as `nft.token_id`.
 * @param value A string, number, boolean, an array of one of these, or a `bigint`, which becomes its decimal digits;
 * `null` and `undefined` set nothing.
 *
 * @example Say which token was minted
 * ```ts
 * import { setAttribute, startSpan } from "@dcmx-tracing/span";
 *
 * startSpan("nft_minting.blockchain_mint", () => setAttribute("nft.token_id", 12n));
 * ```
 */
export function setAttribute(key: string, value: SpanAttributeValue): void {
  try {
    const span = trace.getActiveSpan();
    const plain = span === undefined ? undefined : plainValue(value);
    if (plain !== undefined) span?.setAttribute(key, plain);
  } catch (error) {
    warnOnce("an attribute could not be set", error);
  }
}
