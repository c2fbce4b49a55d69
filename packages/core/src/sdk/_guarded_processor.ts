import type { Context } from "@opentelemetry/api";
import type { ReadableSpan, Span, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { warnOnce } from "../lifecycle/_diagnostics.ts";

/**
 * A processor of the user's that cannot hurt the application: what it throws is said once and goes no further.
 *
 * @param inner The processor.
 */
export function guardedProcessor(inner: SpanProcessor): SpanProcessor {
  const name = inner.constructor?.name ?? "SpanProcessor";
  const guard = (call: string, run: () => unknown): void => {
    const warn = (error: unknown): void => warnOnce(`${call} of the span processor ${name} threw`, error);
    try {
      const returned = run();
      // An async function passes for one that returns nothing; unwatched, its rejection would end the process.
      if (returned !== undefined) Promise.resolve(returned).catch(warn);
    } catch (error) {
      warn(error);
    }
  };
  const settle = async (call: string, run: () => Promise<void>): Promise<void> => {
    try {
      await run();
    } catch (error) {
      warnOnce(`${call} of the span processor ${name} failed`, error);
    }
  };
  return {
    onStart: (span: Span, parent: Context) => guard("onStart", () => inner.onStart(span, parent)),
    onEnding: (span: Span) => guard("onEnding", () => inner.onEnding?.(span)),
    onEnd: (span: ReadableSpan) => guard("onEnd", () => inner.onEnd(span)),
    forceFlush: () => settle("forceFlush", () => inner.forceFlush()),
    shutdown: () => settle("shutdown", () => inner.shutdown()),
  };
}
