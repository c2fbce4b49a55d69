import { TraceFlags } from "@opentelemetry/api";
import { ExportResultCode } from "@opentelemetry/core";
import type { ReadableSpan, SpanExporter, SpanProcessor } from "@opentelemetry/sdk-trace-base";
import { messageOf } from "./_call_exporter.ts";
import type { Counters } from "./_counters.ts";
import { timerMs } from "./_timer_ms.ts";
import type { TroubleReporter } from "./_trouble_reporter.ts";
import { WrapperStage } from "./_wrapper_stage.ts";
import type { Pipeline } from "./pipeline.ts";
import type { BatchOptions, PipelineOptions } from "./pipeline_options.ts";
import type { SpoolStats } from "./pipeline_stats.ts";

/** Delivers requests synchronously and tells which of them. */
export type DrainDelivery = Parameters<Pipeline["drain"]>[0];

/** The part of a pipeline that depends on its target. */
export interface Route {
  /** Takes a span, which is counted as ended already. It never throws. */
  add(span: ReadableSpan): void;
  /** Hands on what was gathered for the next batch. */
  seal(): void;
  /** Resolves when what was handed on is settled. */
  flush(): Promise<void>;
  /** Writes what waits to the spool. @returns Spans written. */
  save(): number;
  /** Stops delivery. @returns Spans dropped. */
  close(): number;
  /** Stops delivery and hands what is left to the target or to `deliver`, synchronously. @returns Spans dropped. */
  drain(deliver: DrainDelivery): number;
  /** Lets the target close itself. */
  closeTarget(): Promise<void>;
  /** State of the spool, if there is one. */
  spoolStats(): SpoolStats | undefined;
}

/**
 * Puts the processor, the wrapper and the bounds of time around a route.
 *
 * @param route Where spans go.
 * @param options Those of `createPipeline`.
 * @param limits Bounds of the queue.
 * @param counters Counters that the route shares.
 * @param trouble Reporter that the route shares.
 * @returns The pipeline.
 */
export function assemble(
  route: Route,
  wrapExporter: PipelineOptions["wrapExporter"],
  limits: Required<BatchOptions>,
  counters: Counters,
  trouble: TroubleReporter,
): Pipeline {
  let closing: Promise<boolean> | undefined;
  let closed = false;
  const wrapper = wrapExporter && wrapped(route, () => wrapExporter(sinkOf(route, counters, () => closed)));
  const stage = wrapper && new WrapperStage(wrapper, counters, trouble, limits);
  const warn = (error: unknown): void => trouble.report("exporter", `cannot flush: ${messageOf(error)}`);

  const drain = async (): Promise<void> => {
    // Without a wrapper nothing is awaited before the seal: spans that end after the call are not waited for.
    if (stage) await stage.drained();
    if (wrapper?.forceFlush) await wrapper.forceFlush();
    route.seal();
    await route.flush();
  };
  const flush = (timeoutMs = DEFAULT_BOUND_MS): Promise<boolean> => within(drain(), timeoutMs, warn);
  const close = async (timeoutMs: number): Promise<boolean> => {
    const end = performance.now() + timeoutMs;
    await within(drain(), timeoutMs, warn);
    const abandoned = stage?.abandon() ?? 0;
    route.seal();
    closed = true;
    const dropped = abandoned + route.close();
    if (dropped > 0)
      trouble.report("loss", `${dropped} spans could not be delivered before the shutdown and are lost`);
    const targets = Promise.all([wrapper?.shutdown(), route.closeTarget()]);
    await within(targets, Math.max(MIN_CLOSE_MS, end - performance.now()), warn);
    trouble.close();
    return dropped === 0;
  };
  const shutdown = (timeoutMs = DEFAULT_BOUND_MS): Promise<boolean> => {
    closing ??= close(timeoutMs);
    return closing;
  };

  const processor: SpanProcessor = {
    onStart() {
      if (!closing) counters.started++;
    },
    onEnd(span) {
      if ((span.spanContext().traceFlags & TraceFlags.SAMPLED) === 0) return;
      counters.ended++;
      if (closing) counters.dropped.shutdown++;
      else if (stage) stage.add(span);
      else route.add(span);
    },
    forceFlush: async () => void (await flush()),
    shutdown: async () => void (await shutdown()),
  };
  return {
    processor,
    stats: () => counters.snapshot(route.spoolStats()),
    flush,
    shutdown,
    save() {
      stage?.rush();
      route.seal();
      return route.save();
    },
    drain(deliver) {
      stage?.rush();
      const abandoned = stage?.abandon() ?? 0;
      route.seal();
      closed = true;
      closing ??= Promise.resolve(false);
      const dropped = abandoned + route.drain(deliver);
      if (dropped > 0)
        trouble.report("loss", `${dropped} spans could not be delivered before the exit and are lost`);
      trouble.close();
    },
  };
}

const DEFAULT_BOUND_MS = 5_000;
/** A target gets this long to close itself even if delivery used up the bound. */
const MIN_CLOSE_MS = 100;

/** A wrapper that is none must not pass for no wrapper: what it should have removed would leave the process. */
function wrapped(route: Route, wrap: () => SpanExporter): SpanExporter {
  try {
    const wrapper = wrap();
    const callable = (name: keyof SpanExporter): boolean => typeof Object(wrapper)[name] === "function";
    if (callable("export") && callable("shutdown")) return wrapper;
    const kind = Object(wrapper) === wrapper ? `an object of ${wrapper.constructor?.name}` : String(wrapper);
    throw new TypeError(
      `Cannot wrap the exporter as 'wrapExporter' must return a SpanExporter: current value is ${kind}`,
    );
  } catch (error) {
    route.close(); // a spool is open by now
    throw error;
  }
}

/** What a wrapper sees as the target: it takes spans over, and delivery is the pipeline's business from there on. */
function sinkOf(route: Route, counters: Counters, isClosed: () => boolean): SpanExporter {
  return {
    export(spans, done) {
      for (const span of spans) {
        if (isClosed() && counters.forsaken > 0) {
          counters.forsaken--;
          continue;
        }
        counters.unwrapped++;
        if (isClosed()) counters.dropped.shutdown++;
        else route.add(span);
      }
      done({ code: ExportResultCode.SUCCESS });
    },
    async forceFlush() {
      route.seal();
      await route.flush();
    },
    shutdown: () => Promise.resolve(),
  };
}

/**
 * Waits for `work`, but no longer than the bound. The timer keeps the process alive meanwhile, as somebody waits.
 *
 * @returns Whether the work was done in time and without an error.
 */
async function within(
  work: Promise<unknown>,
  timeoutMs: number,
  warn: (error: unknown) => void,
): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, timerMs(timeoutMs), false);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } catch (error) {
    warn(error);
    return false;
  } finally {
    clearTimeout(timer);
  }
}
