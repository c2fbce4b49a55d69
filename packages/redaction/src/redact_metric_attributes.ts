import type { Attributes } from "@opentelemetry/api";
import { redactorOf } from "./_redactor_of.ts";
import type { Redactor } from "./create_redactor.ts";
import type { RedactionOptions } from "./redaction_options.ts";

/** A function from attributes to redacted attributes, which is an attributes processor of metric views too. */
export interface MetricAttributesRedactor {
  (attributes: Attributes): Attributes;
  /** The interface of `IAttributesProcessor` of the metrics SDK. */
  readonly process: (attributes: Attributes) => Attributes;
}

/**
 * Redacts the attributes of metrics: as `attributeFilter` of `initMetrics`, or as an attributes processor of a view.
 *
 * @param options Options of redaction, or a redactor to share.
 * @returns The function.
 * @throws RangeError when an option cannot be meant.
 *
 * @example Redact a label
 * ```ts
 * import { redactMetricAttributes } from "@dcmx-tracing/redaction";
 *
 * const redact = redactMetricAttributes();
 * console.assert(redact({ network: "polygon", api_key: "a8Kd02mfPq71Zx" })["api_key"] === "[REDACTED]");
 * ```
 */
export function redactMetricAttributes(options: RedactionOptions | Redactor = {}): MetricAttributesRedactor {
  const redactor = redactorOf(options);
  const redact = (attributes: Attributes): Attributes => redactor.redactAttributes(attributes, "metric");
  return Object.assign(redact, { process: redact });
}
