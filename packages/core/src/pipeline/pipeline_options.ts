import type { SpanExporter } from "@opentelemetry/sdk-trace-base";

/**
 * An OTLP collector reached over HTTP with protobuf bodies: the default target of a pipeline.
 *
 * Spans are encoded when they end and held as bytes, so a queue of 100,000 spans costs about 25 MB.
 *
 * @see https://opentelemetry.io/docs/specs/otlp/#otlphttp
 */
export interface OtlpHttpTarget {
  readonly kind: "otlp-http";
  /** The full signal URL, used as it is: `http://127.0.0.1:4318/v1/traces`. */
  readonly url: string;
  /** Request headers, such as an API key. @default {} */
  readonly headers?: Readonly<Record<string, string>>;
  /** Compression of the request body. @default "none" */
  readonly compression?: "gzip" | "none";
  /** Bound of one request in milliseconds, from connect to the last byte of the answer. @default 10_000 */
  readonly timeoutMs?: number;
  /** TLS material, for https URLs only. @default {} */
  readonly tls?: TlsMaterial;
}

/** TLS material as PEM texts, not file names: whoever builds the options reads the files. */
export interface TlsMaterial {
  /** Certificates of the authorities to trust in place of the system's. */
  readonly ca?: string | Uint8Array;
  /** Client certificate for mutual TLS. */
  readonly cert?: string | Uint8Array;
  /** Private key of the client certificate. */
  readonly key?: string | Uint8Array;
}

/**
 * Any other exporter: OTLP over gRPC or JSON, a vendor's, or one of your own.
 *
 * Spans are held as objects (about 1 KB each) and handed over in bounded batches, off the caller's tick.
 * The spool does not work with it, as it needs the encoded form.
 */
export interface ExporterTarget {
  readonly kind: "exporter";
  /** The exporter; the pipeline shuts it down. */
  readonly exporter: SpanExporter;
  /**
   * Calls of `export()` allowed at the same time. The specification promises exporters that there is one;
   * the OTLP exporters bear more.
   * @default 1
   */
  readonly concurrency?: number;
}

/** Where the spans of a pipeline go. */
export type PipelineTarget = ExporterTarget | OtlpHttpTarget;

/** How spans are gathered and sent. */
export interface BatchOptions {
  /** Bytes that may wait in memory, encoded (or estimated for an {@link ExporterTarget}). @default 33_554_432 (32 MiB) */
  readonly maxQueueBytes?: number;
  /** Spans that may wait in memory, on top of the bound in bytes. @default Infinity */
  readonly maxQueueSpans?: number;
  /** Most spans in one request. @default 512 */
  readonly maxBatchSpans?: number;
  /** Most encoded bytes in one request, unless a single span is larger. @default 262_144 (256 KiB) */
  readonly maxBatchBytes?: number;
  /** Longest wait of a span before its batch is sent, in milliseconds. @default 1000 */
  readonly scheduleDelayMs?: number;
  /** Requests in flight at the same time, for an {@link OtlpHttpTarget}. @default 4 */
  readonly concurrency?: number;
}

/** How often and how long an undelivered batch is tried again. */
export interface RetryOptions {
  /** Wait before the first retry in milliseconds; it doubles with each failure. @default 500 */
  readonly initialDelayMs?: number;
  /** Longest wait between two attempts in milliseconds; a longer `Retry-After` of the collector is obeyed up to `maxAgeMs`. @default 5000 */
  readonly maxDelayMs?: number;
  /** Share of a wait that is random, 0 to 1. @default 0.2 */
  readonly jitter?: number;
  /** Age at which an undelivered batch in memory is given up, in milliseconds. @default 300_000 (5 minutes) */
  readonly maxAgeMs?: number;
}

/**
 * A bounded queue on disk for spans that cannot be delivered now. What is on disk survives the death of the process,
 * though not a power cut; at most one batch per dead process can arrive twice.
 */
export interface SpoolOptions {
  /**
   * Directory of the spool, created when absent, for one target: what is found in it is sent to the target of the
   * process that finds it. Several processes with the same target may share it.
   */
  readonly directory: string;
  /** Bytes the directory may hold, all processes together. @default 67_108_864 (64 MiB) */
  readonly maxBytes?: number;
  /** Bytes of one segment file. @default 1_048_576 (1 MiB) */
  readonly segmentBytes?: number;
}

/** Options of {@link createPipeline}. */
export interface PipelineOptions {
  /** Where the spans go. For several targets make several pipelines. */
  readonly target: PipelineTarget;
  /** Puts an exporter of yours, such as a redacting one, before the target. @default the target itself */
  readonly wrapExporter?: (exporter: SpanExporter) => SpanExporter;
  /** How spans are gathered and sent. @default {} */
  readonly batch?: BatchOptions;
  /** How often and how long delivery is tried again. @default {} */
  readonly retry?: RetryOptions;
  /** Keeps undelivered spans on disk, for an {@link OtlpHttpTarget} only. @default no spool */
  readonly spool?: SpoolOptions;
  /**
   * Told how long each answered request (or call of an exporter) took, for a histogram.
   *
   * @param seconds From the start of the request to the end of the answer, compression included.
   * @param errorType What went wrong, `undefined` when all spans were accepted: an HTTP status such as `503`, a gRPC
   * code such as `14`, a code of the network such as `ECONNREFUSED`, `timeout`, or the reason of a loss such as
   * `partial`.
   * @default nobody is told
   */
  readonly onRequest?: (seconds: number, errorType: string | undefined) => void;
}
