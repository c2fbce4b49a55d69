import type { Context } from "@opentelemetry/api";
import { createRedactor, type Redactor } from "./create_redactor.ts";
import type { RedactionOptions } from "./redaction_options.ts";

/** What is read and written of a log record of the SDK. */
export interface LogRecordLike {
  body?: unknown;
  attributes: object;
  eventName?: string | undefined;
  severityText?: string | undefined;
}

/** What is used of a log record processor of the SDK. */
export interface LogProcessorLike<R extends LogRecordLike> {
  onEmit(record: R, context?: Context): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/**
 * Wraps a log record processor so that body, attributes, event name and severity text are redacted before it sees
 * the record. The record is changed in place, as the specification of `onEmit` allows.
 *
 * @param processor The processor that exports.
 * @param options Options of redaction, or a redactor to share.
 * @returns A processor with the same behaviour otherwise.
 * @throws RangeError when an option cannot be meant.
 *
 * @example Wrap a processor
 * ```ts
 * import { redactingLogProcessor } from "@dcmx-tracing/redaction";
 *
 * const bodies: unknown[] = [];
 * const inner = { onEmit: (r: { body?: unknown; attributes: object }) => void bodies.push(r.body), forceFlush: async () => {}, shutdown: async () => {} };
 * redactingLogProcessor(inner).onEmit({ body: "password: hunter2x", attributes: {} });
 * console.assert(bodies[0] === "password: [REDACTED]");
 * ```
 */
export function redactingLogProcessor<R extends LogRecordLike, P extends LogProcessorLike<R>>(
  processor: P & LogProcessorLike<R>,
  options: RedactionOptions | Redactor = {},
): LogProcessorLike<R> {
  const redactor = "redactSpan" in options ? options : createRedactor(options);
  return {
    onEmit: (record, context) => {
      redactRecord(record, redactor);
      processor.onEmit(record, context);
    },
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  };
}

/** Redacts a record in place; what cannot be written to is emptied. */
function redactRecord(record: LogRecordLike, redactor: Redactor): void {
  record.body = redactor.redactValue("body", record.body, "log");
  const { attributes } = record;
  for (const [key, value] of Object.entries(attributes)) {
    const name = redactor.redactString(key, "", "log");
    if (name !== key) Reflect.deleteProperty(attributes, key);
    Reflect.set(attributes, name, redactor.redactValue(key, value, "log"));
  }
  if (record.eventName !== undefined) record.eventName = redactor.redactString(record.eventName, "", "log");
  if (record.severityText !== undefined)
    record.severityText = redactor.redactString(record.severityText, "", "log");
}
