import { trace } from "@opentelemetry/api";
import { warnOnce } from "./_warn_once.ts";
import { plainAttributes } from "./plain_attributes.ts";
import type { SpanAttributes } from "./span_options.ts";

/**
 * Sets several attributes of the active span. Without an active span nothing happens. Not for a span that is not
 * active: use its own `setAttributes`.
 *
 * @param attributes Values by key, as {@linkcode setAttribute} takes them.
 *
 * @example Describe the NFT
 * ```ts
 * import { setAttributes, startSpan } from "@dcmx-tracing/span";
 *
 * startSpan("nft_minting", () => setAttributes({ "nft.edition": 1, "nft.token_id": 12n }));
 * ```
 */
export function setAttributes(attributes: SpanAttributes): void {
  try {
    trace.getActiveSpan()?.setAttributes(plainAttributes(attributes));
  } catch (error) {
    warnOnce("an attribute could not be set", error);
  }
}
