import { context, propagation, type Tracer, trace } from "@opentelemetry/api";
import { CollectingProcessor } from "./_collecting_processor.ts";
import {
  AlwaysOnSampler,
  AsyncLocalStorageContextManager,
  BasicTracerProvider,
  CompositePropagator,
  type ReadableSpan,
  type Sampler,
  type SpanProcessor,
  W3CBaggagePropagator,
  W3CTraceContextPropagator,
} from "./_sdk.ts";

/** Options of {@linkcode createTestTracing}. */
export interface TestTracingOptions {
  /**
   * Registers a context manager on AsyncLocalStorage. Without one, spans are not parents of each other.
   *
   * @default true
   */
  readonly contextManager?: boolean;
  /**
   * Decides which spans are recorded.
   *
   * @default every span
   */
  readonly sampler?: Sampler;
  /**
   * Processors that see the spans before they are collected, in this order.
   *
   * @default []
   */
  readonly spanProcessors?: readonly SpanProcessor[];
}

/** Tracing in memory, as {@linkcode createTestTracing} returns it. */
export interface TestTracing {
  /** The real SDK provider behind it. */
  readonly provider: BasicTracerProvider;
  /** A tracer of the provider; the name defaults to `test`. */
  tracer(name?: string): Tracer;
  /** The finished spans, in the order in which they ended. The array is a copy. */
  spans(): ReadableSpan[];
  /** The spans that were started and have not ended: what a test of a leak asks for. */
  openSpans(): ReadableSpan[];
  /** Forgets all spans. */
  reset(): void;
  /** Shuts the provider down and takes it, the context manager and the propagators out of the global places. */
  shutdown(): Promise<void>;
  /** The same as `shutdown()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Sets up real OpenTelemetry tracing that keeps its spans in memory, and registers it globally with a context
 * manager and the W3C propagators, as an application would. For tests only: the spans are never let go before
 * `reset()` or `shutdown()`.
 *
 * Environment variables have no influence on the sampler and the processors. One test tracing can be registered at
 * a time: call `shutdown()` before the next one.
 *
 * @param options What differs from the defaults.
 * @returns The tracing; `spans()` gives the finished spans.
 * @throws Error if another tracer provider, context manager or propagator is registered globally already.
 *
 * @example Read the spans that a function produced
 * ```ts
 * import { createTestTracing, renderTrace } from "@dcmx-tracing/testing";
 * import { expect } from "vitest";
 *
 * const tracing = createTestTracing();
 * tracing.tracer().startActiveSpan("mint", (span) => span.setAttribute("nft.edition", 1).end());
 *
 * expect(renderTrace(tracing.spans())).toBe("mint nft.edition=1");
 * await tracing.shutdown();
 * ```
 */
export function createTestTracing(options: TestTracingOptions = {}): TestTracing {
  const { contextManager = true, sampler = new AlwaysOnSampler(), spanProcessors = [] } = options;
  const collector = new CollectingProcessor();
  const provider = new BasicTracerProvider({ sampler, spanProcessors: [...spanProcessors, collector] });
  const unregister = registerGlobally(provider, contextManager);
  let closing: Promise<void> | undefined;
  const shutdown = (): Promise<void> => {
    closing ??= provider.shutdown().finally(unregister);
    return closing;
  };
  return {
    provider,
    tracer: (name = "test") => provider.getTracer(name),
    spans: () => collector.finished(),
    openSpans: () => collector.open(),
    reset: () => collector.reset(),
    shutdown,
    [Symbol.asyncDispose]: shutdown,
  };
}

/** Registers everything or nothing; the returned function undoes it. */
function registerGlobally(provider: BasicTracerProvider, contextManager: boolean): () => void {
  const undo: (() => void)[] = [];
  const unregister = (): void => {
    for (const step of undo.splice(0).reverse()) step();
  };
  const register = (what: string, done: boolean, disable: () => void): void => {
    if (!done) {
      unregister();
      throw new Error(
        `Cannot register the test tracing as another ${what} is registered: shut that one down first`,
      );
    }
    undo.push(disable);
  };
  register("tracer provider", trace.setGlobalTracerProvider(provider), () => trace.disable());
  if (contextManager) {
    const manager = new AsyncLocalStorageContextManager().enable();
    register("context manager", context.setGlobalContextManager(manager), () => context.disable());
  }
  const propagators = [new W3CTraceContextPropagator(), new W3CBaggagePropagator()];
  const propagator = new CompositePropagator({ propagators });
  register("propagator", propagation.setGlobalPropagator(propagator), () => propagation.disable());
  return unregister;
}
