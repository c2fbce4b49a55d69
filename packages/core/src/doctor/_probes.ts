import { lookup } from "node:dns/promises";
import { request as httpRequest } from "node:http";
import { connect as http2Connect } from "node:http2";
import { request as httpsRequest } from "node:https";
import { connect, isIP } from "node:net";
import { connect as tlsConnect } from "node:tls";
import { bounded } from "../lifecycle/_bounded.ts";
import type { TlsMaterial } from "../pipeline/pipeline_options.ts";

/** What a probe saw: a value, or why there is none. */
export type Probe<T> = { readonly value: T } | { readonly error: string };

/** Resolves a host name. */
export async function probeDns(host: string, timeoutMs: number): Promise<Probe<readonly string[]>> {
  const plain = host.replace(/^\[|\]$/g, "");
  return within(
    timeoutMs,
    lookup(plain, { all: true }).then((found) => found.map(({ address }) => address)),
  );
}

/** Opens a TCP connection and closes it. */
export function probeTcp(address: string, port: number, timeoutMs: number): Promise<Probe<number>> {
  const start = performance.now();
  const socket = connect({ host: address, port });
  const opened = new Promise<number>((resolve, reject) => {
    socket.on("connect", () => resolve(Math.round(performance.now() - start))).on("error", reject);
  });
  return within(timeoutMs, opened).finally(() => socket.destroy());
}

/** Makes a TLS handshake with full verification. */
export function probeTls(url: URL, tls: TlsMaterial, timeoutMs: number): Promise<Probe<string>> {
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const options = {
    host,
    port: Number(url.port || 443),
    // RFC 6066: an address is no server name
    ...(isIP(host) === 0 ? { servername: host } : {}),
    ALPNProtocols: ["h2", "http/1.1"],
    ...material(tls),
  };
  const socket = tlsConnect(options);
  const secured = new Promise<string>((resolve, reject) => {
    socket.on("secureConnect", () => resolve(socket.getProtocol() ?? "TLS")).on("error", reject);
  });
  return within(timeoutMs, secured).finally(() => socket.destroy());
}

/** What an HTTP server answered. */
export interface HttpAnswer {
  readonly status: number;
  readonly contentType: string;
  /** The server's `Date` header, when it sent one, and the middle of our own clock during the exchange. */
  readonly serverTime: number | undefined;
  readonly localTime: number;
  /** Begin of the body. */
  readonly body: string;
}

/** Sends one HTTP/1.1 request. */
export function probeHttp(
  url: string,
  options: {
    readonly method?: string;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string | Uint8Array;
    readonly tls?: TlsMaterial;
    readonly timeoutMs: number;
    /** Bytes of the answer that are kept. @default 4096 */
    readonly maxBytes?: number;
  },
): Promise<Probe<HttpAnswer>> {
  const { method = "GET", headers = {}, body = "", tls = {}, timeoutMs, maxBytes = 4096 } = options;
  const send = url.startsWith("https:") ? httpsRequest : httpRequest;
  const sentAt = Date.now();
  const call = send(url, { method, headers: { ...headers }, agent: false, ...material(tls) });
  const answered = new Promise<HttpAnswer>((resolve, reject) => {
    call.on("error", reject).on("response", (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on("data", (chunk: Buffer) => {
        if (size < maxBytes) chunks.push(chunk);
        size += chunk.length;
      });
      response.on("error", reject).on("end", () => {
        const date = Date.parse(response.headers.date ?? "");
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers["content-type"] ?? "",
          serverTime: Number.isNaN(date) ? undefined : date,
          localTime: (sentAt + Date.now()) / 2,
          body: Buffer.concat(chunks).toString().slice(0, maxBytes),
        });
      });
    });
    call.end(body);
  });
  return within(timeoutMs, answered).finally(() => call.destroy());
}

/** Makes one OTLP call over gRPC with an empty request and answers with the gRPC status. */
export function probeGrpc(
  url: URL,
  headers: Readonly<Record<string, string>>,
  tls: TlsMaterial,
  timeoutMs: number,
): Promise<Probe<{ readonly status: number; readonly message: string }>> {
  const session = http2Connect(url.origin, material(tls));
  const answered = new Promise<{ status: number; message: string }>((resolve, reject) => {
    session.on("error", reject);
    const lower = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const stream = session.request({
      ":method": "POST",
      ":path": "/opentelemetry.proto.collector.trace.v1.TraceService/Export",
      "content-type": "application/grpc",
      te: "trailers",
      ...lower,
    });
    const settle = (fields: Record<string, unknown>): void => {
      const status = fields["grpc-status"];
      if (status !== undefined)
        resolve({ status: Number(status), message: String(fields["grpc-message"] ?? "") });
    };
    stream.on("response", settle).on("trailers", settle).on("error", reject);
    stream.on("end", () => reject(new Error("answered without a gRPC status"))).resume();
    // Five bytes: not compressed, length 0, which is an empty ExportTraceServiceRequest.
    void stream.end(Buffer.alloc(5));
  });
  return within(timeoutMs, answered).finally(() => session.destroy());
}

/** Turns a promise into a probe, with a bound. */
async function within<T>(timeoutMs: number, promise: Promise<T>): Promise<Probe<T>> {
  const settled = promise.then(
    (value): Probe<T> => ({ value }),
    (error: unknown): Probe<T> => ({ error: describe(error) }),
  );
  return (await bounded(settled, timeoutMs)) ?? { error: `no answer within ${timeoutMs} ms` };
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // Node tries several addresses and gathers what went wrong with each.
  if (error instanceof AggregateError) return error.errors.map(describe).join("; ");
  const code = "code" in error ? `${error.code}: ` : "";
  return `${code}${error.message}`;
}

function material(tls: TlsMaterial): { ca?: string | Buffer; cert?: string | Buffer; key?: string | Buffer } {
  return Object.fromEntries(
    Object.entries(tls).map(([name, value]) => [
      name,
      typeof value === "string" ? value : Buffer.from(value),
    ]),
  );
}
