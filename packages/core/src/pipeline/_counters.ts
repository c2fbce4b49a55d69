import type { DropReason, FailReason, PipelineError, PipelineStats, SpoolStats } from "./pipeline_stats.ts";

/** The counters of one pipeline while they change; {@link PipelineStats} is their copy for the outside. */
export class Counters {
  started = 0;
  ended = 0;
  exported = 0;
  requests = 0;
  retried = 0;
  sentBytes = 0;
  maxDuplicates = 0;
  /** Spans a wrapper was given, apart from those it reported as failed. */
  wrapped = 0;
  /** Spans a wrapper was given and has not answered for yet. */
  inWrapper = 0;
  /** Spans that came out of a wrapper. */
  unwrapped = 0;
  /** Spans that were given up while a wrapper had them; it may still let them out. */
  forsaken = 0;
  inFlight = 0;
  queued = 0;
  queuedBytes = 0;
  peakQueuedBytes = 0;
  lastError: PipelineError | undefined;
  readonly dropped: Record<Exclude<DropReason, "withheld">, number> = {
    "encode-error": 0,
    "queue-full": 0,
    shutdown: 0,
  };
  readonly failed: Record<FailReason, number> = {
    "bad-response": 0,
    exporter: 0,
    expired: 0,
    partial: 0,
    rejected: 0,
    "spool-corrupt": 0,
  };

  /** Counts spans into the memory queue, or out of it with negative numbers. */
  queue(spans: number, bytes: number): void {
    this.queued += spans;
    this.queuedBytes += bytes;
    if (this.queuedBytes > this.peakQueuedBytes) this.peakQueuedBytes = this.queuedBytes;
  }

  /** Waits no longer for what a wrapper has not answered for. @returns Spans, for the caller to count. */
  forsake(): number {
    const spans = this.#inWrapper();
    this.wrapped -= spans;
    this.forsaken += spans;
    this.inWrapper = 0;
    return spans;
  }

  #inWrapper(): number {
    return Math.max(0, Math.min(this.inWrapper, this.wrapped - this.unwrapped));
  }

  /** @param spool State of the spool. @returns A frozen-in-time copy. */
  snapshot(spool: SpoolStats = NO_SPOOL): PipelineStats {
    const { started, ended, exported, requests, retried, sentBytes, maxDuplicates, lastError } = this;
    // A wrapper may pass on fewer spans than it got, or later than it said, or more. What it still works on waits.
    const inside = this.wrapped - this.unwrapped;
    const waiting = this.#inWrapper();
    return {
      started,
      ended,
      added: Math.max(0, -inside),
      exported,
      dropped: { ...this.dropped, withheld: Math.max(0, inside - waiting) },
      failed: { ...this.failed },
      queued: this.queued + waiting + spool.spans,
      inFlight: this.inFlight,
      queuedBytes: this.queuedBytes,
      peakQueuedBytes: this.peakQueuedBytes,
      requests,
      retried,
      sentBytes,
      maxDuplicates,
      spool,
      ...(lastError && { lastError }),
    };
  }
}

const NO_SPOOL: SpoolStats = { spooled: 0, recovered: 0, spans: 0, bytes: 0, corruptRecords: 0, errors: 0 };
