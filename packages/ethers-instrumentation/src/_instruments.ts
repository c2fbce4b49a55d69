import {
  METRIC_BLOCKCHAIN_BLOCK_HEIGHT,
  METRIC_BLOCKCHAIN_NONCE_GAP,
  METRIC_BLOCKCHAIN_PROVIDER_ERRORS,
  METRIC_BLOCKCHAIN_RPC_ACTIVE_REQUESTS,
  METRIC_BLOCKCHAIN_RPC_BATCH_SIZE,
  METRIC_BLOCKCHAIN_RPC_QUEUE_DURATION,
  METRIC_BLOCKCHAIN_RPC_RATE_LIMITED,
  METRIC_BLOCKCHAIN_RPC_RETRIES,
  METRIC_BLOCKCHAIN_RPC_STUCK,
  METRIC_BLOCKCHAIN_TX_CONFIRMATION_DURATION,
  METRIC_BLOCKCHAIN_TX_COUNT,
  METRIC_BLOCKCHAIN_TX_FEE,
  METRIC_BLOCKCHAIN_TX_GAS_PRICE,
  METRIC_BLOCKCHAIN_TX_GAS_USED,
  METRIC_BLOCKCHAIN_TX_PENDING,
  METRIC_RPC_CLIENT_CALL_DURATION,
  METRIC_RPC_CLIENT_DURATION,
  metricOptions,
} from "@dcmx-tracing/conventions";
import {
  type Attributes,
  type Counter,
  type Histogram,
  type Meter,
  type MeterProvider,
  metrics,
  type UpDownCounter,
} from "@opentelemetry/api";
import { GAUGES } from "./_gauges.ts";
import { SCOPE_NAME, SCOPE_VERSION } from "./_scope.ts";

/** The instruments of one meter provider. */
export interface Instruments {
  readonly duration: Histogram;
  /** The older name of the same, in milliseconds. */
  readonly olderDuration: Histogram;
  readonly batchSize: Histogram;
  readonly queueDuration: Histogram;
  readonly retries: Counter;
  readonly rateLimited: Counter;
  readonly stuck: Counter;
  readonly providerErrors: Counter;
  readonly txCount: Counter;
  readonly txPending: UpDownCounter;
  readonly confirmation: Histogram;
  readonly gasUsed: Histogram;
  readonly gasPrice: Histogram;
  readonly fee: Histogram;
  readonly nonceGap: Counter;
  /** A histogram of gas that the application named. */
  gasHistogram(name: string): Histogram;
}

const byProvider = new WeakMap<MeterProvider, Instruments>();

/**
 * The instruments of the given or the global meter provider. They are looked up at every use, because the metrics API
 * has no proxy: instruments made before the application set its provider would stay silent for ever.
 */
export function instruments(provider: MeterProvider = metrics.getMeterProvider()): Instruments {
  let found = byProvider.get(provider);
  if (found === undefined) {
    found = create(provider.getMeter(SCOPE_NAME, SCOPE_VERSION));
    byProvider.set(provider, found);
  }
  return found;
}

function create(meter: Meter): Instruments {
  observeGauges(meter);
  const own = new Map<string, Histogram>();
  return {
    duration: histogram(meter, METRIC_RPC_CLIENT_CALL_DURATION),
    olderDuration: histogram(meter, METRIC_RPC_CLIENT_DURATION),
    batchSize: histogram(meter, METRIC_BLOCKCHAIN_RPC_BATCH_SIZE),
    queueDuration: histogram(meter, METRIC_BLOCKCHAIN_RPC_QUEUE_DURATION),
    retries: counter(meter, METRIC_BLOCKCHAIN_RPC_RETRIES),
    rateLimited: counter(meter, METRIC_BLOCKCHAIN_RPC_RATE_LIMITED),
    stuck: counter(meter, METRIC_BLOCKCHAIN_RPC_STUCK),
    providerErrors: counter(meter, METRIC_BLOCKCHAIN_PROVIDER_ERRORS),
    txCount: counter(meter, METRIC_BLOCKCHAIN_TX_COUNT),
    txPending: meter.createUpDownCounter(
      METRIC_BLOCKCHAIN_TX_PENDING,
      metricOptions(METRIC_BLOCKCHAIN_TX_PENDING),
    ),
    confirmation: histogram(meter, METRIC_BLOCKCHAIN_TX_CONFIRMATION_DURATION),
    gasUsed: histogram(meter, METRIC_BLOCKCHAIN_TX_GAS_USED),
    gasPrice: histogram(meter, METRIC_BLOCKCHAIN_TX_GAS_PRICE),
    fee: histogram(meter, METRIC_BLOCKCHAIN_TX_FEE),
    nonceGap: counter(meter, METRIC_BLOCKCHAIN_NONCE_GAP),
    gasHistogram(name) {
      let found = own.get(name);
      if (found === undefined) {
        found = meter.createHistogram(name, {
          ...metricOptions(METRIC_BLOCKCHAIN_TX_GAS_USED),
          ...metricOptions(name),
        });
        own.set(name, found);
      }
      return found;
    },
  };
}

/** What is in flight and how high the chain is: read when metrics are collected, so that a call pays nothing. */
function observeGauges(meter: Meter): void {
  meter
    .createObservableUpDownCounter(
      METRIC_BLOCKCHAIN_RPC_ACTIVE_REQUESTS,
      metricOptions(METRIC_BLOCKCHAIN_RPC_ACTIVE_REQUESTS),
    )
    .addCallback((result) => observeAll(GAUGES.active, result));
  meter
    .createObservableGauge(METRIC_BLOCKCHAIN_BLOCK_HEIGHT, metricOptions(METRIC_BLOCKCHAIN_BLOCK_HEIGHT))
    .addCallback((result) => observeAll(GAUGES.height, result));
}

function observeAll(
  values: ReadonlyMap<string, { readonly attributes: Attributes; readonly value: number }>,
  result: { observe(value: number, attributes: Attributes): void },
): void {
  for (const { attributes, value } of values.values()) result.observe(value, attributes);
}

function histogram(meter: Meter, name: string): Histogram {
  return meter.createHistogram(name, metricOptions(name));
}

function counter(meter: Meter, name: string): Counter {
  return meter.createCounter(name, metricOptions(name));
}
