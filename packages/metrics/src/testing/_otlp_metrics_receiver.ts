import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import protobuf from "protobufjs";

/** A metric as it arrived, with what the tests look at. */
export interface ReceivedMetric {
  readonly scope: string;
  readonly name: string;
  readonly unit: string;
  readonly kind: "gauge" | "sum" | "histogram";
  readonly temporality: number | undefined;
  readonly monotonic: boolean | undefined;
  readonly points: readonly ReceivedPoint[];
}

/** A point as it arrived. */
export interface ReceivedPoint {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly value: number | undefined;
  readonly count: number | undefined;
  readonly sum: number | undefined;
  readonly counts: readonly number[] | undefined;
}

/** One request as it arrived. */
export interface ReceivedPush {
  readonly headers: NodeJS.Dict<string | string[]>;
  readonly resource: Readonly<Record<string, unknown>>;
  readonly metrics: readonly ReceivedMetric[];
}

const field = (type: string, id: number, rule?: "repeated"): protobuf.IField =>
  rule ? { type, id, rule } : { type, id };

// opentelemetry-proto 1.x: metrics/v1/metrics.proto, common/v1/common.proto, resource/v1/resource.proto.
const root = protobuf.Root.fromJSON({
  nested: {
    Request: { fields: { resourceMetrics: field("ResourceMetrics", 1, "repeated") } },
    ResourceMetrics: {
      fields: { resource: field("Resource", 1), scopeMetrics: field("ScopeMetrics", 2, "repeated") },
    },
    Resource: { fields: { attributes: field("KeyValue", 1, "repeated") } },
    ScopeMetrics: { fields: { scope: field("Scope", 1), metrics: field("Metric", 2, "repeated") } },
    Scope: { fields: { name: field("string", 1) } },
    Metric: {
      fields: {
        name: field("string", 1),
        unit: field("string", 3),
        gauge: field("Data", 5),
        sum: field("Data", 7),
        histogram: field("HistogramData", 9),
      },
    },
    Data: {
      fields: {
        dataPoints: field("Point", 1, "repeated"),
        temporality: field("int32", 2),
        monotonic: field("bool", 3),
      },
    },
    HistogramData: {
      fields: { dataPoints: field("HistogramPoint", 1, "repeated"), temporality: field("int32", 2) },
    },
    Point: {
      fields: {
        attributes: field("KeyValue", 7, "repeated"),
        asDouble: field("double", 4),
        asInt: field("sfixed64", 6),
      },
    },
    HistogramPoint: {
      fields: {
        attributes: field("KeyValue", 9, "repeated"),
        count: field("fixed64", 4),
        sum: field("double", 5),
        bucketCounts: field("fixed64", 6, "repeated"),
      },
    },
    KeyValue: { fields: { key: field("string", 1), value: field("AnyValue", 2) } },
    AnyValue: {
      fields: {
        string: field("string", 1),
        bool: field("bool", 2),
        int: field("int64", 3),
        double: field("double", 4),
      },
    },
  },
});

/** A receiver of OTLP metrics on a free port of the loopback address. */
export interface OtlpMetricsReceiver {
  readonly url: string;
  readonly pushes: readonly ReceivedPush[];
  close(): void;
}

/** Starts a receiver; it accepts everything. */
export async function startOtlpMetricsReceiver(): Promise<OtlpMetricsReceiver> {
  const pushes: ReceivedPush[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      pushes.push({ headers: request.headers, ...decode(Buffer.concat(chunks)) });
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/v1/metrics`, pushes, close: () => server.close() };
}

interface Plain {
  readonly [key: string]: unknown;
}

function decode(body: Uint8Array): { resource: Plain; metrics: ReceivedMetric[] } {
  const type = root.lookupType("Request");
  const request = type.toObject(type.decode(body), { longs: Number, arrays: true }) as Plain;
  const [first] = request.resourceMetrics as Plain[];
  const metrics = ((first?.scopeMetrics ?? []) as Plain[]).flatMap(({ scope, metrics: list }) =>
    (list as Plain[]).map((metric) => received(String((scope as Plain).name), metric)),
  );
  return { resource: plain((first?.resource as Plain | undefined)?.attributes), metrics };
}

function received(scope: string, metric: Plain): ReceivedMetric {
  const kind = (["gauge", "sum", "histogram"] as const).find((each) => metric[each] !== undefined) ?? "gauge";
  const data = metric[kind] as Plain;
  const points = (data.dataPoints as Plain[]).map((point) => ({
    attributes: plain(point.attributes),
    value: (point.asDouble ?? point.asInt) as number | undefined,
    count: point.count as number | undefined,
    sum: point.sum as number | undefined,
    counts: kind === "histogram" ? (point.bucketCounts as number[]) : undefined,
  }));
  return {
    scope,
    name: String(metric.name),
    unit: String(metric.unit ?? ""),
    kind,
    temporality: data.temporality as number | undefined,
    monotonic: data.monotonic as boolean | undefined,
    points,
  };
}

function plain(attributes: unknown): Record<string, unknown> {
  return Object.fromEntries(
    ((attributes ?? []) as Plain[]).map(({ key, value }) => [key, Object.values((value ?? {}) as Plain)[0]]),
  );
}
