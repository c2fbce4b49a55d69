import { diag } from "@opentelemetry/api";
import { type CollectionResult, MetricReader } from "@opentelemetry/sdk-metrics";
import { attachedStore } from "./_attached_store.ts";
import { CollectedMembers } from "./_collected_members.ts";
import { createHandler, type PrometheusHandler } from "./_handler.ts";
import { PageWriter } from "./_page.ts";
import { openPagePort, type PagePort } from "./_page_port.ts";
import { type CheckedPrometheusOptions, checkPrometheusOptions } from "./_prometheus_checks.ts";
import { sayOnce } from "./_say_once.ts";
import type { PageSource } from "./_serve_page.ts";
import { state } from "./_state.ts";
import type { PrometheusOptions } from "./prometheus_options.ts";

/**
 * A metric reader for any OpenTelemetry MeterProvider that Prometheus scrapes. Not needed with `initMetrics()`,
 * which makes one; use it to replace `@opentelemetry/exporter-prometheus` in a set-up of your own.
 *
 * It binds nothing until {@link PrometheusPullExporter.start}.
 *
 * @example Serve the metrics of your own MeterProvider
 * ```ts
 * import { MeterProvider } from "@opentelemetry/sdk-metrics";
 * import { PrometheusPullExporter } from "@dcmx-tracing/metrics/prometheus";
 *
 * const exporter = new PrometheusPullExporter({ port: 0 });
 * const provider = new MeterProvider({ readers: [exporter] });
 * provider.getMeter("shop").createCounter("shop.orders").add(1);
 * await exporter.start();
 * const page = await (await fetch(exporter.url)).text();
 * console.assert(page.includes("shop_orders_total"));
 * await provider.shutdown();
 * ```
 */
export class PrometheusPullExporter extends MetricReader {
  readonly #options: CheckedPrometheusOptions;
  readonly #writer = new PageWriter();
  readonly #members = new CollectedMembers();
  #port: PagePort | undefined = undefined;
  #collecting: Promise<CollectionResult> | undefined = undefined;

  /**
   * @param options Where and how the page is served.
   * @throws {MetricsSetupError} `option_invalid`.
   */
  constructor(options: PrometheusOptions = {}) {
    super();
    this.#options = checkPrometheusOptions(options);
  }

  /**
   * Address of the page on the port of its own.
   *
   * @throws {Error} When no port is open.
   */
  get url(): string {
    if (this.#port === undefined)
      throw new Error("Cannot tell the URL as no port is open: call start() first");
    return this.#port.url;
  }

  /** Whether a port of its own is open. */
  get listening(): boolean {
    return this.#port !== undefined;
  }

  /**
   * Opens the port, unless `listen` is false; calling it twice opens one port.
   *
   * @returns The exporter itself.
   * @throws {MetricsSetupError} `port_in_use` or `listen_failed`.
   */
  async start(): Promise<this> {
    if (this.#options.listen && this.#port === undefined) {
      this.#port = await openPagePort(this.#options, this.handler());
    }
    return this;
  }

  /** Handler that serves the page in a server of yours; see {@link PrometheusHandler}. */
  handler(): PrometheusHandler {
    const source: PageSource = {
      authToken: this.#options.authToken,
      page: (openMetrics) => this.page(openMetrics),
    };
    return createHandler(() => source);
  }

  /**
   * Collects and writes one page.
   *
   * @param openMetrics Whether the page is OpenMetrics 1.0 instead of the classic text format.
   * @returns The chunks of the page.
   * @throws {Error} When the metrics cannot be collected.
   */
  async page(openMetrics: boolean): Promise<AsyncGenerator<Uint8Array<ArrayBuffer>>> {
    // Scrapers that come at the same time share one collection.
    this.#collecting ??= this.collect().finally(() => {
      this.#collecting = undefined;
    });
    const { resourceMetrics, errors } = await this.#collecting;
    for (const error of errors)
      sayOnce(`collect ${String(error)}`, `Could not collect all metrics: ${String(error)}`);
    const { scopeLabels, targetInfo, strict } = this.#options;
    return this.#writer.write({
      store: attachedStore(this),
      collected: this.#members.of(resourceMetrics),
      resource: resourceMetrics.resource.attributes,
      targetInfo,
      strict,
      format: { openMetrics, scopeLabels },
      counts: state.counts,
    });
  }

  protected override async onShutdown(): Promise<void> {
    await this.#port?.close();
    this.#port = undefined;
  }

  protected override onForceFlush(): Promise<void> {
    diag.debug("PrometheusPullExporter.forceFlush() does nothing: Prometheus fetches the metrics");
    return Promise.resolve();
  }
}
