import { type Span, SpanStatusCode } from "@opentelemetry/api";
import { describeError } from "./_describe_error.ts";
import { warnOnce } from "./_warn_once.ts";

/** The errors already recorded on a span: one that is recorded by hand and then thrown is recorded once. */
const recorded = new WeakMap<Span, Set<unknown>>();

/**
 * Records an error on a span, once: an `exception` event, `error.type`,
 * `exception.type` and `exception.message`, and the status ERROR with the message.
 * Never throws.
 *
 * @param span The span; one that does not record is left alone.
 * @param error Anything that was thrown or rejected with, `undefined` included.
 */
export function markFailed(span: Span, error: unknown): void {
  try {
    if (!span.isRecording()) return;
    const seen = recorded.get(span);
    if (seen?.has(error)) return;
    if (seen === undefined) recorded.set(span, new Set([error]));
    else seen.add(error);
    const { name, message, stack, type } = describeError(error);
    span.recordException(stack === undefined ? { name, message } : { name, message, stack });
    // Trace search covers the attributes of spans everywhere, those of events only in places.
    span.setAttributes({ "error.type": type, "exception.type": name, "exception.message": message });
    span.setStatus({ code: SpanStatusCode.ERROR, message: message === "" ? name : message });
  } catch (failure) {
    warnOnce("an error could not be recorded on its span", failure);
  }
}
