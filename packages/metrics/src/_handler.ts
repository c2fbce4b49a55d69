import type { IncomingMessage, ServerResponse } from "node:http";
import { toFetchResponse } from "./_fetch_response.ts";
import { sendByNode } from "./_node_response.ts";
import { sayOnce } from "./_say_once.ts";
import { type PageRequest, type PageSource, plain, servePage } from "./_serve_page.ts";

/** A reply of fastify, as far as the handler uses it. */
export interface FastifyReplyLike {
  readonly raw: ServerResponse;
  hijack(): unknown;
}

/** A request of fastify, as far as the handler uses it. */
export interface FastifyRequestLike {
  readonly raw: IncomingMessage;
}

/**
 * Serves the Prometheus page in a server of yours: as `http.createServer` listener, as express or connect
 * middleware, as fastify route handler, or as fetch-style handler (Hono, Deno, Bun, service workers).
 */
export interface PrometheusHandler {
  (request: Request): Promise<Response>;
  (request: IncomingMessage, response: ServerResponse, next?: (error?: unknown) => void): Promise<void>;
  (request: FastifyRequestLike, reply: FastifyReplyLike): Promise<void>;
}

/** Makes a handler of whatever makes the pages at the time of the request. */
export function createHandler(source: () => PageSource | undefined): PrometheusHandler {
  async function handle(
    request: Request | IncomingMessage | FastifyRequestLike,
    response?: ServerResponse | FastifyReplyLike,
  ): Promise<unknown> {
    if (response === undefined) {
      // One argument: the fetch form of the three signatures.
      const web = request as Request;
      return toFetchResponse(await answer(source(), webRequest(web)));
    }
    let raw: ServerResponse;
    let incoming: IncomingMessage;
    if ("hijack" in response) {
      response.hijack();
      raw = response.raw;
      // A fastify reply comes with a fastify request.
      incoming = (request as FastifyRequestLike).raw;
    } else {
      raw = response;
      // A node response comes with a node request.
      incoming = request as IncomingMessage;
    }
    const page = await answer(source(), nodeRequest(incoming));
    try {
      await sendByNode(raw, page, incoming.method === "HEAD");
    } catch (error) {
      // A client that goes away in the middle of a page is its own business; everything else is said.
      if (!raw.destroyed || incoming.errored)
        sayOnce(`send ${String(error)}`, `Could not send the Prometheus page: ${String(error)}`);
    }
    return undefined;
  }
  // The result fits the form of the arguments, which the overloads of the interface say and a union cannot.
  return handle as PrometheusHandler;
}

function answer(source: PageSource | undefined, request: PageRequest): ReturnType<typeof servePage> {
  if (source === undefined)
    return Promise.resolve(plain(503, "Metrics are not set up: call initMetrics() first"));
  return servePage(source, request);
}

function nodeRequest(request: IncomingMessage): PageRequest {
  return {
    method: request.method ?? "GET",
    header(name) {
      const value = request.headers[name];
      return Array.isArray(value) ? value.join(", ") : value;
    },
  };
}

function webRequest(request: Request): PageRequest {
  return { method: request.method, header: (name) => request.headers.get(name) ?? undefined };
}
