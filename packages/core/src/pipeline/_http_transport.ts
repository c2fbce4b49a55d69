import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { urlToHttpOptions } from "node:url";
import { promisify } from "node:util";
import { type Context, context, ROOT_CONTEXT } from "@opentelemetry/api";
import { suppressTracing } from "@opentelemetry/core";
import { atLeast } from "./_backoff.ts";
import { messageOf } from "./_call_exporter.ts";
import { type HttpAnswer, type Outcome, readAnswer } from "./_read_answer.ts";
import { timerMs } from "./_timer_ms.ts";
import type { OtlpHttpTarget } from "./pipeline_options.ts";

/** Sends encoded requests. It never rejects: trouble is an outcome. */
export interface Transport {
  /**
   * @param body An ExportTraceServiceRequest.
   * @param spans Spans in it.
   */
  send(body: Buffer, spans: number): Promise<Outcome>;
  /** Breaks off what is in flight and closes the connections. */
  close(): void;
}

/**
 * OTLP over HTTP with connections that are kept open and never keep the process alive.
 *
 * @param target Where to.
 * @param concurrency Most connections.
 * @returns The transport.
 * @throws {TypeError} When the URL cannot be used.
 */
export function httpTransport(target: OtlpHttpTarget, concurrency: number): Transport {
  const { timeoutMs = 10_000, compression = "none", headers = {} } = target;
  atLeast("target.timeoutMs", timeoutMs, 1);
  const url = new URL(target.url);
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw new TypeError(
      `Cannot send spans as 'target.url' must be an http or https URL: current scheme is "${url.protocol}"`,
    );
  }
  const secure = url.protocol === "https:";
  const pool = { keepAlive: true, maxSockets: concurrency, ...(secure && pem(target.tls)) };
  const client = httpClient(secure, pool);
  const open = new Set<ClientRequest>();
  const fixed = {
    "user-agent": "dcmx-tracing",
    ...headers,
    "content-type": "application/x-protobuf",
    ...(compression === "gzip" && { "content-encoding": "gzip" }),
  };
  const address = { ...urlToHttpOptions(url), method: "POST" };
  // Our own requests must not be traced: their spans would make requests in turn.
  const quiet: Context = suppressTracing(ROOT_CONTEXT);

  let closed = false;

  const post = ({ send, agent }: HttpClient, body: Buffer, spans: number): Promise<Outcome> =>
    new Promise((resolve) => {
      const request = send({ ...address, agent, headers: { ...fixed, "content-length": body.length } });
      open.add(request);
      const settle = (outcome: Outcome): void => {
        clearTimeout(timer);
        open.delete(request);
        resolve(outcome);
      };
      let connected = false;
      const fail = (error: Error): void => settle(networkOutcome(error, connected, request.reusedSocket));
      // A half-open connection answers nothing and reports nothing: only the clock ends it.
      const timer = setTimeout(() => request.destroy(timedOut(timeoutMs)), timerMs(timeoutMs));
      timer.unref();
      request.on("socket", (socket) => {
        socket.unref();
        connected = !socket.connecting;
        if (connected) return;
        socket.once(secure ? "secureConnect" : "connect", () => {
          connected = true;
        });
      });
      request.on("error", fail);
      request.on("response", (response) => {
        readHttp(response, (answer) => settle(readAnswer(answer, spans, body.length)), fail);
      });
      request.end(body);
    });

  return {
    async send(body, spans) {
      const wire = compression === "gzip" ? await gzipped(body) : body;
      const loaded = await client();
      if (closed) return networkOutcome(new Error("the pipeline was shut down"), false, false);
      return context.with(quiet, post, undefined, loaded, wire, spans);
    },
    close() {
      closed = true;
      for (const request of open) request.destroy(new Error("the pipeline was shut down"));
      void client.loaded()?.then(({ agent }) => agent.destroy());
    },
  };
}

interface HttpClient {
  readonly send: (options: RequestOptions) => ClientRequest;
  readonly agent: Agent;
}

// Loaded at the first request: the modules of HTTP, TLS and zlib are a tenth of the time that a process needs to start
// tracing, and an instrumentation can still patch them before.
function httpClient(
  secure: boolean,
  pool: object,
): (() => Promise<HttpClient>) & { loaded(): Promise<HttpClient> | undefined } {
  let client: Promise<HttpClient> | undefined;
  const load = async (): Promise<HttpClient> => {
    const { request, Agent } = secure ? await import("node:https") : await import("node:http");
    return { send: request, agent: new Agent(pool) };
  };
  const get = (): Promise<HttpClient> => {
    client ??= load();
    return client;
  };
  return Object.assign(get, { loaded: () => client });
}

async function gzipped(body: Buffer): Promise<Buffer> {
  const { gzip } = await import("node:zlib");
  return promisify<Buffer, { level: number }, Buffer>(gzip)(body, { level: 1 });
}

/** More of an answer than this is read past, not kept. */
const MAX_ANSWER = 64 * 1024;

function readHttp(
  response: IncomingMessage,
  done: (answer: HttpAnswer) => void,
  fail: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  response.on("data", (chunk: Buffer) => {
    if (size < MAX_ANSWER) chunks.push(chunk);
    size += chunk.length;
  });
  response.on("error", fail);
  response.on("end", () => {
    done({
      status: response.statusCode ?? 0,
      contentType: response.headers["content-type"] ?? "",
      retryAfter: response.headers["retry-after"],
      body: Buffer.concat(chunks),
    });
  });
}

function timedOut(timeoutMs: number): Error {
  return Object.assign(new Error(`no answer within ${timeoutMs} ms`), { name: "TimeoutError" });
}

function networkOutcome(error: Error, connected: boolean, reused: boolean): Outcome {
  const code = "code" in error ? String(error.code) : "";
  // Node joins the tries of several addresses of a host in one error without a message.
  const message = error instanceof AggregateError ? error.errors.map(messageOf).join(", ") : messageOf(error);
  return {
    kind: "retry",
    message: message.includes(code) ? message : `${code}: ${message}`,
    code: code || (error.name === "TimeoutError" ? "timeout" : "network"),
    maybeDelivered: connected,
    // The collector may close an idle connection at the very moment we take it: that is no outage.
    stale: reused && (code === "ECONNRESET" || code === "EPIPE"),
    retryAfterMs: 0,
  };
}

function pem(tls: OtlpHttpTarget["tls"] = {}): Record<string, Buffer> {
  const entries = Object.entries(tls).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries.map(([name, value]) => [name, Buffer.from(value)]));
}
