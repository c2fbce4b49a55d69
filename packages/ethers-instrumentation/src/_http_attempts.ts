import {
  ATTR_ERROR_TYPE,
  ATTR_RPC_ATTEMPT,
  ATTR_RPC_RETRY_AFTER,
  EVENT_RPC_ATTEMPT_FAILED,
  EVENT_RPC_THROTTLED,
} from "@dcmx-tracing/conventions";
import type { Attributes, Span } from "@opentelemetry/api";
import { errorInfo } from "./_error_info.ts";
import { instruments } from "./_instruments.ts";
import { propagate } from "./_propagate.ts";
import { sharedAttributes } from "./_provider_state.ts";
import { advise, guarded } from "./_report.ts";
import type { Transport } from "./_transport.ts";

/** ethers' FetchRequest, as far as it is used here. */
export interface FetchRequestLike {
  readonly url: string;
  getUrlFunc: GetUrl;
  clone(): FetchRequestLike;
  setHeader(name: string, value: string): void;
  redirect(location: string): FetchRequestLike;
}

type GetUrl = (request: FetchRequestLike, signal?: unknown) => Promise<HttpAnswer>;

interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Makes a request report each of its HTTP attempts, and carry the trace context. Headers are set on a copy for each
 * attempt: ethers copies the headers of the request itself to wherever a redirect leads.
 */
export function observeAttempts(transport: Transport, request: FetchRequestLike): void {
  const send = request.getUrlFunc;
  const home = hostOf(request.url);
  request.getUrlFunc = async (attempt, signal) => {
    const number = ++transport.attempts;
    const outgoing =
      guarded("propagation threw", () => withTraceContext(transport, attempt, home)) ?? attempt;
    if (number > 1) guarded("metrics threw", () => countRetry(transport));
    guarded("redirect hook threw", () => followRedirects(transport, attempt));
    try {
      const answer = await send(outgoing, signal);
      guarded("attempt telemetry threw", () => noteAnswer(transport, number, answer));
      return answer;
    } catch (error) {
      guarded("attempt telemetry threw", () => noteFailure(transport, number, error));
      throw error;
    }
  };
}

function withTraceContext(transport: Transport, attempt: FetchRequestLike, home: string): FetchRequestLike {
  const { propagation } = transport.state.options;
  if (propagation === undefined) return attempt;
  const url = new URL(attempt.url);
  if (url.host !== home || !propagation.to(url)) return attempt;
  const copy = attempt.clone();
  propagate(transport.context, propagation.format, copy);
  return copy;
}

/** ethers drops the function that sends, and with it this observation, from the request that follows a redirect. */
function followRedirects(transport: Transport, attempt: FetchRequestLike): void {
  const original = attempt.redirect;
  Object.defineProperty(attempt, "redirect", {
    configurable: true,
    value(this: FetchRequestLike, location: string): FetchRequestLike {
      const next = original.call(this, location);
      // Where a redirect leads is not the endpoint that the application chose: it gets no trace context.
      if (hostOf(next.url) === hostOf(attempt.url)) observeAttempts(transport, next);
      else transport.httpStatus = undefined;
      return next;
    },
  });
}

function noteAnswer(transport: Transport, number: number, answer: HttpAnswer): void {
  transport.httpStatus = answer.statusCode;
  if (answer.statusCode !== 429) return;
  const { state } = transport;
  instruments(state.options.meterProvider).rateLimited.add(1, sharedAttributes(state));
  const retryAfter = answer.headers["retry-after"];
  if (retryAfter !== undefined && /^[1-9]\d?$/.test(retryAfter)) {
    advise("ethers reads Retry-After as milliseconds: throttled calls are repeated at once");
  }
  addEvent(transport, EVENT_RPC_THROTTLED, {
    [ATTR_RPC_ATTEMPT]: number,
    ...(retryAfter !== undefined && /^[\w ,:]{1,40}$/.test(retryAfter)
      ? { [ATTR_RPC_RETRY_AFTER]: retryAfter }
      : {}),
  });
}

function noteFailure(transport: Transport, number: number, error: unknown): void {
  addEvent(transport, EVENT_RPC_ATTEMPT_FAILED, {
    [ATTR_RPC_ATTEMPT]: number,
    [ATTR_ERROR_TYPE]: errorInfo(error).type,
  });
}

function countRetry({ state }: Transport): void {
  instruments(state.options.meterProvider).retries.add(1, sharedAttributes(state));
}

function addEvent({ batch, calls }: Transport, name: string, attributes: Attributes): void {
  const span: Span | undefined = batch ?? calls.find((call) => call?.span !== undefined)?.span;
  span?.addEvent(name, attributes);
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : "";
}
