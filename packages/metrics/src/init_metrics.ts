import { metrics } from "@opentelemetry/api";
import type { PrometheusHandler } from "./_handler.ts";
import { invalidOption } from "./_invalid_option.ts";
import { forgetSaid } from "./_say_once.ts";
import type { SdkSide } from "./_sdk.ts";
import { state } from "./_state.ts";
import { MetricStore } from "./_store.ts";
import type { MetricsOptions } from "./metrics_options.ts";
import { MetricsSetupError } from "./metrics_setup_error.ts";

/**
 * What `initMetrics()` gives back: the way to the page, and the end of it all.
 *
 * @example Stop cleanly
 * ```ts
 * import { initMetrics, type Metrics } from "@dcmx-tracing/metrics";
 *
 * const metrics: Metrics = await initMetrics({ prometheus: { port: 0 } });
 * console.assert(metrics.url?.startsWith("http://127.0.0.1:"));
 * await metrics.shutdown();
 * ```
 */
export interface Metrics {
  /** Address of the page; undefined when no port of its own is open. */
  readonly url: string | undefined;
  /** Handler that serves the page in a server of yours. */
  handler(): PrometheusHandler;
  /**
   * Writes the page as one string, for tests and for tools.
   *
   * @param format `text` is the classic format.
   * @default format "text"
   */
  collect(format?: "text" | "openmetrics"): Promise<string>;
  /** Pushes what is there, when a push is set up; bounded by `timeoutMs` (default 5000). Never rejects. */
  flush(timeoutMs?: number): Promise<void>;
  /** Pushes, closes the port and makes room for another set-up; bounded, idempotent. Never rejects. */
  shutdown(timeoutMs?: number): Promise<void>;
  /** The same as `shutdown()`. */
  [Symbol.asyncDispose](): Promise<void>;
}

/**
 * Sets up metrics for the process: a Prometheus page on a port of its own or in your server, a push by OTLP, or
 * both. Everything that the record functions and the OpenTelemetry API record goes there.
 *
 * Not needed when your application registers a MeterProvider itself: the record functions use it as it is.
 *
 * @param options What is served and pushed, see {@link MetricsOptions}.
 * @returns The handle.
 * @throws {MetricsSetupError} When an option is wrong, the port cannot be opened, or metrics are set up already;
 * nothing is left half-started.
 *
 * @example Serve a page for Prometheus
 * ```ts
 * import { initMetrics, recordCounter } from "@dcmx-tracing/metrics";
 *
 * const metrics = await initMetrics({ serviceName: "dcmx", prometheus: { port: 0 } });
 * recordCounter("nft.mints.total", 1);
 * const page = await (await fetch(String(metrics.url))).text();
 * console.assert(page.includes("nft_mints_total"));
 * await metrics.shutdown();
 * ```
 */
export async function initMetrics(options: MetricsOptions = {}): Promise<Metrics> {
  if (state.store !== undefined) {
    throw new MetricsSetupError(
      "already_active",
      "Cannot set up metrics as they are set up already: await shutdown() of the first set-up, or use its handle",
    );
  }
  const store = createStore(options);
  // Taken before the first await, so that of two concurrent calls one fails.
  state.store = store;
  let sdk: SdkSide | undefined;
  try {
    const { createSdkSide } = await import("./_sdk.ts");
    sdk = await createSdkSide(options, store);
    if (options.registerGlobal !== false) register(sdk);
  } catch (error) {
    state.store = undefined;
    await sdk?.stop().catch(() => undefined);
    throw error;
  }
  forgetSaid();
  state.handler = sdk.exporter.handler();
  return createHandle(store, sdk);
}

function register({ provider }: SdkSide): void {
  if (metrics.setGlobalMeterProvider(provider)) return;
  throw new MetricsSetupError(
    "provider_registered",
    "Cannot register the MeterProvider as another one is registered: leave initMetrics() out and add a PrometheusPullExporter to the readers of the other one, or set 'registerGlobal' to false",
  );
}

function createStore(options: MetricsOptions): MetricStore {
  const { cardinalityLimit = 2_000, cardinalityLimits = {}, attributeFilter } = options;
  const limits = new Map(Object.entries(cardinalityLimits));
  for (const [name, limit] of [["", cardinalityLimit] as const, ...limits]) {
    if (Number.isInteger(limit) && limit > 0) continue;
    const option = name === "" ? "cardinalityLimit" : `cardinalityLimits['${name}']`;
    invalidOption("set up metrics", option, "a whole number above 0", limit);
  }
  return new MetricStore({
    cardinalityLimit,
    cardinalityLimits: limits,
    attributeFilter,
    counts: state.counts,
  });
}

function createHandle(store: MetricStore, sdk: SdkSide): Metrics {
  const { exporter } = sdk;
  let stopped: Promise<void> | undefined;
  async function stop(timeoutMs: number): Promise<void> {
    if (state.store === store) {
      state.store = undefined;
      state.handler = undefined;
      // Another provider may be registered, when this one was not to be.
      if (metrics.getMeterProvider() === sdk.provider) metrics.disable();
    }
    await bounded(sdk.stop(), timeoutMs);
  }
  const shutdown = (timeoutMs = 5_000): Promise<void> => {
    stopped ??= stop(timeoutMs);
    return stopped;
  };
  return {
    url: exporter.listening ? exporter.url : undefined,
    handler: () => exporter.handler(),
    async collect(format = "text") {
      const decoder = new TextDecoder();
      let page = "";
      for await (const chunk of await exporter.page(format === "openmetrics")) {
        page += decoder.decode(chunk, { stream: true });
      }
      return page;
    },
    flush: (timeoutMs = 5_000) => bounded(sdk.flush(), timeoutMs),
    shutdown,
    [Symbol.asyncDispose]: () => shutdown(),
  };
}

/** Waits for a promise at most so long; what is late or fails is said by the SDK and not thrown into the host. */
async function bounded(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  await Promise.race([work.catch(() => undefined), late]);
  clearTimeout(timer);
}
