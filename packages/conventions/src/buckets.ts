/** Gas of a transaction, from a plain transfer to a full block. */
export const GAS_BUCKETS: readonly number[] = [
  21_000, 50_000, 75_000, 100_000, 150_000, 200_000, 300_000, 500_000, 1_000_000, 3_000_000, 10_000_000,
  30_000_000,
];

/** Durations of workflows that wait for a chain, in seconds. */
export const WORKFLOW_SECONDS_BUCKETS: readonly number[] = [
  0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15, 30, 60, 120, 300,
];

/** Times to the confirmation of a transaction, in seconds. */
export const CONFIRMATION_SECONDS_BUCKETS: readonly number[] = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600];

/** Confidences between 0 and 1, fine near 1. */
export const CONFIDENCE_BUCKETS: readonly number[] = [0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.999, 1];

/** Amounts in ETH. */
export const ETH_BUCKETS: readonly number[] = [0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10, 50, 100];

/** Durations of calls, in seconds, as the semantic conventions of OpenTelemetry advise. */
export const CALL_SECONDS_BUCKETS: readonly number[] = [
  0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10,
];

/** Durations of calls, in milliseconds, for the deprecated metrics. */
export const CALL_MILLISECONDS_BUCKETS: readonly number[] = [
  5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000,
];

/** Sizes of batches. */
export const BATCH_SIZE_BUCKETS: readonly number[] = [1, 2, 3, 5, 10, 20, 50, 100];

/** Prices of gas in gwei. */
export const GWEI_BUCKETS: readonly number[] = [0.001, 0.01, 0.1, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/** Fees of transactions in gwei. */
export const FEE_GWEI_BUCKETS: readonly number[] = [
  1_000, 10_000, 100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 50_000_000,
  100_000_000,
];

/** Durations of short computations, in seconds. */
export const MICRO_SECONDS_BUCKETS: readonly number[] = [
  0.000_001, 0.000_002, 0.000_005, 0.000_01, 0.000_05, 0.000_1, 0.000_5, 0.001, 0.01, 0.1,
];

/** Durations of garbage collections, in seconds. */
export const GC_SECONDS_BUCKETS: readonly number[] = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1];
