import { context, ROOT_CONTEXT } from "@opentelemetry/api";
import { type ExportResult, ExportResultCode, suppressTracing } from "@opentelemetry/core";
import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import type { Outcome } from "./_read_answer.ts";

/**
 * Calls `export()` of an exporter and turns its result into an outcome. It never throws.
 *
 * @param exporter The exporter.
 * @param spans Spans to hand over.
 * @param answer Called once, possibly before this function returns.
 * @param timeoutMs An exporter that has not answered by then is taken for failed.
 */
export function callExporter(
  exporter: SpanExporter,
  spans: ReadableSpan[],
  answer: (outcome: Outcome) => void,
  timeoutMs: number = EXPORTER_TIMEOUT_MS,
): void {
  let answered = false;
  const settle = (outcome: Outcome): void => {
    if (answered) return;
    answered = true;
    clearTimeout(timer);
    answer(outcome);
  };
  const late = (): void => settle(failed(`the exporter did not answer within ${timeoutMs} ms`));
  const timer = setTimeout(late, timeoutMs);
  timer.unref();
  const done = (result: ExportResult): void => {
    settle(
      result?.code === ExportResultCode.SUCCESS
        ? { kind: "accepted", rejected: 0, bytes: 0 }
        : outcomeOf(result?.error),
    );
  };
  try {
    // The exporter's own requests must not be traced, and it must not see the context of whoever ended the last span.
    const returned: unknown = context.with(suppressTracing(ROOT_CONTEXT), () => exporter.export(spans, done));
    // An async function passes for one that returns nothing; unwatched, its rejection would end the process.
    if (returned !== undefined) Promise.resolve(returned).catch((error) => settle(failed(messageOf(error))));
  } catch (error) {
    settle(failed(messageOf(error)));
  }
}

/** @returns The message of whatever was thrown, in one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return text.replace(/\s+/g, " ").slice(0, 200);
}

const EXPORTER_TIMEOUT_MS = 30_000;

function failed(message: string): Outcome {
  return { kind: "failed", reason: "exporter", message };
}

// Exporters of users put anything there, whatever the type says, and a throw here would be theirs to catch.
function outcomeOf(error: unknown): Outcome {
  const code = typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
  const message = error ? messageOf(error) : "the exporter reported a failure without an error";
  if (!isRetryable(code, message)) return failed(message);
  // The exporter does not say whether its request had left, so it may have.
  const maybeDelivered = code !== "ECONNREFUSED" && code !== "ENOTFOUND" && code !== 429 && code !== 503;
  const named = typeof code === "number" || typeof code === "string" ? { code: String(code) } : {};
  return { kind: "retry", message, maybeDelivered, ...named, retryAfterMs: 0 };
}

/**
 * HTTP statuses and gRPC codes that OTLP lets be retried, and failures of the network. The exporters of
 * OpenTelemetry put them in `code`, and say "retryable" when their own attempts are used up.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#failures
 */
function isRetryable(code: unknown, message: string): boolean {
  if (typeof code === "number") return RETRYABLE_CODES.has(code);
  if (typeof code === "string") return NETWORK.test(code);
  return /retryable|concurrent export limit/i.test(message);
}

// gRPC: CANCELLED, DEADLINE_EXCEEDED, RESOURCE_EXHAUSTED, ABORTED, OUT_OF_RANGE, UNAVAILABLE, DATA_LOSS.
const RETRYABLE_CODES: ReadonlySet<number> = new Set([1, 4, 8, 10, 11, 14, 15, 429, 502, 503, 504]);
const NETWORK =
  /^(E(AI_AGAIN|CONN(ABORTED|REFUSED|RESET)|HOSTUNREACH|NET(DOWN|UNREACH)|NOTFOUND|PIPE|TIMEDOUT)|UND_ERR_\w+)$/;
