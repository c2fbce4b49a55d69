import { AsyncResource } from "node:async_hooks";
import type { RetryPolicy } from "./_backoff.ts";
import { messageOf } from "./_call_exporter.ts";
import type { Counters } from "./_counters.ts";
import { FlushWaiters } from "./_flush_waiters.ts";
import { type Item, MemoryQueue, type Overflow } from "./_memory_queue.ts";
import type { Outcome } from "./_read_answer.ts";
import type { Batch } from "./_span_batcher.ts";
import { TargetHealth } from "./_target_health.ts";
import type { TroubleReporter } from "./_trouble_reporter.ts";

/** What {@link Delivery} works with. */
export interface DeliveryOptions<B extends Batch> {
  readonly send: (batch: B) => Promise<Outcome>;
  /** Breaks off what is in flight. */
  readonly abort: () => void;
  readonly concurrency: number;
  readonly maxQueueBytes: number;
  readonly maxQueueSpans: number;
  readonly retry: RetryPolicy;
  readonly overflow?: Overflow<B> | undefined;
}

/**
 * Sends batches: in order, several at a time, again when that makes sense, and counts what becomes of every span.
 *
 * While the target fails, one batch at a time is tried, after a wait that grows. A failure says something about the
 * target, not about the batch, so it holds all of them back.
 */
