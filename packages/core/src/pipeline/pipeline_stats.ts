/**
 * Why spans were given up before any delivery was tried to its end.
 *
 * - `queue-full`: the queue had reached `maxQueueBytes` or `maxQueueSpans`; the oldest waiting spans went.
 * - `shutdown`: ended after the shutdown, or still waiting when its bound was over and no spool took them.
 * - `withheld`: the wrapper given as `wrapExporter` did not pass them on.
 * - `encode-error`: the span could not be encoded.
 */
export type DropReason = "encode-error" | "queue-full" | "shutdown" | "withheld";

/**
 * Why spans were given up after a delivery was tried.
 *
 * - `rejected`: the collector answered with a status that must not be retried (most of 3xx, 4xx and 5xx).
 * - `partial`: the collector took the request but refused some spans of it (`rejected_spans`).
 * - `bad-response`: the answer was a success by status, but no OTLP answer by content: something else listens there.
 * - `expired`: delivery was tried again and again until the batch reached `maxAgeMs`.
 * - `exporter`: an exporter or wrapper reported a failure that is not worth a retry, or threw.
 * - `spool-corrupt`: this process had written them to the spool, and they could not be read back.
 */
export type FailReason = "bad-response" | "expired" | "exporter" | "partial" | "rejected" | "spool-corrupt";

/** The last trouble a pipeline had. */
export interface PipelineError {
  /** What happened, in one line, without secrets. */
  readonly message: string;
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  /** HTTP status of the answer, when there was one. */
  readonly status?: number;
}

/** State of the spool, all zero without one. */
export interface SpoolStats {
  /** Spans this process wrote to the spool. */
  readonly spooled: number;
  /** Spans taken over from processes that ended before they could deliver them. */
  readonly recovered: number;
  /** Spans on disk now, own and taken over. */
  readonly spans: number;
  /** Bytes on disk now, own and taken over. */
  readonly bytes: number;
  /** Stretches of a segment file that failed their checksum and were skipped. */
  readonly corruptRecords: number;
  /** Failed disk operations, such as a full disk. */
  readonly errors: number;
}

/**
 * Counters of one pipeline, right to the span at any moment:
 *
 * `ended + added + spool.recovered = exported + (all of dropped) + (all of failed) + queued`
 */
export interface PipelineStats {
  /** Spans started while the pipeline was open, sampled or only recorded. */
  readonly started: number;
  /** Sampled spans that ended. */
  readonly ended: number;
  /** Spans that the wrapper made on top of those it was given; nearly always 0. */
  readonly added: number;
  /** Spans the target acknowledged. */
  readonly exported: number;
  /** Spans given up before delivery, by reason. */
  readonly dropped: Readonly<Record<DropReason, number>>;
  /** Spans given up after delivery was tried, by reason. */
  readonly failed: Readonly<Record<FailReason, number>>;
  /** Spans that wait, in memory or on disk, including those being sent. */
  readonly queued: number;
  /** Spans being sent now; part of `queued`. */
  readonly inFlight: number;
  /** Bytes held in memory for `queued`, encoded or estimated. */
  readonly queuedBytes: number;
  /** The most `queuedBytes` has been. */
  readonly peakQueuedBytes: number;
  /** Requests (or calls of an exporter) made, retries included. */
  readonly requests: number;
  /** Requests that repeated an earlier one. */
  readonly retried: number;
  /** Body bytes of the requests the target acknowledged, as on the wire. 0 for an exporter that does not tell. */
  readonly sentBytes: number;
  /**
   * The most spans the collector can have received twice: those of requests that were repeated although the
   * collector may have taken them (the answer was lost), and one batch for each dead process recovered from.
   */
  readonly maxDuplicates: number;
  /** State of the spool. */
  readonly spool: SpoolStats;
  /** The last trouble, if there was any. */
  readonly lastError?: PipelineError;
}
