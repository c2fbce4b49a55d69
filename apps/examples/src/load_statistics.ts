/** How long a workflow took, over many runs; all in milliseconds. */
export interface LatencySummary {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly sum: number;
}

/** Summarises latencies; percentiles are those of the nearest rank. */
export function summarizeLatencies(millis: readonly number[]): LatencySummary {
  const sorted = [...millis].sort((a, b) => a - b);
  const rank = (share: number): number => sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
  return {
    count: sorted.length,
    p50: rank(0.5),
    p95: rank(0.95),
    p99: rank(0.99),
    sum: sorted.reduce((total, each) => total + each, 0),
  };
}

/** How much longer the median is with tracing, in percent. */
export function overheadPercent(traced: LatencySummary, untraced: LatencySummary): number {
  return untraced.p50 === 0 ? 0 : (traced.p50 / untraced.p50 - 1) * 100;
}
