// An OTLP collector in a process of its own, so that its work is not measured: counts the spans it was sent, by id.
// Started by collectorFor() of core_pipeline_subjects.ts; told by messages how to answer.
import { createServer, type ServerResponse } from "node:http";

/** What the parent asks for. */
export interface CollectorOrder {
  readonly latencyMs?: number;
  readonly status?: number;
  /** Whether to listen. */
  readonly up?: boolean;
  readonly count?: true;
}

let latencyMs = 0;
let status = 200;
let port = 0;
const ids = new Set<string>();
let received = 0;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    if (status === 200) note(Buffer.concat(chunks));
    if (latencyMs > 0) setTimeout(answer, latencyMs, response);
    else answer(response);
  });
});

function answer(response: ServerResponse): void {
  response.writeHead(status, { "content-type": "application/x-protobuf" }).end();
}

/** Walks Request > ResourceSpans > ScopeSpans > Span and keeps the ids of the spans. */
function note(body: Buffer): void {
  for (const resourceSpans of fields(body, 1)) {
    for (const scopeSpans of fields(resourceSpans, 2)) {
      for (const span of fields(scopeSpans, 2)) {
        received++;
        for (const id of fields(span, 2)) ids.add(id.toString("latin1"));
      }
    }
  }
}

function* fields(message: Buffer, wanted: number): Generator<Buffer> {
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = message.readUInt8(at++);
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
  };
  while (at < message.length) {
    const tag = varint();
    const type = tag & 7;
    if (type === 0) varint();
    else if (type === 1) at += 8;
    else if (type === 5) at += 4;
    else {
      const size = varint();
      if (tag >> 3 === wanted) yield message.subarray(at, at + size);
      at += size;
    }
  }
}

const listen = (): void => {
  server.listen(port, "127.0.0.1", () => {
    const address = server.address();
    if (typeof address === "object" && address) ({ port } = address);
    process.send?.({ port });
  });
};

process.on("message", (order: CollectorOrder) => {
  if (order.latencyMs !== undefined) ({ latencyMs } = order);
  if (order.status !== undefined) ({ status } = order);
  if (order.up === true && !server.listening) listen();
  else if (order.up === false && server.listening) {
    server.close(() => process.send?.({ port }));
    server.closeAllConnections();
  } else if (order.count) {
    process.send?.({ distinct: ids.size, received });
    ids.clear();
    received = 0;
  } else process.send?.({ port });
});
process.on("disconnect", () => process.exit());
listen();
