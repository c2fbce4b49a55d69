import type { ReadableSpan, SpanExporter } from "@opentelemetry/sdk-trace-base";
import { assemble, type Route } from "./_assemble.ts";
import { retryPolicy } from "./_backoff.ts";
import { batchLimits } from "./_batch_limits.ts";
import { callExporter } from "./_call_exporter.ts";
import { Counters } from "./_counters.ts";
import { Delivery } from "./_delivery.ts";
import type { EncodedBatch } from "./_encoded_batch.ts";
import { httpTransport } from "./_http_transport.ts";
import { SpanBatcher } from "./_span_batcher.ts";
import { type CollectedBatch, SpanCollector } from "./_span_collector.ts";
import { SpanEncoder } from "./_span_encoder.ts";
import { Spool } from "./_spool.ts";
import { TroubleReporter } from "./_trouble_reporter.ts";
import type { Pipeline } from "./pipeline.ts";
import type { ExporterTarget, OtlpHttpTarget, PipelineOptions } from "./pipeline_options.ts";
import type { SpoolStats } from "./pipeline_stats.ts";

/**
 * Makes the way from ended spans to a target: a queue bounded by bytes, batches that leave off the caller's tick,
 * several at a time, retries that honour the collector, an optional spool on disk, and a count for every span.
 *
 * `initTracing` makes one for each configured exporter. Make one yourself only to put it into a tracer provider of
 * your own.
 *
 * @param options Target and bounds.
 * @returns The pipeline; its `processor` goes into the tracer provider.
 * @throws {RangeError | TypeError} When an option cannot be used.
 *
 * @example A pipeline in a tracer provider of your own
 * ```ts
 * import { createPipeline } from "@dcmx-tracing/core";
 * import { NodeTracerProvider } from "@opentelemetry/sdk-trace-node";
 *
 * const pipeline = createPipeline({ target: { kind: "otlp-http", url: "http://127.0.0.1:4318/v1/traces" } });
 * const provider = new NodeTracerProvider({ spanProcessors: [pipeline.processor] });
 * const { queued } = pipeline.stats(); // 0
 * await provider.shutdown();
 * ```
 */
export function createPipeline(options: PipelineOptions): Pipeline {
  const { target, wrapExporter } = options;
  const limits = batchLimits(options.batch);
  const counters = new Counters();
  const trouble = new TroubleReporter(nameOf(target), counters);
  const route =
    target.kind === "otlp-http"
      ? otlpRoute(options, target, limits, counters, trouble)
      : exporterRoute(options, target, limits, counters, trouble);
  return assemble(route, wrapExporter, limits, counters, trouble);
}

type Limits = ReturnType<typeof batchLimits>;

function otlpRoute(
  options: PipelineOptions,
  target: OtlpHttpTarget,
  limits: Limits,
  counters: Counters,
  trouble: TroubleReporter,
): Route {
  const transport = httpTransport(target, limits.concurrency);
  const spool = options.spool && new Spool(options.spool, counters, trouble, () => delivery.wake());
  const delivery: Delivery<EncodedBatch> = new Delivery(
    {
      ...limits,
      overflow: spool,
      retry: retryPolicy(options.retry),
      send: (batch: EncodedBatch) => transport.send(batch.body(), batch.spans),
      abort: () => transport.close(),
      onRequest: options.onRequest,
    },
    counters,
    trouble,
  );
  const batcher = new SpanBatcher(new SpanEncoder(), limits, counters, trouble, (batch) =>
    delivery.add(batch),
  );
  let resource: ReadableSpan["resource"] | undefined;
  let last: SpoolStats | undefined;
  return {
    add(span) {
      if (span.resource !== resource) {
        resource = span.resource;
        // The resource is encoded when the request is made: not before its detectors are done.
        if (resource.asyncAttributesPending)
          delivery.hold(resource.waitForAsyncAttributes?.() ?? Promise.resolve());
      }
      batcher.add(span);
    },
    seal: () => batcher.seal(),
    flush: () => delivery.flush(),
    save: () => delivery.save(),
    close() {
      const dropped = delivery.close();
      last = spool?.stats();
      spool?.close();
      return dropped;
    },
    drain: (deliver) =>
      delivery.drain((batches) =>
        deliver(batches.map((batch) => ({ body: batch.body(), spans: batch.spans }))),
      ),
    closeTarget: () => Promise.resolve(),
    spoolStats: () => last ?? spool?.stats(),
  };
}

function exporterRoute(
  options: PipelineOptions,
  { exporter, concurrency = 1 }: ExporterTarget,
  limits: Limits,
  counters: Counters,
  trouble: TroubleReporter,
): Route {
  if (options.spool) {
    throw new TypeError(
      'Cannot spool as \'spool\' needs the encoded form of a target of kind "otlp-http": current kind is "exporter"',
    );
  }
  const delivery = new Delivery(
    {
      ...limits,
      concurrency,
      retry: retryPolicy(options.retry),
      send: ({ items }: CollectedBatch) =>
        new Promise((resolve) => callExporter(exporter, [...items], resolve)),
      abort: () => {},
      onRequest: options.onRequest,
    },
    counters,
    trouble,
  );
  const batcher = new SpanBatcher(new SpanCollector(), limits, counters, trouble, (batch) =>
    delivery.add(batch),
  );
  return {
    add: (span) => batcher.add(span),
    seal: () => batcher.seal(),
    async flush() {
      await delivery.flush();
      await exporter.forceFlush?.();
    },
    save: () => 0,
    close: () => delivery.close(),
    drain: () => delivery.drain((batches) => batches.map(({ items }) => callNow(exporter, [...items]))),
    closeTarget: async () => exporter.shutdown(),
    spoolStats: () => undefined,
  };
}

/** Calls an exporter and does not wait. @returns Whether it reported success during the call. */
function callNow(exporter: SpanExporter, spans: ReadableSpan[]): boolean {
  let delivered = false;
  callExporter(exporter, spans, ({ kind }) => {
    delivered = kind === "accepted";
  });
  return delivered;
}

/** Origin or class name: what a person needs to know in a log line, without paths, queries or credentials. */
function nameOf(target: PipelineOptions["target"]): string {
  if (target.kind === "exporter") return target.exporter.constructor.name;
  return URL.canParse(target.url) ? new URL(target.url).origin : "OTLP collector";
}
