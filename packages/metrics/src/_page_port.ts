import { createServer, type Server } from "node:http";
import type { PrometheusHandler } from "./_handler.ts";
import { MetricsSetupError } from "./metrics_setup_error.ts";

/** A port on which the page is served. */
export interface PagePort {
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/** Where a page is served. */
export interface PageAddress {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

/**
 * Opens a port for the page; it does not keep the process alive.
 *
 * @throws {MetricsSetupError} `port_in_use` or `listen_failed`.
 */
export async function openPagePort(address: PageAddress, handler: PrometheusHandler): Promise<PagePort> {
  const { host, port, path } = address;
  const server = createServer((request, response) => {
    const asked = (request.url ?? "/").split("?", 1)[0];
    if (asked !== path) {
      response.writeHead(404, { "content-type": "text/plain; charset=utf-8" });
      response.end(`Not found: the metrics are at ${path}\n`);
      return;
    }
    void handler(request, response);
  });
  await listen(server, address);
  server.unref();
  const bound = server.address();
  const actual = typeof bound === "object" && bound !== null ? bound.port : port;
  const shown = host.includes(":") ? `[${host}]` : host;
  return { port: actual, url: `http://${shown}:${actual}${path}`, close: () => close(server) };
}

/** Time that a page in the making has when the port is closed. */
const CLOSE_MS = 1_000;

function listen(server: Server, { host, port }: PageAddress): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const where = `port ${port} of ${host}`;
      reject(
        error.code === "EADDRINUSE"
          ? new MetricsSetupError(
              "port_in_use",
              `Cannot serve the Prometheus page as ${where} is in use: set 'prometheus.port' to a free port, or to 0 to take any`,
              { cause: error },
            )
          : new MetricsSetupError(
              "listen_failed",
              `Cannot serve the Prometheus page on ${where}: ${error.message}; set 'prometheus.host' and 'prometheus.port' to an address of this machine`,
              { cause: error },
            ),
      );
    });
    server.listen(port, host, resolve);
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    // Scrapers keep their connections. What is being written may end, but a client that does not read is cut off.
    server.closeIdleConnections();
    setTimeout(() => server.closeAllConnections(), CLOSE_MS).unref();
  });
}
