import { AsyncResource } from "node:async_hooks";
import { messageOf } from "./_call_exporter.ts";
import type { Counters } from "./_counters.ts";
import type { DeliveryOptions } from "./_delivery_options.ts";
import { FlushWaiters } from "./_flush_waiters.ts";
import { InFlight } from "./_in_flight.ts";
import { type Item, MemoryQueue } from "./_memory_queue.ts";
import { OutcomeLog } from "./_outcome_log.ts";
import type { Outcome } from "./_read_answer.ts";
import type { Batch } from "./_span_batcher.ts";
import { TargetHealth } from "./_target_health.ts";
import { tellRequest } from "./_tell_request.ts";
import { timerMs } from "./_timer_ms.ts";
import type { TroubleReporter } from "./_trouble_reporter.ts";

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
  readonly #log: OutcomeLog;
  readonly #queue: MemoryQueue<B>;
  readonly #health: TargetHealth;
  readonly #flushes: FlushWaiters = new FlushWaiters();
  readonly #inFlight: InFlight<B>;
  // Timers are made in this scope, else each would keep the context of the request that ended a span.
  readonly #scope: AsyncResource = new AsyncResource("dcmx-tracing.delivery");
  #spooled: Item<B> | undefined;
  #sequence = 0;
  #attempts = 0;
  /** The latest attempt that was answered. */
  #answered = 0;
  #holds = 0;
  #scheduled = false;
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: DeliveryOptions<B>, counters: Counters, trouble: TroubleReporter) {
    this.#options = options;
    this.#counters = counters;
    this.#trouble = trouble;
    this.#log = new OutcomeLog(counters, trouble, options.overflow ? "on disk" : "in memory");
    this.#inFlight = new InFlight(counters);
    this.#queue = new MemoryQueue(options, counters, trouble, options.overflow);
    this.#health = new TargetHealth(options.retry);
  }

  /** @param batch A batch whose spans are counted as queued already. */
  add(batch: B): void {
    const madeAt = performance.now();
    this.#queue.add({ batch, sequence: ++this.#sequence, madeAt, spooled: false, attempts: 0 });
    this.#schedule();
  }

  /** Looks at the overflow again: something turned up there by itself. */
  wake(): void {
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
    const done = this.#flushes.add(this.#sequence, this.#attempts);
    this.#settleFlushes();
    this.#schedule();
    return done;
  }

  /** Writes what is in memory to the overflow, now, also what is in flight. @returns Spans that were written. */
  save(): number {
    const sent = this.#inFlight.forget(this.#inFlight.fromMemory.filter((item) => this.#queue.spill(item)));
    let saved = spansOf(sent);
    for (let spans = this.#queue.spillOldest(); spans > 0; spans = this.#queue.spillOldest()) saved += spans;
    return saved;
  }

  /** Stops. What is left goes to the overflow, else it is dropped. @returns Spans dropped. */
  close(): number {
    return this.#lose(this.#stop().filter((item) => !this.#queue.spill(item)));
  }

  /**
   * Stops, and hands what is left in memory to somebody who can deliver it synchronously.
   *
   * @param deliver Called once, unless nothing is left; answers for each batch whether it was delivered.
   * @returns Spans dropped.
   */
  drain(deliver: (batches: readonly B[]) => readonly boolean[]): number {
    const left = this.#stop();
    let delivered: readonly boolean[] = [];
    try {
      if (left.length > 0) delivered = deliver(left.map(({ batch }) => batch));
    } catch (error) {
      this.#trouble.report("loss", `cannot deliver at the end of the process: ${messageOf(error)}`);
    }
    for (const [at, item] of left.entries()) {
      if (!delivered[at]) continue;
      this.#queue.release(item);
      this.#log.accepted(item.batch.spans, { kind: "accepted", rejected: 0, bytes: item.batch.bytes });
    }
    return this.#lose(left.filter((_, at) => !delivered[at]));
  }

  /** @returns What is left in memory: what was in flight, then what was waiting, which is younger. */
  #stop(): Item<B>[] {
    if (this.#closed) return [];
    this.#closed = true;
    clearTimeout(this.#timer);
    const left = [...this.#inFlight.forget(), ...this.#queue.clear()];
    this.#options.abort();
    this.#flushes.settle(() => true);
    return left.filter(({ spooled }) => !spooled);
  }

  #lose(items: readonly Item<B>[]): number {
    for (const item of items) this.#queue.release(item);
    const spans = spansOf(items);
    this.#counters.dropped.shutdown += spans;
    return spans;
  }

  #schedule(): void {
    if (this.#scheduled || this.#closed) return;
    this.#scheduled = true;
    // Not unref'd: an unref'd immediate waits for the next event, and this one is over in a turn anyway.
    this.#scope.runInAsyncScope(setImmediate, undefined, () => this.#pump());
  }

  /** Starts at most one send, so that a turn of the event loop never carries more than one. */
  #pump(): void {
    this.#scheduled = false;
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
    if (!item) {
      // Looking for one may have emptied the spool: what could not be read back waits no longer.
      this.#settleFlushes();
      return;
    }
    this.#send(item).catch((error: unknown) => this.#trouble.report("exporter", messageOf(error)));
    this.#schedule();
  }

  #wakeIn(wait: number): void {
    clearTimeout(this.#timer);
    const ms = timerMs(Math.ceil(wait));
    this.#timer = this.#scope.runInAsyncScope(setTimeout, undefined, () => this.#schedule(), ms);
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
    const attempt = ++this.#attempts;
    this.#inFlight.add(item);
    const sentAt = performance.now();
    this.#health.attempted(sentAt);
    counters.requests++;
    if (item.attempts++ > 0) counters.retried++;
    const outcome = await this.#try(item.batch);
    // Closed or saved meanwhile: then it was accounted for.
    if (!this.#inFlight.remove(item)) return;
    this.#answered = Math.max(this.#answered, attempt);
    tellRequest(this.#options.onRequest, sentAt, outcome);
    if (outcome.kind === "retry") this.#again(item, outcome);
    else this.#settle(item, outcome);
    this.#settleFlushes();
    this.#schedule();
  }

  async #try(batch: B): Promise<Outcome> {
    try {
      return await this.#options.send(batch);
    } catch (error) {
      return { kind: "failed", reason: "exporter", message: messageOf(error) };
    }
  }

  /** The target has answered for a batch, one way or the other. */
  #settle(item: Item<B>, outcome: Exclude<Outcome, { kind: "retry" }>): void {
    this.#health.answered();
    this.#queue.release(item);
    if (item.spooled) this.#spooled = undefined;
    if (outcome.kind === "accepted") this.#log.accepted(item.batch.spans, outcome);
    else this.#log.failed(item.batch.spans, outcome);
  }

  #again(item: Item<B>, outcome: Outcome & { kind: "retry" }): void {
    const { concurrency, retry } = this.#options;
    if (outcome.maybeDelivered) this.#counters.maxDuplicates += item.batch.spans;
    if (!item.spooled) this.#queue.add(item);
    if (outcome.stale && this.#health.isStale(concurrency)) return;
    const now = performance.now();
    this.#health.failed(now, outcome.retryAfterMs);
    this.#log.again(outcome);
    this.#queue.expire(now - retry.maxAgeMs);
  }

  #settleFlushes(): void {
    const sent = this.#inFlight.fromMemory.map(({ sequence }) => sequence);
    const oldest = Math.min(this.#queue.oldest, ...sent);
    const { overflow } = this.#options;
    const spoolEmpty = !overflow?.spans && !overflow?.recovering;
    this.#flushes.settle(
      ({ sequence, attempts }) =>
        oldest > sequence && (spoolEmpty || (this.#health.failing && this.#answered > attempts)),
    );
  }
}

function spansOf(items: readonly Item<Batch>[]): number {
  return items.reduce((sum, { batch }) => sum + batch.spans, 0);
}
