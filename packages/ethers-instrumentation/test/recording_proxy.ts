import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A proxy in front of a node that keeps what passed through it. */
export interface RecordingProxy {
  readonly url: string;
  /** Bodies of the requests, in order of arrival. */
  readonly bodies: string[];
  /** Names of all request headers that were seen. */
  readonly headers: Set<string>;
  stop(): Promise<void>;
}

/** Starts a proxy on the loopback in front of the node at `target`. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const bodies: string[] = [];
  const headers = new Set<string>();
  const server = createServer((incoming, outgoing) => {
    let body = "";
    for (const name of Object.keys(incoming.headers)) headers.add(name);
    incoming.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    incoming.on("end", async () => {
      bodies.push(body);
      const answer = await fetch(target, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body,
      });
      outgoing.writeHead(answer.status, { "content-type": "application/json" }).end(await answer.text());
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // A server that listens on a port has an address of this type.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    headers,
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}
