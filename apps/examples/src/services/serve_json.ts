import { once } from "node:events";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { activeTraceId, recordError } from "@dcmx-tracing/span";
import { context } from "@opentelemetry/api";
import { getRPCMetadata, RPCType } from "@opentelemetry/core";
import { HttpError } from "./http_error.ts";

/** Handles the body of a POST request and returns the body of the answer. */
export type JsonHandler = (body: Record<string, unknown>) => Promise<object>;

/** A server of one service. */
export interface JsonServer {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Serves `POST` routes with JSON on a free port of the loopback interface. The id of the trace is a header of each
 * answer, so that a client can ask for the trace.
 */
export async function serveJson(routes: Readonly<Record<string, JsonHandler>>): Promise<JsonServer> {
  // Loaded here and by require: the instrumentation changes what is required after it was set up.
  const http = createRequire(import.meta.url)("node:http") as typeof import("node:http");
  const server: Server = http.createServer((request, response) => void answer(routes, request, response));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens on TCP has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

async function answer(
  routes: Readonly<Record<string, JsonHandler>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const [status, body] = await handle(routes, request);
  const traceId = activeTraceId();
  response.writeHead(status, {
    "content-type": "application/json",
    ...(traceId ? { "trace-id": traceId } : {}),
  });
  response.end(JSON.stringify(body));
}

async function handle(
  routes: Readonly<Record<string, JsonHandler>>,
  request: IncomingMessage,
): Promise<[number, object]> {
  try {
    const handler = request.method === "POST" ? routes[request.url ?? ""] : undefined;
    if (handler === undefined) throw new HttpError(404, "NOT_FOUND", "There is no such route");
    // The HTTP instrumentation names its span after the route that is known by the end of the request.
    const rpc = getRPCMetadata(context.active());
    if (rpc?.type === RPCType.HTTP) rpc.route = request.url ?? "";
    return [201, await handler(await readBody(request))];
  } catch (error) {
    if (error instanceof HttpError) return [error.status, { code: error.code, message: error.message }];
    // What is not meant for clients stays inside, on the span of the request.
    recordError(error);
    return [500, { code: "INTERNAL", message: "The request failed" }];
  }
}

async function readBody(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body: unknown = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  if (typeof body !== "object" || body === null)
    throw new HttpError(400, "BAD_REQUEST", "The body must be an object");
  return body as Record<string, unknown>;
}
