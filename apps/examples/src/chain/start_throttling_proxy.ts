import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** An RPC endpoint in front of another one that can be told to be busy. */
export interface ThrottlingProxy {
  readonly url: string;
  /** Answers the next requests of this method with 429 before it lets them pass again. */
  throttle(method: string, times: number): void;
  stop(): Promise<void>;
}

/** Starts the proxy on a free port of the loopback interface. */
export async function startThrottlingProxy(target: string): Promise<ThrottlingProxy> {
  const busy = new Map<string, number>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const method = /"method":"(\w+)"/.exec(body.toString("utf8"))?.[1] ?? "";
    const left = busy.get(method) ?? 0;
    if (left > 0) {
      busy.set(method, left - 1);
      response.writeHead(429, { "content-type": "text/plain" }).end("Too Many Requests");
      return;
    }
    try {
      const headers = { "content-type": "application/json" };
      const answer = await fetch(target, { method: "POST", headers, body });
      response.writeHead(answer.status, headers).end(Buffer.from(await answer.arrayBuffer()));
    } catch {
      // The chain is gone: so is the endpoint.
      response.writeHead(502).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  // A server that listens on TCP has an address of this form.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    throttle: (method, times) => void busy.set(method, times),
    stop: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
