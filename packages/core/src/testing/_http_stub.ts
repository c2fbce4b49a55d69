/**
 * A local HTTP server whose answers a test writes.
 */

import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** An answer of the stub. */
export interface StubAnswer {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** A running stub. */
export interface HttpStub {
  readonly url: string;
  readonly paths: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a stub on a free loopback port.
 *
 * @param answer The answer to each request.
 */
export async function startHttpStub(answer: (request: IncomingMessage) => StubAnswer): Promise<HttpStub> {
  const paths: string[] = [];
  const server = createServer((request, response) => {
    paths.push(request.url ?? "");
    request.resume().on("end", () => {
      const { status = 200, headers, body } = answer(request);
      response.writeHead(status, headers).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // a listening TCP server has an AddressInfo
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    paths,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
