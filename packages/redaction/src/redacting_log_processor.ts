import { type Context, diag } from "@opentelemetry/api";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { createOriginRedactor, type OriginRedactor } from "./_redact_origin.ts";
import { redactorOf } from "./_redactor_of.ts";
import type { Redactor } from "./create_redactor.ts";
import type { RedactionOptions } from "./redaction_options.ts";

/** What is read and written of a log record of the SDK. */
export interface LogRecordLike {
  body?: unknown;
  attributes: object;
  eventName?: string | undefined;
  severityText?: string | undefined;
  readonly instrumentationScope?: ReadableSpan["instrumentationScope"];
  readonly resource?: ReadableSpan["resource"];
}

/** What is used of a log record processor of the SDK. */
export interface LogProcessorLike<R extends LogRecordLike> {
  onEmit(record: R, context?: Context): void;
  forceFlush(): Promise<void>;
  shutdown(): Promise<void>;
}

/**
 * Wraps a log record processor so that body, attributes, event name, severity text, scope and resource are redacted
 * before it sees the record. The record is changed in place, as the specification of `onEmit` allows; one that cannot
 * be read or written to is left out.
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
  const redactor = redactorOf(options);
  const origins = createOriginRedactor(
    (attributes) => redactor.redactAttributes(attributes, "resource"),
    redactor.redactString,
  );
  return {
    onEmit: (record, context) => {
      if (isRedacted(record, redactor, origins)) processor.onEmit(record, context);
    },
    forceFlush: () => processor.forceFlush(),
    shutdown: () => processor.shutdown(),
  };
}

/** Redacts a record in place. A record that cannot be read or written to is told of once and goes no further. */
function isRedacted(record: LogRecordLike, redactor: Redactor, origins: OriginRedactor): boolean {
  try {
    redactRecord(record, redactor);
    redactOrigin(record, origins);
    return true;
  } catch (error) {
    sayOnce(
      `Redaction could not read a log record and left it out: ${error instanceof Error ? error.name : typeof error}`,
    );
    return false;
  }
}

function redactRecord(record: LogRecordLike, redactor: Redactor): void {
  record.body = redactor.redactValue("body", record.body, "log");
  const { attributes } = record;
  for (const [key, value] of Object.entries(attributes)) {
    const name = redactor.redactString(key, "", "log");
    const redacted = redactor.redactValue(key, value, "log");
    if (name !== key) Reflect.deleteProperty(attributes, key);
    assign(attributes, name, redacted, name === key ? value : undefined);
  }
  if (record.eventName !== undefined) record.eventName = redactor.redactString(record.eventName, "", "log");
  if (record.severityText !== undefined)
    record.severityText = redactor.redactString(record.severityText, "", "log");
}

/** Names of loggers and facts of the process: shared by many records, read once. */
function redactOrigin(record: LogRecordLike, origins: OriginRedactor): void {
  const { instrumentationScope: scope, resource } = record;
  if (scope !== undefined) assign(record, "instrumentationScope", origins.scope(scope), scope);
  if (resource !== undefined) assign(record, "resource", origins.resource(resource), resource);
}

/** Throws when a changed value cannot be written: the secret would stay. */
function assign(target: object, name: string, value: unknown, before: unknown): void {
  if (value !== before && !Reflect.set(target, name, value)) throw new TypeError("read only");
}

const said = new Set<string>();

function sayOnce(message: string): void {
  if (said.has(message)) return;
  said.add(message);
  diag.warn(message);
}
