import { parseRetryAfter } from "./_backoff.ts";
import { readPartialSuccessMessage } from "./_partial_success.ts";

/** What became of one request. */
export type Outcome =
  /** The collector has the spans, apart from `rejected` ones. */
  | {
      readonly kind: "accepted";
      readonly rejected: number;
      readonly message?: string;
      readonly bytes: number;
    }
  /** Worth another attempt. `maybeDelivered`: the collector may have the spans already. */
  | {
      readonly kind: "retry";
      readonly message: string;
      readonly maybeDelivered: boolean;
      /** A kept connection was found closed: try again at once. */
      readonly stale?: boolean;
      readonly status?: number;
      /** What failed where there is no status: the code of the network or of gRPC, or `timeout`. */
      readonly code?: string;
      readonly retryAfterMs: number;
    }
  /** Given up. */
  | {
      readonly kind: "failed";
      readonly reason: "bad-response" | "exporter" | "rejected";
      readonly message: string;
      readonly status?: number;
    };

/** An answer as it came over HTTP. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly retryAfter: string | undefined;
  /** The first bytes of the body. */
  readonly body: Buffer;
}

/**
 * Turns an answer into what it means for the spans of the request.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp-response
 * @param answer The answer.
 * @param spans Spans of the request.
 * @param bytes Body bytes of the request, reported back when they were accepted.
 * @returns The outcome.
 */
export function readAnswer(answer: HttpAnswer, spans: number, bytes: number): Outcome {
  const { status } = answer;
  if (status >= 200 && status < 300) return readSuccess(answer, spans, bytes);
  const message = `HTTP ${status}${statusText(answer)}`;
  if (!RETRYABLE.has(status)) return { kind: "failed", reason: "rejected", message, status };
  return {
    kind: "retry",
    message,
    status,
    retryAfterMs: parseRetryAfter(answer.retryAfter),
    // 429 and 503 say that the collector did not take it; a gateway (502, 504) cannot know.
    maybeDelivered: status === 502 || status === 504,
  };
}

const RETRYABLE = new Set([429, 502, 503, 504]);

function readSuccess(answer: HttpAnswer, spans: number, bytes: number): Outcome {
  const { status, contentType, body } = answer;
  const partial = readPartialSuccess(contentType, body);
  if (partial === undefined) {
    const message = `HTTP ${status} with a body that is no OTLP answer (content type "${contentType.slice(0, 60)}")`;
    return { kind: "failed", reason: "bad-response", message, status };
  }
  const { rejected, message } = partial;
  return { kind: "accepted", rejected: Math.min(spans, rejected), bytes, ...(message && { message }) };
}

/** @returns `undefined` when the body is no ExportTraceServiceResponse. */
function readPartialSuccess(
  contentType: string,
  body: Buffer,
): { rejected: number; message: string } | undefined {
  if (body.length === 0) return { rejected: 0, message: "" };
  try {
    // Some collectors answer in JSON whatever they were asked in; its int64 is a string.
    const json = contentType.includes("json");
    const answer = json ? JSON.parse(body.toString()) : { partialSuccess: readPartialSuccessMessage(body) };
    const partial = answer?.partialSuccess ?? {};
    const rejected = Number(partial.rejectedSpans ?? 0);
    if (typeof answer !== "object" || Number.isNaN(rejected)) return undefined;
    return { rejected: Math.max(0, rejected), message: printable(String(partial.errorMessage ?? "")) };
  } catch {
    return undefined;
  }
}

/** The message of the google.rpc.Status (or the text) in the body of an error, shortened. */
function statusText({ contentType, body }: HttpAnswer): string {
  if (body.length === 0) return "";
  let text = "";
  if (contentType.includes("json")) {
    try {
      text = String(JSON.parse(body.toString())?.message ?? "");
    } catch {
      text = "";
    }
  } else if (contentType.includes("protobuf")) {
    // google.rpc.Status: field 2 is the message; the code before it is a varint of one or two bytes.
    const at = body.indexOf(0x12);
    if (at >= 0 && at <= 3) text = body.subarray(at + 2, at + 2 + (body[at + 1] ?? 0)).toString();
  } else if (contentType.includes("text/plain")) text = body.toString();
  const line = printable(text);
  return line && `: ${line}`;
}

/** One line of at most 200 characters without control characters: it goes to a log. */
function printable(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cf}\uFFFD\s]+/gu, " ")
    .trim()
    .slice(0, 200);
}