export class Delivery<B extends Batch> {
  readonly #options: DeliveryOptions<B>;
  readonly #counters: Counters;
  readonly #trouble: TroubleReporter;
  readonly #queue: MemoryQueue<B>;
  readonly #health: TargetHealth;
  readonly #flushes: FlushWaiters = new FlushWaiters();
  readonly #inFlight: Set<Item<B>> = new Set();
  // Timers are made in this scope, else each would keep the context of the request that ended a span.
  readonly #scope: AsyncResource = new AsyncResource("dcmx-tracing.delivery");
  #spooled: Item<B> | undefined;
  #sequence = 0;
  #answers = 0;
  #holds = 0;
  #scheduled = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: DeliveryOptions<B>, counters: Counters, trouble: TroubleReporter) {
    this.#options = options;
    this.#counters = counters;
    this.#trouble = trouble;
    this.#queue = new MemoryQueue(options, counters, trouble, options.overflow);
    this.#health = new TargetHealth(options.retry);
    if (options.overflow?.spans) this.#schedule();
  }

  /** @param batch A batch whose spans are counted as queued already. */
  add(batch: B): void {
    const madeAt = performance.now();
    this.#queue.add({ batch, sequence: ++this.#sequence, madeAt, spooled: false, attempts: 0 });
    this.#schedule();
  }

  /** Sends nothing until `ready` is settled. */
  hold(ready: Promise<unknown>): void {
    this.#holds++;
    const release = (): void => {
      this.#holds--;
      this.#schedule();
    };
    ready.then(release, release);
  }

  /**
   * Resolves when every batch added so far is settled and the overflow is empty, or, while the target fails, when
   * all of them are in the overflow and one more attempt was made.
   */
  flush(): Promise<void> {
    this.#health.hurry();
    const done = this.#flushes.add(this.#sequence, this.#answers);
    this.#settleFlushes();
    this.#schedule();
    return done;
  }

  /** Writes what waits in memory to the overflow, now. @returns Spans that were written. */
  save(): number {
    let saved = 0;
    for (let spans = this.#queue.spillOldest(); spans > 0; spans = this.#queue.spillOldest()) saved += spans;
    return saved;
  }

  /** Stops. What is left goes to the overflow, else it is dropped. @returns Spans dropped. */
  close(): number {
    if (this.#closed) return 0;
    this.#closed = true;
    clearTimeout(this.#timer);
    const counters = this.#counters;
    let dropped = 0;
    // What is in flight is older than what waits.
    for (const item of [...this.#inFlight, ...this.#queue.clear()]) {
      const { spans } = item.batch;
      if (item.spooled || this.#queue.spill(item)) {
        if (this.#inFlight.has(item)) counters.maxDuplicates += spans;
        continue;
      }
      this.#queue.release(item);
      counters.dropped.shutdown += spans;
      dropped += spans;
    }
    this.#inFlight.clear();
    counters.inFlight = 0;
    this.#options.abort();
    this.#flushes.settle(() => true);
    return dropped;
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    const turn = (): void => {
      this.#scheduled = false;
      this.#pump();
    };
    // Not unref'd: an unref'd immediate waits for the next event, and this one is over in a turn anyway.
    this.#scope.runInAsyncScope(setImmediate, undefined, turn);
  }

  /** Starts at most one send, so that a turn of the event loop never carries more than one. */
  #pump(): void {
    if (this.#closed || this.#holds > 0) return;
    const { failing } = this.#health;
    if (failing && this.#queue.spillOldest() > 0) {
      this.#settleFlushes();
      this.#schedule();
    }
    if (this.#inFlight.size >= (failing ? 1 : this.#options.concurrency)) return;
    const wait = this.#health.waitMs(performance.now());
    if (wait > 0) {
      this.#wakeIn(wait);
      return;
    }
    const item = this.#next();
    if (!item) return;
    this.#send(item).catch((error: unknown) => {
      this.#inFlight.delete(item);
      this.#refused(item, { kind: "failed", reason: "exporter", message: messageOf(error) });
    });
    this.#schedule();
  }

  #wakeIn(wait: number): void {
    clearTimeout(this.#timer);
    const wake = (): void => this.#schedule();
    this.#timer = this.#scope.runInAsyncScope(setTimeout, undefined, wake, Math.ceil(wait));
    this.#timer.unref();
  }

  /** The spool is sent in order, so one at a time; fresh batches do not wait for it. */
  #next(): Item<B> | undefined {
    if (this.#spooled && !this.#inFlight.has(this.#spooled)) return this.#spooled;
    const batch = this.#spooled ? undefined : this.#options.overflow?.peek();
    if (!batch) return this.#queue.shift();
    this.#spooled = { batch, sequence: 0, madeAt: 0, spooled: true, attempts: 0 };
    return this.#spooled;
  }

  async #send(item: Item<B>): Promise<void> {
    const counters = this.#counters;
    const { spans } = item.batch;
    this.#inFlight.add(item);
    this.#health.attempted(performance.now());
    counters.inFlight += spans;
    counters.requests++;
    if (item.attempts++ > 0) counters.retried++;
    const outcome = await this.#options.send(item.batch);
    if (this.#closed) return;
    this.#inFlight.delete(item);
    counters.inFlight -= spans;
    this.#answers++;
    if (outcome.kind === "retry") this.#again(item, outcome);
    else if (outcome.kind === "failed") this.#refused(item, outcome);
    else this.#accepted(item, outcome);
    this.#settleFlushes();
    this.#schedule();
  }

  #accepted(item: Item<B>, { rejected, bytes, message }: Outcome & { kind: "accepted" }): void {
    const counters = this.#counters;
    const { spans } = item.batch;
    this.#settle(item);
    counters.exported += spans - rejected;
    counters.failed.partial += rejected;
    counters.sentBytes += bytes;
    if (rejected === 0) this.#trouble.delivered();
    if (rejected === 0 && !message) return;
    const text = `the collector refused ${rejected} of ${spans} spans: ${message || "no reason given"}`;
    counters.lastError = { message: text, at: Date.now() };
    this.#trouble.report("rejected", text);
  }

  #refused(item: Item<B>, { message, reason, status }: Outcome & { kind: "failed" }): void {
    this.#settle(item);
    this.#counters.failed[reason] += item.batch.spans;
    this.#counters.lastError = { message, at: Date.now(), ...(status !== undefined && { status }) };
    const lost = `${item.batch.spans} spans are lost and counted, as a retry would not help`;
    this.#trouble.report(
      reason === "exporter" ? "exporter" : "rejected",
      `cannot deliver: ${message}; ${lost}`,
    );
  }

  #again(item: Item<B>, outcome: Outcome & { kind: "retry" }): void {
    const { message, status, retryAfterMs, maybeDelivered, stale } = outcome;
    const counters = this.#counters;
    if (maybeDelivered) counters.maxDuplicates += item.batch.spans;
    if (!item.spooled) this.#queue.add(item);
    if (stale && this.#health.isStale(this.#options.concurrency)) return;
    const now = performance.now();
    this.#health.failed(now, retryAfterMs);
    counters.lastError = { message, at: Date.now(), ...(status !== undefined && { status }) };
    const place = this.#options.overflow ? "on disk" : "in memory";
    this.#trouble.report(
      "unreachable",
      `cannot deliver: ${message}; spans wait ${place} and are tried again`,
    );
    this.#queue.expire(now - this.#options.retry.maxAgeMs);
  }

  /** The target has answered for a batch, one way or the other. */
  #settle(item: Item<B>): void {
    this.#health.answered();
    this.#queue.release(item);
    if (item.spooled) this.#spooled = undefined;
  }

  #settleFlushes(): void {
    const sent = [...this.#inFlight].filter(({ spooled }) => !spooled).map(({ sequence }) => sequence);
    const oldest = Math.min(this.#queue.oldest, ...sent);
    const spoolEmpty = (this.#options.overflow?.spans ?? 0) === 0;
    this.#flushes.settle(
      ({ sequence, answers }) =>
        oldest > sequence && (spoolEmpty || (this.#health.failing && this.#answers > answers)),
    );
  }
}
