/**
 * A real OTLP receiver over HTTP for tests: listens on loopback, decodes what arrives, misbehaves on request.
 */

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createTlsServer, type ServerOptions } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { gunzipSync } from "node:zlib";
import { decodeTraceRequest, type ReceivedSpan } from "./_otlp_messages.ts";

/** One request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  /** Size on the wire, before decompression. */
  readonly wireBytes: number;
  readonly spans: readonly ReceivedSpan[];
  /** Milliseconds of `performance.now()` at arrival. */
  readonly at: number;
}

/** How the receiver answers one request. */
export interface Answer {
  /** @default 200 */
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string | Uint8Array;
  /** Waits for this before it answers. */
  readonly after?: Promise<unknown>;
  /** Closes the connection without an answer. */
  readonly destroy?: boolean;
  /** Whether the spans of this request count as delivered. Default: status below 300 and no `destroy`. */
  readonly accept?: boolean;
}

/** Options of {@link startOtlpReceiver}. */
export interface OtlpReceiverOptions {
  /** Decides the answer of each request; `undefined` is 200 with an empty body. */
  readonly answer?: (request: ReceivedRequest, index: number) => Answer | undefined;
  /** Serves HTTPS with these options (key, cert, ca, requestCert). */
  readonly tls?: ServerOptions;
  /** @default 0 */
  readonly port?: number;
}

/** A running receiver. */
export interface OtlpReceiver {
  /** Base URL, without a path. */
  readonly url: string;
  readonly port: number;
  /** Every request, in the order of arrival. */
  readonly requests: readonly ReceivedRequest[];
  /** Spans of the accepted requests, in the order of arrival. */
  spans(): ReceivedSpan[];
  /** Changes the answer from now on. */
  setAnswer(answer: OtlpReceiverOptions["answer"]): void;
  /** Resolves as soon as `predicate` holds; checked after every request. */
  waitFor(predicate: (receiver: OtlpReceiver) => boolean): Promise<void>;
  /** Stops listening and drops open connections. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a receiver on a free loopback port.
 *
 * @param options Answers and TLS.
 * @returns The running receiver; close it at the end of the test.
 */
export async function startOtlpReceiver(options: OtlpReceiverOptions = {}): Promise<OtlpReceiver> {
  const requests: ReceivedRequest[] = [];
  const accepted: ReceivedSpan[] = [];
  const waiting = new Set<() => void>();
  const sockets = new Set<Socket>();
  let answer = options.answer;

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = await readRequest(request);
    requests.push(received);
    const reply = answer?.(received, requests.length - 1) ?? {};
    if (reply.accept ?? (!reply.destroy && (reply.status ?? 200) < 300)) accepted.push(...received.spans);
    for (const check of waiting) check();
    await reply.after;
    if (reply.destroy) request.socket.destroy();
    else response.writeHead(reply.status ?? 200, reply.headers).end(reply.body);
  };
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response).catch(() => request.socket.destroy());
  };
  const server = options.tls ? createTlsServer(options.tls, listener) : createServer(listener);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(options.port ?? 0, "127.0.0.1", resolve));
  // A listening TCP server always has an AddressInfo; the string form belongs to pipes.
  const { port } = server.address() as AddressInfo;

  const receiver: OtlpReceiver = {
    url: `${options.tls ? "https" : "http"}://127.0.0.1:${port}`,
    port,
    requests,
    spans: () => [...accepted],
    setAnswer(next) {
      answer = next;
    },
    waitFor(predicate) {
      if (predicate(receiver)) return Promise.resolve();
      return new Promise((resolve) => {
        const check = (): void => {
          if (!predicate(receiver)) return;
          waiting.delete(check);
          resolve();
        };
        waiting.add(check);
      });
    },
    close() {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
    [Symbol.asyncDispose]: () => receiver.close(),
  };
  return receiver;
}

async function readRequest(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const wire = Buffer.concat(chunks);
  const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(wire) : wire;
  const json = request.headers["content-type"]?.includes("json") ?? false;
  return {
    method: request.method ?? "",
    path: request.url ?? "",
    headers: request.headers,
    wireBytes: wire.length,
    spans: body.length === 0 ? [] : decodeTraceRequest(body, json),
    at: performance.now(),
  };
}
