import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A span as another process has exported it. */
export interface ReceivedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  /** 2 is SERVER. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Receives OTLP over HTTP on the loopback. */
export interface OtlpReceiver {
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  stop(): Promise<void>;
}

/** Starts a receiver of traces as protobuf; metrics and logs are accepted and forgotten. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
    });
    request.on("end", () => {
      if (request.url?.endsWith("/v1/traces")) spans.push(...spansOf(Buffer.concat(chunks)));
      response.writeHead(200, { "content-type": "application/x-protobuf" }).end();
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  // A server that listens on a port has an address of this type.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    spans,
    async stop() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Field numbers are those of opentelemetry/proto/trace/v1/trace.proto. */
function spansOf(request: Buffer): ReceivedSpan[] {
  return messages(request, 1)
    .flatMap((resourceSpans) => messages(resourceSpans, 2))
    .flatMap((scopeSpans) => messages(scopeSpans, 2))
    .map((span) => ({
      traceId: bytes(span, 1).toString("hex"),
      spanId: bytes(span, 2).toString("hex"),
      parentSpanId: bytes(span, 4).toString("hex"),
      name: bytes(span, 5).toString(),
      kind: Number(fields(span).find(({ number }) => number === 6)?.value ?? 0),
      attributes: Object.fromEntries(
        messages(span, 9).map((pair) => [bytes(pair, 1).toString(), anyValue(bytes(pair, 2))]),
      ),
    }));
}

function anyValue(value: Buffer): string {
  const [field] = fields(value);
  return Buffer.isBuffer(field?.value) ? field.value.toString() : String(field?.value);
}

function messages(buffer: Buffer, number: number): Buffer[] {
  return fields(buffer).flatMap((field) =>
    field.number === number && Buffer.isBuffer(field.value) ? [field.value] : [],
  );
}

function bytes(buffer: Buffer, number: number): Buffer {
  return messages(buffer, number)[0] ?? Buffer.alloc(0);
}

interface Field {
  readonly number: number;
  readonly value: Buffer | bigint;
}

/** The fields of a protobuf message. Source: https://protobuf.dev/programming-guides/encoding/ */
function fields(buffer: Buffer): Field[] {
  const found: Field[] = [];
  let offset = 0;
  const varint = (): bigint => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = buffer[offset++] ?? 0;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  };
  while (offset < buffer.length) {
    const key = Number(varint());
    const type = key & 7;
    const number = key >> 3;
    if (type === 0) found.push({ number, value: varint() });
    else {
      const size = type === 2 ? Number(varint()) : type === 1 ? 8 : 4;
      found.push({ number, value: buffer.subarray(offset, offset + size) });
      offset += size;
    }
  }
  return found;
}
