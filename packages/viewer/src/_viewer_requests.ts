import type { IncomingMessage, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { page } from "./_page.ts";
import { spansOfRequest } from "./_spans_of_request.ts";
import type { TraceStore } from "./_trace_store.ts";
import { traceView } from "./_trace_view.ts";

const unzip = promisify(gunzip);

/** What the viewer answers to one request. */
export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string | Uint8Array;
}

/** The largest request body, before and after it is unpacked. */
const MAX_BODY = 32 * 1024 * 1024;

/**
 * Answers one request: `POST /v1/traces` takes spans in, `GET /` is the page, `GET /api/traces` its data.
 *
 * @param request The request.
 * @param store Where spans are kept.
 * @param onSpans Is told of spans that came in.
 */
export async function answer(
  request: IncomingMessage,
  store: TraceStore,
  onSpans: (spans: ReturnType<typeof spansOfRequest>) => void,
): Promise<Answer> {
  const path = (request.url ?? "/").split("?", 1)[0];
  if (request.method === "POST" && path === "/v1/traces") {
    const type = request.headers["content-type"] ?? "";
    const json = type.includes("json");
    try {
      // Loaded with the first spans: those who only draw waterfalls need no protobuf.
      const { decodeOtlp } = await import("./_decode_otlp.ts");
      const spans = spansOfRequest(decodeOtlp(await bodyOf(request), type));
      store.add(spans);
      onSpans(spans);
    } catch (error) {
      return plain(400, error instanceof Error ? error.message : "The request cannot be read");
    }
    // An empty ExportTraceServiceResponse: everything was taken.
    return json
      ? { status: 200, type: "application/json", body: "{}" }
      : { status: 200, type: "application/x-protobuf", body: new Uint8Array() };
  }
  if (request.method !== "GET") return plain(405, "Use GET, or POST to /v1/traces");
  if (path === "/") return { status: 200, type: "text/html; charset=utf-8", body: page() };
  if (path === "/api/traces") return json(store.list().map(traceView));
  const [, traceId] = /^\/api\/traces\/([0-9a-f]{32})$/.exec(path ?? "") ?? [];
  const spans = traceId === undefined ? undefined : store.get(traceId);
  return spans === undefined ? plain(404, "Not found") : json(traceView(spans));
}

/** Sends an answer. */
export function send(response: ServerResponse, { status, type, body }: Answer): void {
  response.writeHead(status, {
    "content-type": type,
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(body);
}

/**
 * Whether a request was meant for this viewer: a page of another site that makes its own name point here
 * (DNS rebinding) comes with that name.
 */
export function isOwnHost(header: string | undefined, host: string): boolean {
  const name = (header ?? "").replace(/:\d+$/, "").toLowerCase();
  return ["localhost", "127.0.0.1", "[::1]", host.toLowerCase(), `[${host.toLowerCase()}]`].includes(name);
}

async function bodyOf(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    // An incoming message without an encoding yields buffers.
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > MAX_BODY) throw new RangeError(`The request has more than ${MAX_BODY} bytes`);
    chunks.push(bytes);
  }
  const body = Buffer.concat(chunks);
  return request.headers["content-encoding"] === "gzip" ? unzip(body, { maxOutputLength: MAX_BODY }) : body;
}

function json(value: unknown): Answer {
  return { status: 200, type: "application/json", body: JSON.stringify(value) };
}

function plain(status: number, text: string): Answer {
  return { status, type: "text/plain; charset=utf-8", body: `${text}\n` };
}
