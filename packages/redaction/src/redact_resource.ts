import type { Attributes } from "@opentelemetry/api";
import { redactorOf } from "./_redactor_of.ts";
import type { Redactor } from "./create_redactor.ts";
import type { RedactionOptions } from "./redaction_options.ts";

/**
 * Redacts the attributes of a resource, once at start: command lines and environment facts hold secrets easily.
 * {@link redactingExporter} does this for spans by itself; metrics and logs take their resource from here.
 *
 * @param attributes Attributes of the resource.
 * @param options Options of redaction, or a redactor to share.
 * @returns The same object, or a copy without what was secret.
 * @throws RangeError when an option cannot be meant.
 *
 * @example A command line with a flag
 * ```ts
 * import { redactResource } from "@dcmx-tracing/redaction";
 *
 * const resource = redactResource({ "process.command_line": "node mint.js --password hunter2x" });
 * console.assert(resource["process.command_line"] === "node mint.js --password [REDACTED]");
 * ```
 */
export function redactResource<T extends Attributes>(
  attributes: T,
  options: RedactionOptions | Redactor = {},
): T {
  const redactor = redactorOf(options);
  // Values become strings where something was removed; names stay.
  return redactor.redactAttributes(attributes, "resource") as T;
}
