/**
 * A service for the propagation test: takes one request, calls the next service if there is one, inside of spans.
 */

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { propagation } from "@opentelemetry/api";
import { initTracing, injectContext, startSpan, withContext } from "../mod.ts";

const tracing = initTracing();
const name = process.env.OTEL_SERVICE_NAME ?? "";
const next = process.env.NEXT_SERVICE;

const server = createServer((request, response) => {
  withContext(request.headers, () =>
    startSpan(`${name}.handle`, async (span) => {
      const tenant = propagation.getActiveBaggage()?.getEntry("tenant")?.value;
      if (tenant !== undefined) span.setAttribute("tenant", tenant);
      if (next !== undefined) await startSpan(`${name}.call`, () => callService(next));
    }),
  )
    .then(() => tracing.flush())
    .then(() => response.end("done"));
});
async function callService(url: string): Promise<string> {
  const response = await fetch(url, { headers: injectContext() });
  return response.text();
}

server.listen(0, "127.0.0.1", () => {
  // a listening TCP server has an AddressInfo
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`listening http://127.0.0.1:${port}\n`);
});
