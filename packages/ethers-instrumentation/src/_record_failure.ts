import {
  ATTR_EXCEPTION_MESSAGE,
  ATTR_EXCEPTION_STACKTRACE,
  ATTR_EXCEPTION_TYPE,
  EVENT_EXCEPTION,
} from "@dcmx-tracing/conventions";
import { type Attributes, type Span, SpanStatusCode } from "@opentelemetry/api";
import { type ErrorInfo, framesOf } from "./_error_info.ts";

// The same error passes through the RPC call, the signer and the contract; its event belongs to the innermost span.
const recorded = new WeakSet<object>();

/** Sets the status of a span and, for an error that no inner span has recorded, adds a redacted exception event. */
export function recordFailure(span: Span, error: unknown, info: ErrorInfo): void {
  span.setStatus({ code: SpanStatusCode.ERROR, message: info.message });
  if (typeof error !== "object" || error === null || recorded.has(error)) return;
  recorded.add(error);
  const attributes: Attributes = {
    [ATTR_EXCEPTION_TYPE]: info.ethersCode ?? info.type,
    [ATTR_EXCEPTION_MESSAGE]: info.message,
  };
  const frames = framesOf(error);
  if (frames) attributes[ATTR_EXCEPTION_STACKTRACE] = frames;
  span.addEvent(EVENT_EXCEPTION, attributes);
}
