import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

/** A JSON-RPC request as it arrived. */
export interface WireRequest {
  readonly headers: IncomingHttpHeaders;
  readonly url: string;
  readonly body: string;
  /** Calls of the request, in order. */
  readonly calls: readonly WireCall[];
}

/** One call of a request. */
export interface WireCall {
  readonly id: number;
  readonly method: string;
  readonly params?: unknown;
}

/** What a stub answers: JSON (200), or a status with headers and text. */
export type StubAnswer =
  | { readonly json: unknown }
  | { readonly status: number; readonly headers?: Record<string, string>; readonly text?: string }
  | "hang"
  | "reset";

/** A node that answers what the test tells it to. */
export interface StubNode {
  readonly url: string;
  readonly requests: readonly WireRequest[];
  stop(): Promise<void>;
}

/**
 * Starts an HTTP server on the loopback.
 *
 * @param answer Decides about each request. The default answers each call with the result of `results`.
 */
export async function startStubNode(
  answer: (request: WireRequest, number: number) => StubAnswer = (request) => results(request),
): Promise<StubNode> {
  const requests: WireRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    let body = "";
    incoming.on("data", (chunk: Buffer) => {
      body += chunk.toString();
    });
    incoming.on("end", () => {
      const request = { headers: incoming.headers, url: incoming.url ?? "", body, calls: callsOf(body) };
      requests.push(request);
      const reply = answer(request, requests.length);
      if (reply === "hang") return;
      if (reply === "reset") {
        incoming.socket.resetAndDestroy();
        return;
      }
      if ("json" in reply) {
        outgoing.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(reply.json));
      } else outgoing.writeHead(reply.status, reply.headers).end(reply.text ?? "");
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // A server that listens on a port has an address of this type.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Answers each call: chain 31337, and for other methods what `values` says, else `0x1`. */
export function results(request: WireRequest, values: Readonly<Record<string, unknown>> = {}): StubAnswer {
  const one = ({ id, method }: WireCall): unknown => {
    const value = method in values ? values[method] : method === "eth_chainId" ? "0x7a69" : "0x1";
    return { jsonrpc: "2.0", id, result: value };
  };
  return { json: request.body.startsWith("[") ? request.calls.map(one) : one(firstCall(request)) };
}

/** Answers every call with the same error. */
export function failure(request: WireRequest, code: number, message: string, data?: unknown): StubAnswer {
  const one = ({ id }: WireCall): unknown => ({ jsonrpc: "2.0", id, error: { code, message, data } });
  return { json: request.body.startsWith("[") ? request.calls.map(one) : one(firstCall(request)) };
}

function firstCall(request: WireRequest): WireCall {
  const [call] = request.calls;
  if (call === undefined) throw new Error(`no call in ${request.body}`);
  return call;
}

function callsOf(body: string): WireCall[] {
  // Etherscan takes forms.
  if (!/^[[{]/.test(body)) return [];
  // The tests send JSON-RPC otherwise.
  const parsed = JSON.parse(body) as WireCall | WireCall[];
  return Array.isArray(parsed) ? parsed : [parsed];
}
