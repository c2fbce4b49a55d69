import { diag } from "@opentelemetry/api";
import type { Redactor } from "./create_redactor.ts";

/** What an exporter is told when a batch is done. */
export type ExportCallback = (result: { code: number; error?: Error }) => void;

/**
 * The export of redacted batches, which fails closed: a batch that cannot be read is not sent, and none is if the
 * self-test fails.
 */
export function guardedExport<Batch>(
  redactor: Redactor,
  redact: (batch: Batch) => Batch,
  send: (batch: Batch, done: ExportCallback) => void,
): (batch: Batch, done: ExportCallback) => void {
  const refusal = redactor.selfTest();
  if (refusal !== undefined) diag.error(refusal.message);
  return (batch, done) => {
    if (refusal !== undefined) return done({ code: FAILED, error: refusal });
    let redacted: Batch;
    try {
      redacted = redact(batch);
    } catch {
      return done({ code: FAILED, error: new Error("Redaction could not read the batch") });
    }
    send(redacted, done);
  };
}

/** ExportResultCode.FAILED; the value is part of the interface, the SDK is not imported. */
const FAILED = 1;
