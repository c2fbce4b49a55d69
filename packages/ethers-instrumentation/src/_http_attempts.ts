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
import { withdrawHeaders } from "./_redirects.ts";
import { advise, guarded, reportOnce } from "./_report.ts";
import { everywhere } from "./_resolve_options.ts";
import type { Transport } from "./_transport.ts";

/** ethers' FetchRequest, as far as it is used here. */
export interface FetchRequestLike {
  readonly url: string;
  /** A copy of the headers, with those that ethers computes. */
  readonly headers: Readonly<Record<string, string>>;
  readonly preflightFunc: unknown;
  getUrlFunc: GetUrl;
  clone(): FetchRequestLike;
  clearHeaders(): void;
  getHeader(name: string): string | undefined;
  setHeader(name: string, value: string): void;
  redirect(location: string): FetchRequestLike;
}

type GetUrl = (request: FetchRequestLike, signal?: unknown) => Promise<HttpAnswer>;

interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
}

/** Makes a request report each of its HTTP attempts, and carry the trace context. */
export function observeAttempts(transport: Transport, request: FetchRequestLike): void {
  const send = request.getUrlFunc;
  request.getUrlFunc = (attempt, signal) => {
    const number = ++transport.attempts;
    const injected = new Set<string>();
    const outgoing = begin(transport, request, attempt, injected);
    // A second async function would cost two more promises. A function of the application may answer at once.
    return Promise.resolve(send(outgoing, signal)).then(
      (answer) => {
        guarded("attempt telemetry threw", () => {
          noteAnswer(transport, number, answer);
          if (answer.statusCode >= 300 && answer.statusCode < 400) {
            followRedirect(transport, request, attempt, injected);
          }
        });
        return answer;
      },
      (error: unknown) => {
        guarded("attempt telemetry threw", () => noteFailure(transport, number, error));
        throw error;
      },
    );
  };
}

function begin(
  transport: Transport,
  request: FetchRequestLike,
  attempt: FetchRequestLike,
  injected: Set<string>,
): FetchRequestLike {
  try {
    if (transport.attempts > 1) countRetry(transport);
    return withTraceContext(transport, request, attempt, injected);
  } catch (error) {
    reportOnce("propagation threw", error);
    return attempt;
  }
}

function withTraceContext(
  transport: Transport,
  request: FetchRequestLike,
  attempt: FetchRequestLike,
  injected: Set<string>,
): FetchRequestLike {
  const { propagation } = transport.state.options;
  if (propagation === undefined) return attempt;
  // A function of the application may have changed where this attempt goes.
  if (attempt.url !== request.url && hostOf(attempt.url) !== hostOf(request.url)) return attempt;
  if (propagation.to !== everywhere && !propagation.to(new URL(attempt.url))) return attempt;
  // ethers makes a copy of the request for each attempt, unless the application's preflight function gave its own.
  const outgoing = request.preflightFunc ? attempt.clone() : attempt;
  propagate(transport.context, propagation.format, {
    setHeader(name, value) {
      injected.add(name.toLowerCase());
      outgoing.setHeader(name, value);
    },
  });
  return outgoing;
}

/** ethers drops the function that sends, and with it this observation, from the request that follows a redirect. */
function followRedirect(
  transport: Transport,
  request: FetchRequestLike,
  attempt: FetchRequestLike,
  injected: ReadonlySet<string>,
): void {
  const original = attempt.redirect;
  Object.defineProperty(attempt, "redirect", {
    configurable: true,
    value(this: FetchRequestLike, location: string): FetchRequestLike {
      const next = original.call(this, location);
      guarded("redirect hook threw", () => {
        withdrawHeaders(next, injected, request);
        // Where a redirect leads is not the endpoint that the application chose: it gets no trace context.
        if (hostOf(next.url) === hostOf(attempt.url)) observeAttempts(transport, next);
        else transport.httpStatus = undefined;
      });
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
