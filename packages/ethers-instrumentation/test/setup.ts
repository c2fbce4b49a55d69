import { createTestTracing, renderTrace, type TestTracing } from "@dcmx-tracing/testing";
import * as ethers from "ethers";
import { afterEach, beforeEach } from "vitest";
import { registry } from "../src/_registry.ts";
import { forgetReports } from "../src/_report.ts";
import { type EthersInstrumentationOptions, instrumentEthers, uninstrument } from "../src/mod.ts";
import { createTestMetrics, type TestMetrics } from "./metrics.ts";

/** Telemetry of one test. */
export interface Telemetry {
  readonly tracing: TestTracing;
  readonly metrics: TestMetrics;
  /** Runs `fn` inside a span, and ends the span when `fn` is done, also by an error. */
  inSpan<T>(name: string, fn: () => Promise<T>): Promise<T>;
  /** Instruments all of ethers until the end of the test. */
  instrument(options?: EthersInstrumentationOptions): void;
  /** Destroys a provider at the end of the test. */
  own<P extends { destroy(): unknown }>(provider: P): P;
  /** Runs at the end of the test. */
  later(fn: () => unknown): void;
  /** The trace as text, with only these attributes. */
  draw(...attributes: readonly string[]): string;
}

/** Sets telemetry up before each test of a file and takes it down after it. */
export function useTelemetry(): Telemetry {
  let tracing: TestTracing;
  let metrics: TestMetrics;
  const cleanups: (() => unknown)[] = [];
  beforeEach(() => {
    tracing = createTestTracing();
    metrics = createTestMetrics();
    forgetReports();
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
    uninstrument(ethers);
    registry().transactions.clear();
    await tracing.shutdown();
    await metrics.shutdown();
  });
  return {
    get tracing() {
      return tracing;
    },
    get metrics() {
      return metrics;
    },
    inSpan: (name, fn) =>
      tracing.tracer().startActiveSpan(name, async (span) => {
        try {
          return await fn();
        } finally {
          span.end();
        }
      }),
    instrument: (options) => {
      instrumentEthers(ethers, options);
    },
    own(provider) {
      cleanups.push(() => provider.destroy());
      return provider;
    },
    later: (fn) => {
      cleanups.push(fn);
    },
    draw: (...attributes) =>
      renderTrace(tracing.spans(), { attributes, mask: ["tx.hash", "tx.fee", "tx.gas_price"] }),
  };
}

/** A provider that neither asks for the network nor keeps answers, and polls fast. */
export function connect(url: string, options: ethers.JsonRpcApiProviderOptions = {}): ethers.JsonRpcProvider {
  const network = ethers.Network.from(31337);
  const provider = new ethers.JsonRpcProvider(url, network, {
    staticNetwork: network,
    cacheTimeout: -1,
    ...options,
  });
  provider.pollingInterval = 20;
  return provider;
}
