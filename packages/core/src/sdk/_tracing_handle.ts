import { endWaitingCalls } from "@dcmx-tracing/span/kernel";
import type { Tracer } from "@opentelemetry/api";
import type { ResolvedConfig } from "../config/resolve_config.ts";
import { bounded } from "../lifecycle/_bounded.ts";
import type { ExitWork } from "../lifecycle/_exit_handlers.ts";
import { finishNow, inMemory } from "../lifecycle/_finish_now.ts";
import type { Tracing, TracingReceipt, TracingStats } from "../tracing.ts";
import { collectStats } from "./_collect_stats.ts";
import type { Engine } from "./_engine.ts";

/** The handle over running parts. */
export class TracingHandle implements Tracing {
  readonly config: ResolvedConfig;
  readonly #engine: Engine;
  readonly #release: () => void;
  #closing: Promise<TracingReceipt> | undefined;

  /**
   * @param config The configuration in force.
   * @param engine The running parts.
   * @param release Takes back what was registered in the process; called once, after the last export.
   */
  constructor(config: ResolvedConfig, engine: Engine, release: () => void) {
    this.config = config;
    this.#engine = engine;
    this.#release = release;
  }

  tracer(name = "@dcmx-tracing/core", version?: string): Tracer {
    return this.#engine.provider.getTracer(name, version);
  }

  stats(): TracingStats {
    return collectStats(this.#engine);
  }

  /** What the exit handlers may do with this tracing. */
  exitWork(): ExitWork {
    return {
      waiting: () =>
        this.#engine.pipelines.reduce((sum, { pipeline }) => sum + inMemory(pipeline.stats()), 0),
      ended: () => this.#engine.counting.ended,
      flush: () => this.flush(),
      decide: () => void this.#engine.tail?.shutdown(),
      finishNow: (send) => finishNow(this.#engine.pipelines, this.config.shutdownTimeoutMs.value, send),
    };
  }

  flush(timeoutMs: number = this.config.shutdownTimeoutMs.value): Promise<TracingReceipt> {
    if (this.#closing !== undefined) return this.#closing;
    const { pipelines, userProcessors } = this.#engine;
    return this.#receipt(timeoutMs, async (left) => {
      const others = Promise.all(userProcessors.map((processor) => processor.forceFlush()));
      const bound = left();
      const flushes = pipelines.map(({ pipeline }) => pipeline.flush(bound));
      return await settleAll(others, flushes, bound);
    });
  }

  shutdown(timeoutMs: number = this.config.shutdownTimeoutMs.value): Promise<TracingReceipt> {
    this.#closing ??= this.#close(timeoutMs);
    return this.#closing;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.shutdown();
  }

  async #close(timeoutMs: number): Promise<TracingReceipt> {
    const { pipelines, userProcessors, tail } = this.#engine;
    // Iterators, streams and bodies that nobody consumed: their spans can only be sent now.
    endWaitingCalls();
    try {
      return await this.#receipt(timeoutMs, async (left) => {
        const others = Promise.all(userProcessors.map((processor) => processor.shutdown()));
        await tail?.shutdown();
        // One number for all: timers of one length fire in their order, so every pipeline has counted and said what
        // it gives up before this wait ends.
        const bound = left();
        const shutdowns = pipelines.map(({ pipeline }) => pipeline.shutdown(bound));
        return await settleAll(others, shutdowns, bound);
      });
    } finally {
      this.#release();
    }
  }

  async #receipt(
    timeoutMs: number,
    work: (left: () => number) => Promise<(boolean | undefined)[]>,
  ): Promise<TracingReceipt> {
    const start = performance.now();
    const left = (): number => Math.max(0, start + timeoutMs - performance.now());
    const results = await work(left);
    return {
      ...this.stats(),
      settled: results.every((result) => result === true),
      durationMs: Math.round(performance.now() - start),
    };
  }
}

// The processors of the application run at the same time: one that hangs must not use up the time of the exporters.
async function settleAll(
  others: Promise<unknown>,
  exports: readonly Promise<boolean>[],
  timeoutMs: number,
): Promise<(boolean | undefined)[]> {
  const waits = exports.map((settled) => bounded(settled, timeoutMs));
  const [, ...results] = await Promise.all([bounded(others, timeoutMs), ...waits]);
  return results;
}
