/**
 * The smallest OTLP gRPC receiver: HTTP/2 without TLS, answers every call with a status.
 */

import { createServer } from "node:http2";
import type { AddressInfo } from "node:net";
import { decodeTraceRequest, type ReceivedSpan } from "./_otlp_messages.ts";

/** A running receiver. */
export interface GrpcReceiver {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  readonly metadata: readonly Record<string, unknown>[];
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts a receiver on a free loopback port.
 *
 * @param status The gRPC status of every answer.
 */
export async function startGrpcReceiver(status = 0): Promise<GrpcReceiver> {
  const spans: ReceivedSpan[] = [];
  const metadata: Record<string, unknown>[] = [];
  const server = createServer();
  const sessions = new Set<{ destroy(): void }>();
  server.on("session", (session) => sessions.add(session));
  server.on("stream", (stream, headers) => {
    metadata.push({ ...headers });
    const chunks: Buffer[] = [];
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("error", () => {});
    stream.on("end", () => {
      // one message: a flag byte, four bytes of length, the message
      const message = Buffer.concat(chunks).subarray(5);
      if (status === 0 && message.length > 0) spans.push(...decodeTraceRequest(message));
      stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
      stream.on("wantTrailers", () => stream.sendTrailers({ "grpc-status": String(status) }));
      void stream.end(status === 0 ? Buffer.alloc(5) : undefined);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  // a listening TCP server has an AddressInfo
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    metadata,
    async [Symbol.asyncDispose]() {
      for (const session of sessions) session.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
