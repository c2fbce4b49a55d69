import type { Span } from "@opentelemetry/api";
import { markFailed } from "./_mark_failed.ts";
import { warnOnce } from "./_warn_once.ts";

/** What a caller of the kernel wants to know about a span that is about to end. All are optional. */
export interface SpanHooks {
  /** Returning `false` means that the error is no failure. */
  readonly onError?: ((error: unknown, span: Span) => unknown) | undefined;
  /** Sees the result: the settled value of a promise, the return value of a generator. */
  readonly onResult?: ((result: unknown, span: Span) => void) | undefined;
}

/** Ends a span whose call succeeded. Never throws. */
export function endWell(span: Span, result: unknown, hooks: SpanHooks): void {
  if (hooks.onResult !== undefined) {
    try {
      if (span.isRecording()) hooks.onResult(result, span);
    } catch (error) {
      warnOnce("a hook that sees results threw", error);
    }
  }
  endSpan(span);
}

/** Ends a span whose call failed. Never throws. */
export function endFailed(span: Span, error: unknown, hooks: SpanHooks): void {
  if (isFailure(span, error, hooks)) markFailed(span, error);
  endSpan(span);
}

function isFailure(span: Span, error: unknown, hooks: SpanHooks): boolean {
  if (hooks.onError === undefined) return true;
  try {
    return hooks.onError(error, span) !== false;
  } catch (failure) {
    warnOnce("an onError hook threw", failure);
    return true;
  }
}

function endSpan(span: Span): void {
  try {
    // Ended by hand already: the SDK would complain about a second end.
    if (span.isRecording()) span.end();
  } catch (error) {
    warnOnce("a span processor threw when a span ended", error);
  }
}
