// The one file that names every package: what it composes here is what an application composes at its start.
import { initTracing, type Tracing, type TracingReceipt } from "@dcmx-tracing/core";
import {
  instrumentContract,
  instrumentProvider,
  instrumentSigner,
} from "@dcmx-tracing/ethers-instrumentation";
import { initMetrics, type Metrics } from "@dcmx-tracing/metrics";
import { createRedactor, redactExporter } from "@dcmx-tracing/redaction";
import { renderWaterfall, type WaterfallOptions } from "@dcmx-tracing/viewer";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { BaseWallet, Contract, JsonRpcApiProvider } from "ethers";

/** Options of {@linkcode startTelemetry}. */
export interface TelemetryOptions {
  readonly serviceName: string;
  /** Where spans are sent to. */
  readonly otlpEndpoint: string;
  /** Secrets of this process, which redaction then finds in every encoding. */
  readonly secrets?: readonly string[];
}

/** Tracing and metrics of this process. */
export interface Telemetry {
  readonly tracing: Tracing;
  readonly metrics: Metrics;
  /** Stops metrics and tracing, and tells what became of every span. */
  shutdown(): Promise<TracingReceipt>;
}

/** Starts tracing and metrics; the Prometheus page is on a free port of the loopback interface. */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { serviceName, otlpEndpoint, secrets = [] } = options;
  const redactor = createRedactor({ secrets });
  const tracing = initTracing({
    serviceName,
    otlpEndpoint,
    environment: "demo",
    logLevel: "warn",
    wrapExporter: redactExporter(redactor),
  });
  const metrics = await initMetrics({ serviceName, prometheus: { port: 0 } });
  return {
    tracing,
    metrics,
    shutdown: async () => {
      await metrics.shutdown();
      return tracing.shutdown();
    },
  };
}

/** Traces what a provider, its signer and contracts do; the reason of a revert is looked up in the node's trace. */
export function instrumentChain(
  provider: JsonRpcApiProvider,
  signer: BaseWallet,
  contracts: readonly Contract[],
): void {
  instrumentProvider(provider, { networkNames: { 31337: "anvil" }, revertReason: "trace" });
  instrumentSigner(signer);
  for (const contract of contracts) instrumentContract(contract);
}

/** Draws spans for the terminal. */
export function drawTraces(spans: readonly ReadableSpan[], options?: WaterfallOptions): string {
  return renderWaterfall(spans, options);
}
