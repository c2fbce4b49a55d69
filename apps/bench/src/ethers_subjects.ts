// Providers in the states that the benchmark compares; each answers from memory or from a loopback server.
import { createRequire } from "node:module";
import { type EthersInstrumentationOptions, instrumentProvider } from "@dcmx-tracing/ethers-instrumentation";
import { context } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { MeterProvider, MetricReader } from "@opentelemetry/sdk-metrics";
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BasicTracerProvider,
  BatchSpanProcessor,
  type SpanExporter,
} from "@opentelemetry/sdk-trace-base";
import * as esm from "ethers";

/** A provider in one of the compared states. */
export interface Subject {
  readonly name: string;
  readonly provider: esm.JsonRpcProvider;
}

class SilentReader extends MetricReader {
  protected override async onForceFlush(): Promise<void> {}
  protected override async onShutdown(): Promise<void> {}
}

const discard: SpanExporter = {
  export: (_spans, done) => done({ code: 0 }),
  shutdown: async () => undefined,
};

/**
 * The states: the classes of ethers as they are (its CommonJS copy, which nothing patches), the patched classes with a
 * provider that is not instrumented, and instrumented ones, unsampled and sampled, without and with metrics.
 *
 * @param url Endpoint; without one the providers answer from memory.
 */
export function createSubjects(batchMaxCount: number, url?: string): Subject[] {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const cjs = createRequire(import.meta.url)("ethers") as typeof esm;
  const meterProvider = new MeterProvider({ readers: [new SilentReader()] });
  const silent = new MeterProvider();
  const off = new BasicTracerProvider({ sampler: new AlwaysOffSampler() });
  const on = new BasicTracerProvider({
    sampler: new AlwaysOnSampler(),
    spanProcessors: [new BatchSpanProcessor(discard, { maxQueueSize: 1_000_000, maxExportBatchSize: 512 })],
  });
  const make = (ethers: typeof esm, options?: EthersInstrumentationOptions): esm.JsonRpcProvider => {
    const provider = connect(ethers, batchMaxCount, url);
    return options === undefined ? provider : instrumentProvider(provider, options);
  };
  return [
    { name: "ethers, classes not patched", provider: make(cjs) },
    { name: "patched, provider not instrumented", provider: make(esm) },
    { name: "unsampled, no metrics", provider: make(esm, { tracerProvider: off, meterProvider: silent }) },
    { name: "unsampled + metrics", provider: make(esm, { tracerProvider: off, meterProvider }) },
    { name: "sampled + metrics", provider: make(esm, { tracerProvider: on, meterProvider }) },
  ];
}

function connect(ethers: typeof esm, batchMaxCount: number, url: string | undefined): esm.JsonRpcProvider {
  const network = ethers.Network.from(31337);
  const options = { staticNetwork: network, batchMaxCount, batchStallTime: 0 };
  if (url !== undefined) return new ethers.JsonRpcProvider(url, network, options);
  class Memory extends ethers.JsonRpcProvider {
    override async _send(payload: esm.JsonRpcPayload | esm.JsonRpcPayload[]): Promise<esm.JsonRpcResult[]> {
      const list = Array.isArray(payload) ? payload : [payload];
      return list.map(({ id }) => ({ id, result: "0x1" }));
    }
  }
  return new Memory("http://node.example", network, options);
}
