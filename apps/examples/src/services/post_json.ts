import { HttpError } from "./http_error.ts";

const TIMEOUT_MS = 30_000;

/** A successful answer. */
export interface JsonAnswer {
  readonly body: Record<string, unknown>;
  /** The trace of the request, when the service says it. */
  readonly traceId: string | undefined;
}

/**
 * Sends JSON to a service. The trace context travels by itself where fetch is instrumented.
 *
 * @throws HttpError with the code of the service if the answer is not a success.
 */
export async function postJson(url: string, body: object): Promise<JsonAnswer> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  // Services answer with objects; anything else fails when it is read.
  const answer = (await response.json()) as Record<string, unknown>;
  const traceId = response.headers.get("trace-id") ?? undefined;
  if (response.ok) return { body: answer, traceId };
  throw Object.assign(new HttpError(response.status, String(answer.code), String(answer.message)), {
    traceId,
  });
}
