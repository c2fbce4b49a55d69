import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { decodeSpans } from "./decode_spans.ts";

/** The embedded collector: an OTLP endpoint that keeps what it gets in memory. */
export interface Collector {
  /** The base URL for `otlpEndpoint`, on a free port of the loopback interface. */
  readonly url: string;
  /** Every span that was received, in the order of arrival. */
  spans(): ReadableSpan[];
  /** Every body that was received, as it came over the wire, without its compression. */
  bodies(): Uint8Array[];
  /** Forgets what it has and keeps nothing from now on: what comes is acknowledged and, if so told, forwarded. */
  discard(): void;
  stop(): Promise<void>;
}

/** Options of {@linkcode startCollector}. */
export interface CollectorOptions {
  /** The base URL of a collector that gets every body as well. @default none */
  readonly forwardTo?: string | undefined;
}

/** Starts the embedded collector. It takes `POST /v1/traces` with protobuf, plain or gzipped. */
export async function startCollector({ forwardTo }: CollectorOptions = {}): Promise<Collector> {
  let spans: ReadableSpan[] = [];
  let bodies: Uint8Array[] = [];
  let keeps = true;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (request.method !== "POST" || request.url !== "/v1/traces") {
      response.writeHead(404).end();
      return;
    }
    const raw = Buffer.concat(chunks);
    try {
      const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(raw) : raw;
      if (keeps) {
        spans.push(...decodeSpans(body));
        bodies.push(body);
      }
      if (forwardTo !== undefined) await forward(`${forwardTo}/v1/traces`, body);
      // An empty ExportTraceServiceResponse: everything was accepted.
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
    } catch (error) {
      response.writeHead(400, { "content-type": "text/plain" }).end(String(error));
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens on TCP has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans: () => [...spans],
    bodies: () => [...bodies],
    discard: () => {
      keeps = false;
      spans = [];
      bodies = [];
    },
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

/** Who sent the spans learns of a failure by the status, and sends them again. */
async function forward(url: string, body: Uint8Array<ArrayBuffer>): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/x-protobuf" },
    body,
  });
  if (!response.ok) throw new Error(`Cannot forward the spans to ${url}: status ${response.status}`);
}
