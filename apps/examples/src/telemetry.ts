// The one file that names every package: what it composes here is what an application composes at its start.
import { initTracing, type TracingReceipt } from "@dcmx-tracing/core";
import {
  instrumentContract,
  instrumentProvider,
  instrumentSigner,
} from "@dcmx-tracing/ethers-instrumentation";
import { initMetrics } from "@dcmx-tracing/metrics";
import { createRedactor, redactMetricAttributes, redactTelemetry } from "@dcmx-tracing/redaction";
import { renderWaterfall, type WaterfallOptions } from "@dcmx-tracing/viewer";
import { HttpInstrumentation } from "@opentelemetry/instrumentation-http";
import { PgInstrumentation } from "@opentelemetry/instrumentation-pg";
import { UndiciInstrumentation } from "@opentelemetry/instrumentation-undici";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import type { BaseWallet, Contract, JsonRpcApiProvider } from "ethers";

/** Options of {@linkcode startTelemetry}. */
export interface TelemetryOptions {
  readonly serviceName: string;
  /** Where spans are sent to. */
  readonly otlpEndpoint: string;
  /** Secrets of this process, which redaction then finds in every encoding. */
  readonly secrets: readonly string[];
  /** Starts nothing at all, for a comparison without tracing. @default false */
  readonly disabled?: boolean;
}

/** Tracing and metrics of this process. */
export interface Telemetry {
  /** The Prometheus page; undefined when telemetry is disabled. */
  readonly metricsUrl: string | undefined;
  /** Delivers what there is. */
  flush(): Promise<void>;
  /** Stops metrics and tracing, and tells what became of every span. */
  shutdown(): Promise<TracingReceipt>;
}

/**
 * Starts tracing and metrics. It goes before everything else, as the instrumentations of http and pg take effect on
 * what is loaded after them. The Prometheus page is on a free port of the loopback interface.
 */
export async function startTelemetry(options: TelemetryOptions): Promise<Telemetry> {
  const { serviceName, otlpEndpoint, secrets, disabled = false } = options;
  const redactor = createRedactor({ secrets });
  const instrumentations = disabled
    ? []
    : [
        // What the services say to the chain has spans of its own; they talk to each other by fetch.
        new HttpInstrumentation({ disableOutgoingRequestInstrumentation: true }),
        new UndiciInstrumentation({ requireParentforSpans: true }),
        new PgInstrumentation({ requireParentSpan: true }),
      ];
  const tracing = initTracing(
    redactTelemetry(
      { serviceName, otlpEndpoint, disabled, environment: "demo", logLevel: "warn", instrumentations },
      redactor,
    ),
  );
  const attributeFilter = redactMetricAttributes(redactor);
  const metrics = disabled
    ? undefined
    : await initMetrics({ serviceName, prometheus: { port: 0 }, attributeFilter });
  return {
    metricsUrl: metrics?.url,
    flush: async () => {
      await tracing.flush();
    },
    shutdown: async () => {
      await metrics?.shutdown();
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
