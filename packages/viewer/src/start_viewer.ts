import { createServer, type Server } from "node:http";
import { TraceStore } from "./_trace_store.ts";
import { answer, isOwnHost, send } from "./_viewer_requests.ts";
import { renderWaterfall } from "./render_waterfall.ts";
import type { TreePrinterStream } from "./tree_printer.ts";

/** Options of {@linkcode startViewer}. */
export interface ViewerOptions {
  /** The port for both the spans and the page; 0 takes a free one. @default 4318 */
  readonly port?: number;
  /** The address to listen on. Beyond loopback everybody who reaches it sees the traces. @default "127.0.0.1" */
  readonly host?: string;
  /** How many spans are kept; beyond it the traces that grew longest ago are let go. @default 50000 */
  readonly maxSpans?: number;
  /** Where the spans of each request are drawn as they come in; `undefined` draws none. @default undefined */
  readonly stream?: TreePrinterStream | undefined;
}

/** A running viewer. */
export interface Viewer {
  /** Its page, and the endpoint for OTLP over HTTP. */
  readonly url: string;
  readonly port: number;
  /** What it holds and what it let go. */
  stats(): { readonly spans: number; readonly dropped: number };
  /** Closes the port. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a trace viewer in this process: it takes spans by OTLP over HTTP (protobuf or JSON) on the port of a
 * collector, keeps the newest in memory, and shows them on a page. No Docker, no other program.
 *
 * For development. It has no accounts, so it listens on loopback; it stores nothing.
 *
 * @param options Port, address and bounds.
 * @returns The running viewer.
 * @throws RangeError if an option is out of its range; Error (code `EADDRINUSE`) if the port is taken, naming it.
 *
 * @example Look at the traces of another process
 * ```ts
 * import { startViewer } from "@dcmx-tracing/viewer";
 *
 * const viewer = await startViewer({ port: 0 }); // by default 4318, where OTLP exporters send to
 * const page = await fetch(viewer.url);
 * console.assert(page.ok);
 * await viewer.close();
 * ```
 */
export async function startViewer(options: ViewerOptions = {}): Promise<Viewer> {
  const { port = 4318, host = "127.0.0.1", maxSpans = 50_000, stream } = options;
  checkNumber("port", port, 0, 65_535);
  checkNumber("maxSpans", maxSpans, 1, Number.MAX_SAFE_INTEGER);
  const store = new TraceStore(maxSpans);
  const server = createServer((request, response) => {
    if (!isOwnHost(request.headers.host, host)) {
      send(response, { status: 403, type: "text/plain", body: "This viewer is asked for by another name\n" });
      return;
    }
    answer(request, store, (spans) => {
      stream?.write(`${renderWaterfall(spans, { width: Math.max(40, stream.columns ?? 100) })}\n\n`);
    }).then(
      (result) => send(response, result),
      () => response.destroy(),
    );
  });
  await listen(server, port, host);
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    port: bound,
    stats: () => ({ spans: store.spans, dropped: store.dropped }),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function checkNumber(name: string, value: number, least: number, most: number): void {
  if (Number.isInteger(value) && value >= least && value <= most) return;
  throw new RangeError(
    `Cannot start the viewer as '${name}' must be a whole number from ${least} to ${most}: current value is ${value}`,
  );
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason =
        error.code === "EADDRINUSE"
          ? `port ${port} of ${host} is in use, perhaps by a collector; stop it or choose another 'port'`
          : error.message;
      reject(Object.assign(new Error(`Cannot start the viewer as ${reason}`), { code: error.code }));
    });
    server.listen(port, host, resolve);
  });
}
