import { createHandler, type PrometheusHandler } from "./_handler.ts";
import { state } from "./_state.ts";
import type { PrometheusPullExporter } from "./prometheus_pull_exporter.ts";

/** Answers with status 503. */
const notSetUp: PrometheusHandler = createHandler(() => undefined);

/**
 * Handler that serves the Prometheus page in a server of yours: node:http, express, fastify or fetch-style.
 *
 * @param exporter Whose metrics are served.
 * @default exporter that of the active `initMetrics()`, looked up at each request; status 503 when there is none
 * @returns A handler for all these servers.
 *
 * @example Mount the page in a node:http server
 * ```ts
 * import { createServer } from "node:http";
 * import { prometheusHandler } from "@dcmx-tracing/metrics/prometheus";
 *
 * const handler = prometheusHandler();
 * const server = createServer((request, response) => {
 *   if (request.url === "/metrics") void handler(request, response);
 *   else response.end("hello");
 * });
 * server.close();
 * ```
 */
export function prometheusHandler(exporter?: PrometheusPullExporter): PrometheusHandler {
  if (exporter !== undefined) return exporter.handler();
  const handle = (...args: Parameters<PrometheusHandler>) => (state.handler ?? notSetUp)(...args);
  // The arguments are passed on as they are, so the result is that of the same signature.
  return handle as PrometheusHandler;
}
