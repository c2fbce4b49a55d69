// What the pipeline benchmarks compare: processors that lead to the same collector, and the spans they are given.
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { createPipeline, type Pipeline, type SpoolOptions } from "@dcmx-tracing/core";
import type { Attributes, Tracer } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import {
  BasicTracerProvider,
  BatchSpanProcessor,
  NoopSpanProcessor,
  type ReadableSpan,
  type SpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import type { CollectorOrder } from "./core_pipeline_collector.ts";

/** A way from ended spans to the collector. */
export interface Subject {
  readonly tracer: Tracer;
  readonly pipeline?: Pipeline;
  shutdown(): Promise<void>;
}

/** Names of the subjects, as the tables show them. */
export const SUBJECTS = ["noop", "bsp", "bsp-200k", "ours", "ours-wrapped", "ours-spool"] as const;
export type SubjectName = (typeof SUBJECTS)[number];

/** Makes a subject whose spans go to `url`. */
export function subject(name: SubjectName, url: string, spool?: SpoolOptions): Subject {
  const target = { kind: "otlp-http", url } as const;
  let pipeline: Pipeline | undefined;
  if (name === "ours") pipeline = createPipeline({ target });
  if (name === "ours-spool" && spool) pipeline = createPipeline({ target, spool });
  if (name === "ours-wrapped") {
    // Does what a redacting exporter does at least: it makes another span of each.
    pipeline = createPipeline({
      target,
      wrapExporter: (inner) => ({
        export: (spans, done) => inner.export(spans.map(copyOf), done),
        shutdown: () => inner.shutdown(),
      }),
    });
  }
  const processor = pipeline?.processor ?? stock(name, url);
  const resource = resourceFromAttributes({ "service.name": "bench", "service.version": "1.2.3" });
  const provider = new BasicTracerProvider({ resource, spanProcessors: [processor] });
  return {
    tracer: provider.getTracer("bench", "1.0.0"),
    ...(pipeline && { pipeline }),
    shutdown: async () => {
      if (pipeline) await pipeline.shutdown(30_000);
      else {
        await provider.shutdown().catch(() => {});
        // It rejects as soon as one batch fails, while others are still on their way.
        await pause(2_000);
      }
    },
  };
}

function stock(name: SubjectName, url: string): SpanProcessor {
  if (name === "noop") return new NoopSpanProcessor();
  const exporter = new OTLPTraceExporter({ url });
  return new BatchSpanProcessor(exporter, name === "bsp-200k" ? { maxQueueSize: 200_000 } : {});
}

function copyOf(span: ReadableSpan): ReadableSpan {
  const context = span.spanContext();
  return {
    name: span.name,
    kind: span.kind,
    spanContext: () => context,
    ...(span.parentSpanContext && { parentSpanContext: span.parentSpanContext }),
    startTime: span.startTime,
    endTime: span.endTime,
    status: span.status,
    attributes: { ...span.attributes },
    links: span.links,
    events: span.events,
    duration: span.duration,
    ended: span.ended,
    resource: span.resource,
    instrumentationScope: span.instrumentationScope,
    droppedAttributesCount: span.droppedAttributesCount,
    droppedEventsCount: span.droppedEventsCount,
    droppedLinksCount: span.droppedLinksCount,
  };
}

const VALUES = ["0xdac17f958d2ee523a2206206994597c13d831ec7", 31337, true, "eth_sendRawTransaction", 0.5];

/** `count` attributes of the kinds that spans of this project carry. */
export function attributesOf(count: number): Attributes {
  return Object.fromEntries(
    Array.from({ length: count }, (_, at) => [`nft.attribute_${at}`, VALUES[at % VALUES.length]]),
  );
}

/** The collector process. */
export interface Collector {
  readonly url: string;
  tell(order: CollectorOrder): Promise<{ distinct: number; received: number }>;
  stop(): void;
}

/** Starts a collector of its own for one measurement. `file` is the bundled core_pipeline_collector. */
export async function startCollector(
  file = new URL("core_pipeline_collector.mjs", import.meta.url),
): Promise<Collector> {
  const child: ChildProcess = fork(fileURLToPath(file), { execArgv: [] });
  const [{ port }] = await once(child, "message");
  return {
    url: `http://127.0.0.1:${port}/v1/traces`,
    async tell(order) {
      child.send(order);
      const [answer] = await once(child, "message");
      return answer;
    },
    stop: () => child.disconnect(),
  };
}
